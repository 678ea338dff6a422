"""The cases of the desk's pages."""

from django.core.files.uploadedfile import SimpleUploadedFile

from raquan.readings.tests import papers
from tests.matrix.case import NEW, OFFICE, OFFICER, OUTING, RECORD, A, Body, Case, Write, both, change, listing, thing
from tests.matrix.world import World

SERVICES = {"services_online_public_service": ["birth_registration"]}
_PLAN = {
    "held_on": "6/10/2023",
    "starts_at": "07:30",
    "ends_at": "11:00",
    "aim": "hands_on",
    "language": "vi",
    "request_id": NEW,
}


def _plan(world: World) -> Body:
    things = world.things
    return (
        _PLAN
        | {
            "site": things["site_id"],
            "leader": things["leader"],
        }
        | SERVICES
    )


def _desk(world: World) -> Body:
    return (
        {"site": world.things["site_id"], "valid_from": "6/10/2023", "language": "vi", "request_id": NEW}
        | {
            "day_1": "07:30-11:00",
        }
        | SERVICES
    )


def _box(world: World) -> Body:
    return {"version": 0, "source": "page", "recorded_too": "no", "n0_guided": 3}


def _row(world: World) -> Body:
    return {"row": ["uuid:own-0b8f5a62-53f5-4a8e-9a3b"], "kind": "review:rejected", "reason": "Sai", "request_id": NEW}


def _units(world: World) -> Body:
    return {"organization": world.things["organization_id"], "give": "1"}


def _document(world: World) -> Body:
    return {"document": SimpleUploadedFile("a.docx", papers.plain_plan(year=2025))}


BRING = {
    "version": 1,
    "edition": 0,
    "campaign_year": 2024,
    "starts_on": "15/9/2024",
    "ends_on": "15/10/2024",
    "set_aside": "on",
}
CLOSING = {"first_on": "12/10/2023", "last_on": "12/10/2023", "reason": "Mưa"}

CAMPAIGN = {
    "desk/campaign/": listing(),
    "desk/campaign/bring/<uuid:reading_id>/": listing("reading", writes=(Write(BRING),)),
}

_READING, _LINE = "desk/campaign/readings/<uuid:reading_id>/", "lines/<uuid:line_id>/"

READINGS = {
    "desk/campaign/readings/": listing("reading", writes=(Write(_document),)),
    _READING: listing("reading", queries=("", "?show=all", "?show=leftovers&page=1")),
    f"{_READING}resume/": change(None, keeps=True),
    f"{_READING}discard/": change(None),
    f"{_READING}add/": listing("reading", writes=(Write({"use": "task", "title": "Việc"}),)),
    f"{_READING}{_LINE}": listing("reading", writes=(Write({"version": 1, "use": "task", "title": "Việc"}),)),
    f"{_READING}{_LINE}decide/": change(None, {"version": 1, "step": "dismiss"}),
}

OUTINGS = {
    "desk/outings/": listing(
        queries=("", "?state=open", "?place=24259", "?on_from=1/1/2023&page=1", "?place=648&state=planned")
    ),
    "desk/outings/new/": Case(
        queries=("", "?organization={organization_id}"),
        writes=(Write(_plan, A.OUTING_PLAN, query="?organization={organization_id}"),),
    ),
    "desk/outings/check-in/": Case(
        queries=("", "?code={outing_code}"),
        writes=(
            Write(lambda world: {"code": world.things["outing_code"], "user": world.things["leader"]}, A.OUTING_RUN),
        ),
    ),
    "desk/outings/sites/": listing(),
    "desk/outings/sites/<uuid:site_id>/": thing(
        A.OUTING_PLAN, writes=(Write({"name": "Nhà khác", "kind": "market", "address": ""}, A.OUTING_PLAN),)
    ),
    "desk/outings/sites/<uuid:site_id>/end/": Case(
        get=None,
        fills={"site_id": "spare_site_id"},
        writes=(Write({"on": "10/10/2023", "reason": "Sập"}, A.OUTING_PLAN),),
    ),
    "desk/outings/<uuid:outing_id>/": thing(OUTING, "own leader", "own gone", "own why gone"),
    "desk/outings/<uuid:outing_id>/open/": change(A.OUTING_RUN),
    "desk/outings/<uuid:outing_id>/close/": change(A.OUTING_RUN, keeps=True),
    "desk/outings/<uuid:outing_id>/cancel/": change(A.OUTING_PLAN, {"reason": "Mưa"}),
    "desk/outings/<uuid:outing_id>/kit/": change(A.OUTING_RUN, {"packed": ["badge"]}),
    "desk/outings/<uuid:outing_id>/team/": thing(
        A.OUTING_PLAN,
        "own leader",
        writes=(Write(lambda world: {"leader": world.things["on_roster"]}, A.OUTING_PLAN),),
    ),
    "desk/outings/<uuid:outing_id>/day-sheet/": thing(OUTING, "own leader"),
    "desk/outings/<uuid:outing_id>/attendance-sheet/": thing(OUTING, "own leader"),
}

FORMS = {
    "desk/forms/": listing(),
    "desk/forms/new/": Case(writes=(Write(keeps=True),)),
    "desk/forms/<uuid:form_row>/": listing(),
    "desk/forms/<uuid:form_row>/draft/": Case(
        writes=(Write(lambda world: {"md5": world.things["draft_md5"], "confirmed": "on"}),)
    ),
    "desk/forms/<uuid:form_row>/draft/discard/": change(None),
    "desk/forms/<uuid:form_row>/state/": change(None, {"state": "closed"}, keeps=True),
    "desk/forms/<uuid:form_row>/media/": change(None, keeps=True),
    "desk/forms/<uuid:form_row>/draft/media/": change(None, keeps=True),
    "desk/forms/<uuid:form_row>/units/": Case(queries=("", "?q=huyen"), writes=(Write(_units),)),
    "desk/forms/<uuid:form_row>/questions/": Case(get=404),
    "desk/forms/<uuid:form_row>/file/": Case(queries=("?draft=1",)),
}

HELP_DESKS = {
    "desk/help-desks/": listing(queries=("", "?all")),
    "desk/help-desks/new/": Case(
        queries=("", "?organization={organization_id}"),
        writes=(Write(_desk, A.OUTING_PLAN, query="?organization={organization_id}"),),
    ),
    "desk/help-desks/close-days/": Case(get=None, writes=(Write(CLOSING, owner="whole"),)),
    "desk/help-desks/closures/<uuid:closure_id>/reopen/": change(A.OUTING_PLAN),
    "desk/help-desks/shifts/<uuid:shift_id>/end/": change(A.OUTING_PLAN),
    # Where a desk is and when it is open, everybody may know; who is there, its unit alone.
    "desk/help-desks/<uuid:desk_id>/": listing("own roster"),
    "desk/help-desks/<uuid:desk_id>/hours/": change(A.OUTING_PLAN, {"day_2": "07:30-11:00"}),
    "desk/help-desks/<uuid:desk_id>/close-days/": change(A.OUTING_PLAN, CLOSING),
    "desk/help-desks/<uuid:desk_id>/end/": change(A.OUTING_PLAN, {"on": "10/10/2023", "reason": "Hết"}),
    "desk/help-desks/<uuid:desk_id>/roster/": Case(
        get=None,
        writes=(
            Write(lambda world: {"user": world.things["leader"], "first_on": "6/10/2023"}, A.OUTING_PLAN),
            Write({"user": "ai"}, A.OUTING_PLAN, keeps=True),
        ),
    ),
    "desk/help-desks/<uuid:desk_id>/day-sheet/": thing(OUTING, "own roster"),
}

FEEDBACK = {
    "desk/feedback/": listing(*both("question"), queries=("", "?state=all")),
    "desk/feedback/<uuid:feedback_id>/": thing(
        A.FEEDBACK_ANSWER, "own question", writes=(Write({"text": "Có", "seen": "1"}, A.FEEDBACK_ANSWER),)
    ),
    "desk/feedback/<uuid:feedback_id>/hand-over/": change(
        A.FEEDBACK_ANSWER, {"organization": "Ủy ban nhân dân thành phố Buôn Ma Thuột"}
    ),
    "desk/feedback/<uuid:feedback_id>/close/": change(A.FEEDBACK_ANSWER, {"reason": "Trùng"}),
}

CARDS = {
    "desk/cards/": listing(*both("void", "batch")),
    "desk/cards/make/": change(
        A.CARD_MAKE,
        lambda world: {"request_id": NEW, "organization_id": world.things["organization_id"], "sheets": 1},
    ),
    "desk/cards/<uuid:batch_id>/void/": thing(A.CARD_MAKE, writes=(Write({"reason": "Mất"}, A.CARD_MAKE),)),
}

TALLIES = {
    "desk/records/tally/outing/<uuid:outing_id>/": thing(OUTING, "own sheet"),
    "desk/records/tally/outing/<uuid:outing_id>/issue/": change(A.OUTING_RUN, {"count": 1, "request_id": NEW}),
    "desk/records/tally/outing/<uuid:outing_id>/print/": thing(OUTING, "own sheet"),
    "desk/records/tally/outing/<uuid:outing_id>/workbook/": thing(OUTING, "own sheet"),
    "desk/records/tally/workbook/": Case(writes=(Write(keeps=True),)),
    "desk/records/tally/<str:number>/": thing(OUTING),
    "desk/records/tally/<str:number>/enter/": thing(A.FORM_FILL, writes=(Write(_box, A.FORM_FILL),)),
    "desk/records/tally/<str:number>/totals/": change(OUTING, _box, keeps=True),
    "desk/records/tally/<str:number>/withdraw/": change(A.OUTING_RUN, {"reason": "Rách"}),
}

RECORDS = {
    "desk/records/": listing(
        *both("record"),
        queries=(
            "",
            "?sort=occurred",
            "?place=",
            "?on_from=1/1/2023",
            "?outing=&unit=",
        ),
    ),
    "desk/records/<uuid:submission_id>/": thing(RECORD, "own comment", "own instance"),
    "desk/records/<uuid:submission_id>/review/": change(A.RECORD_REVIEW, {"state": "rejected", "body": "Sai"}),
    "desk/records/<uuid:submission_id>/comments/": change(A.RECORD_REVIEW, {"body": "Xem lại"}),
    "desk/records/<uuid:submission_id>/correct/": change(
        A.RECORD_CORRECT, {"service": "marriage_registration", "reason": "Nhầm"}
    ),
    "desk/records/<uuid:submission_id>/delete/": change(A.RECORD_DELETE, {"reason": "Thử"}),
    "desk/records/map/": listing(),
    "desk/records/forms/<path:form_id>/": listing(fills={"form_id": "assist"}),
    "desk/records/tasks/": listing("task"),
    "desk/records/tasks/start/": Case(get=None, writes=(Write(_row, A.RECORD_REVIEW),)),
    "desk/records/tasks/<uuid:task_id>/": Case(owner=OFFICER),
    "desk/records/tasks/<uuid:task_id>/continue/": change(None, owner=OFFICER),
    "desk/records/panel/<uuid:outing_id>/": listing("own record"),
    "desk/records/panel/desk/<uuid:desk_id>/": listing(),
}

BOARDS = {
    "desk/boards/": listing(),
    "desk/boards/indicators/": listing(is_slow=True),
    "desk/boards/indicators/<uuid:indicator_id>/": listing(is_slow=True),
    "desk/boards/<slug:board>/": listing(
        queries=("", "?of=nothing&seen=1", "?year=2023"), fills={"board": "campaign"}, is_slow=True
    ),
}

FIGURES = {
    "desk/figures/": listing(),
    "desk/figures/snapshots/": listing(),
    "desk/figures/snapshots/freeze/": change(None, {"request_id": NEW, "note": ""}),
    "desk/figures/snapshots/<uuid:snapshot_id>/": listing(),
    "desk/figures/snapshots/<uuid:snapshot_id>/manifest.json": listing(),
    "desk/figures/ladder/": listing(is_slow=True),
    "desk/figures/<slug:measure>/": listing(
        queries=("", "?by=organization&format=csv"), fills={"measure": "assists"}, is_slow=True
    ),
    "desk/figures/<slug:measure>/across/<slug:across>/": listing(
        queries=("", "?by=day&format=csv"), fills={"measure": "assists", "across": "commune"}, is_slow=True
    ),
    "desk/figures/snapshots/<uuid:snapshot_id>/compare/<uuid:other_id>/": listing(
        queries=("", "?measure=assists&by=day"),
        fills={"other_id": "earlier_snapshot_id"},
        is_slow=True,
    ),
    "desk/figures/<slug:measure>/records/": listing(
        *both("record"),
        queries=("?by=day&key=2023-10-05",),
        fills={"measure": "assists"},
        lets_in=(A.FIGURE_READ,),
        is_slow=True,
    ),
}

EXCHANGE = {
    "desk/exchange/exports/": listing("export"),
    "desk/exchange/exports/new/": listing(),
    "desk/exchange/exports/start/": change(None, {"kind": "csv", "request_id": NEW}),
    "desk/exchange/exports/<uuid:export_id>/": Case(owner=OFFICER),
    "desk/exchange/exports/<uuid:export_id>/continue/": change(None, owner=OFFICER),
    "desk/exchange/exports/<uuid:export_id>/file/": Case(owner=OFFICER, shows=both("instance")),
    "desk/exchange/imports/": listing("import"),
    "desk/exchange/imports/read/": change(None, keeps=True),
    "desk/exchange/imports/<uuid:import_id>/": Case(owner=OFFICE, shows=("import",)),
    "desk/exchange/imports/<uuid:import_id>/start/": change(None, owner=OFFICE),
    "desk/exchange/webhooks/": listing("webhook"),
    "desk/exchange/webhooks/add/": change(None, {"url": "https://a.vn/x", "events": ["received"], "request_id": NEW}),
    "desk/exchange/webhooks/posts/<uuid:post_id>/": thing(A.OUTREACH_WRITE),
    "desk/exchange/webhooks/<uuid:webhook_id>/": Case(owner=OFFICE, shows=("webhook",)),
    "desk/exchange/webhooks/<uuid:webhook_id>/<slug:step>/": Case(
        get=None, fills={"step": "pause"}, writes=(Write(owner=OFFICE),)
    ),
    "desk/exchange/webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/replay/": change(
        None, owner=OFFICE, keeps=True
    ),
}

DESK = {
    "desk/": listing(),
    "desk/progress/": listing(is_slow=True),
    "desk/behind/": listing(is_slow=True),
    "desk/unit/": listing(),
    "desk/latest/": listing(*both("record")),
    "desk/search/": listing(queries=("?q=eban", "?q=nha van hoa", "?q=uy ban&kind=outing", "?q=nguoi", "")),
    "desk/history/<slug:kind>/<uuid:thing_id>/": thing(OUTING, fills={"kind": "outing", "thing_id": "outing_id"}),
    "desk/bundles/": Case(writes=(Write(keeps=True),)),
    "desk/collect/": listing(*both("app user"), writes=(Write({"unit": "", "names": ""}, keeps=True),)),
    "desk/collect/print/": Case(queries=("?numbers={app_user}",), owner="manages it", shows=("own app user",)),
    "desk/collect/<uuid:device_id>/revoke/": Case(
        action=A.PEOPLE_MANAGE, shows=("own app user",), writes=(Write({}, owner="manages it"),)
    ),
    "sign-out": change(None, keeps=True),
}
