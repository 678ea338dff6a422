"""The cases of the public pages, of Collect's and Central's interfaces, and of the field app's."""

import json
from dataclasses import replace
from typing import Any

from raquan.capture.tests.world import instance
from raquan.forms.tests.world import trees, workbook
from tests.matrix.case import FORMS_GIVEN, FORMS_TOLD, NEW, PUBLIC, RECORD, A, Case, Write, both
from tests.matrix.world import World

PUBLIC_PAGES = {
    "healthz": PUBLIC,
    "robots.txt": PUBLIC,
    "field/": PUBLIC,
    "field/form/": PUBLIC,
    "field/sw.js": PUBLIC,
    "counter/": PUBLIC,
    "counter/sw.js": PUBLIC,
    "files/<str:token>": Case(is_public=True, get=404, fills={"token": "eyJzaGEyNTYi:1:x"}),
    "sign-in": Case(is_public=True, writes=(Write({"login": "ai@example.vn", "password": "sai"}, keeps=True),)),
    "styleguide/": PUBLIC,
    "styleguide/desk/": PUBLIC,
    "styleguide/error/<int:status>/": Case(is_public=True, get=404, fills={"status": 404}),
    "places/": PUBLIC,
    "places/<str:code>/": Case(is_public=True, fills={"code": "24259"}),
    "<int:year>/outings/": PUBLIC,
    "<int:year>/outings/<str:code>/": Case(is_public=True, fills={"code": "outing_code"}),
    "<int:year>/help-desks/": PUBLIC,
    "<int:year>/numbers/": PUBLIC,
    "<int:year>/numbers/<slug:measure>/": Case(
        is_public=True, queries=("", "?by=day&format=csv"), fills={"measure": "assists"}, is_slow=True
    ),
    "<int:year>/help-desks/<str:code>/": Case(is_public=True, fills={"code": "desk_code"}),
    "search/": replace(PUBLIC, queries=("?q=nha van hoa", "?q=eban", "?q=uy ban&kind=outing&page=2")),
    "": replace(PUBLIC, is_slow=True),
    "c/1/<str:code>": Case(is_public=True, get=404, fills={"code": "x"}),
    "help/": PUBLIC,
    "<int:year>/": replace(PUBLIC, is_slow=True),
    "<int:year>/calendar/": PUBLIC,
    "<int:year>/outings.ics": PUBLIC,
    "<int:year>/outings.atom": PUBLIC,
    "<int:year>/outings.json": PUBLIC,
    "<int:year>/near.json": PUBLIC,
    "<int:year>/outings/<str:code>.ics": Case(is_public=True, fills={"code": "outing_code"}),
    "<int:year>/outings/<str:code>.png": Case(is_public=True, fills={"code": "outing_code"}),
    "<int:year>/help-desks/<str:code>.png": Case(is_public=True, fills={"code": "desk_code"}),
    "<int:year>/offers/<str:code>.png": Case(is_public=True, fills={"code": "offer_code"}),
    "<int:year>/press/<int:serial>.png": Case(is_public=True, fills={"serial": 2}),
    "<int:year>/news/<int:serial>.png": Case(is_public=True, fills={"serial": 2}),
    "guides/<str:service_code>.png": Case(is_public=True, fills={"service_code": "birth_registration"}),
    "<int:year>/widget/": PUBLIC,
    "<int:year>/posters/<str:code>/": Case(is_public=True, fills={"code": "24259"}),
    "guides/": PUBLIC,
    "guides/worker.js": PUBLIC,
    "guides/unsaved/": PUBLIC,
    "guides/answers/": PUBLIC,
    "guides/answers/<str:code>/": Case(is_public=True, fills={"code": "storage"}),
    "guides/<str:service_code>/notice/": Case(is_public=True, fills={"service_code": "birth_registration"}),
    # What nobody has approved is heard by nobody.
    "guides/<str:service_code>/sound/<uuid:recording_id>/": Case(
        is_public=True, get=404, fills={"service_code": "birth_registration"}
    ),
    # What is sent without a ticket changes nothing, whoever sends it.
    "<int:year>/feedback/": Case(is_public=True, writes=(Write({"text": "Xin hỏi"}, keeps=True),)),
    "q/<str:token>/": Case(
        is_public=True,
        get=404,
        fills={"token": "x" * 22},
        writes=(Write({"text": "Xin hỏi", "seen": "1"}, keeps=True),),
    ),
    "guides/<str:service_code>/": Case(is_public=True, fills={"service_code": "birth_registration"}),
}


def openrosa() -> dict[str, Case]:
    """Give the cases of what ODK Collect calls."""
    below = {
        "formList": Case(),
        "forms/<str:form_id>.xml": Case(),
        "forms/<str:form_id>/manifest": Case(),
        "forms/<str:form_id>/attachments/<str:file_name>": Case(get=404),
        "submission": Case(get=204, writes=(Write(_record, keeps=True),)),
    }
    draft = {
        "draft/formList": PUBLIC,
        "draft.xml": PUBLIC,
        "draft/manifest": PUBLIC,
        "draft/attachments/<str:file_name>": replace(PUBLIC, get=404),
        "draft/submission": Case(get=204, is_public=True, writes=(Write(b"", keeps=True),)),
    }
    tried = "v1/test/<str:token>/projects/<int:year>/forms/<str:form_id>/"
    filling: dict[str, Any] = {"fills": {"form_id": "assist", "file_name": "a.png"}, "lets_in": FORMS_GIVEN}
    return {
        **{
            f"v1/{way}projects/<int:year>/{end}": one if end == "submission" else replace(one, **filling)
            for way in ("key/<str:key>/", "")
            for end, one in below.items()
        },
        **{tried + end: replace(one, fills={"form_id": "trees", "file_name": "a.png"}) for end, one in draft.items()},
    }


def _record(world: World) -> bytes:
    return instance(world.things["outing_code"], instance_id=f"uuid:{NEW}")


def _edit(world: World) -> bytes:
    before = world.things["instance_id"]
    return instance(world.things["outing_code"], instance_id=f"uuid:{NEW}", deprecated_id=before)


def _photo(world: World) -> bytes:
    agreed = {"consent": "agreed", "agreed_by": ["beneficiary"]}
    return _said(record=world.things["instance_id"], sha256="0" * 64, size=9, **agreed)


def _said(**words: Any) -> bytes:
    return json.dumps(words).encode()


def _fills(**fills: Any) -> dict[str, Any]:
    return {"fills": fills}


def _with(action: A, **fills: Any) -> dict[str, Any]:
    return {"fills": fills, "lets_in": (action,)}


def central() -> dict[str, Case]:
    """Give the cases of Central's interface, below v1/."""
    people = _with(A.PEOPLE_READ, number="{central_user}", form_id="assist", role=2)
    forms, one = "projects/<int:year>/forms", "projects/<int:year>/forms/<str:form_id>"
    return {
        "sessions": Case(get=None, is_public=True, writes=(Write(_said(email="a@b.vn", password="sai"), keeps=True),)),
        "sessions/<str:token>": Case(
            get=None, writes=(Write(method="DELETE", keeps=True),), fills={"token": "guessed"}
        ),
        "users/current": Case(),
        "projects": Case(),
        "projects/<int:year>": Case(),
        "projects/<int:year>/app-users": Case(
            shows=both("app user"), writes=(Write(_said(displayName="Máy mới"), owner="manages"),), **people
        ),
        "projects/<int:year>/app-users/<int:number>": Case(
            get=None, writes=(Write(owner="manages it", method="DELETE"),), **people
        ),
        f"{one}/assignments/<int:role>/<int:number>": Case(
            get=None, writes=(Write(owner="assigns"), Write(owner="assigns", method="DELETE", keeps=True)), **people
        ),
        forms: Case(lets_in=FORMS_TOLD, writes=(Write(workbook("2", "new"), owner="publishes"),)),
        **_table(f"{one}.svc"),
        **_publishing(one),
        f"{one}/attachments": Case(fills={"form_id": "assist"}, lets_in=FORMS_GIVEN),
        one: Case(
            fills={"form_id": "assist"},
            lets_in=FORMS_TOLD,
            writes=(Write(_said(state="closed"), method="PATCH", owner="publishes"),),
        ),
        **_records(f"{one}/submissions"),
    }


def _publishing(one: str) -> dict[str, Case]:
    publishing = _with(A.FORM_PUBLISH, form_id="trees", ending="xml", name="tree.jpg")
    published = _with(A.FORM_PUBLISH, form_id="assist", version="2023091503")
    return {
        f"{one}.xlsx": Case(**published),
        f"{one}.xls": Case(**published),
        # Without a body it would be a copy of what is published: this form has nothing published yet.
        f"{one}/draft": Case(writes=(Write(trees(label="Cây nào?")), Write(method="DELETE")), **publishing),
        f"{one}/draft.<str:ending>": Case(**publishing),
        f"{one}/draft/attachments": Case(**publishing),
        f"{one}/draft/attachments/<str:name>": Case(get=404, writes=(Write(b"picture"),), **publishing),
        f"{one}/draft/publish": Case(get=None, writes=(Write(),), **publishing),
        f"{one}/versions": Case(**published),
        f"{one}/versions/<str:version>.xml": Case(**published),
        f"{one}/versions/<str:version>.xlsx": Case(**published),
        f"{one}/versions/<str:version>.xls": Case(**published),
        f"{one}/versions/<str:version>": Case(**published),
    }


def _records(every: str) -> dict[str, Case]:
    reading = _fills(form_id="assist", name="a.jpg", version="{instance_id}", below="x")
    record = f"{every}/<str:instance_id>"
    return {
        every: Case(shows=both("instance"), lets_in=(RECORD,), writes=(Write(_record, owner="sends"),), **reading),
        f"{record}.xml": Case(action=RECORD, shows=("own instance",), **reading),
        f"{record}/versions": Case(action=RECORD, shows=("own instance",), **reading),
        f"{record}/versions/<str:version>.xml": Case(action=RECORD, shows=("own instance",), **reading),
        record: Case(
            action=RECORD,
            shows=("own instance",),
            writes=(
                Write(_said(reviewState="rejected"), A.RECORD_REVIEW, method="PATCH"),
                Write(_edit, A.RECORD_CORRECT, method="PUT"),
                Write({}, A.RECORD_DELETE, method="DELETE"),
            ),
            **reading,
        ),
        f"{record}/comments": Case(
            action=RECORD, shows=("own comment",), writes=(Write(_said(body="Xem"), A.RECORD_REVIEW),), **reading
        ),
        f"{record}/attachments": Case(action=RECORD, **reading),
        f"{record}/attachments/<str:name>": Case(
            action=RECORD, get=404, writes=(Write(b"x", owner="attaches"),), **reading
        ),
    }


def _table(svc: str) -> dict[str, Case]:
    reading: dict[str, Any] = {"fills": {"form_id": "assist", "name": "a", "below": "x"}}
    forms: dict[str, Any] = {"fills": {"form_id": "assist"}, "lets_in": FORMS_TOLD}
    return {
        svc: Case(**forms),
        f"{svc}/": Case(**forms),
        f"{svc}/$metadata": Case(**forms),
        f"{svc}/Submissions": Case(
            lets_in=(RECORD,), shows=both("instance"), queries=("", "?$top=5&$count=true"), **reading
        ),
        f"{svc}/Submissions.<str:name>": Case(get=404, lets_in=(RECORD,), **reading),
        f"{svc}/Submissions('<str:instance_id>')": Case(action=RECORD, shows=("own instance",), **reading),
        f"{svc}/Submissions('<str:instance_id>')/<path:below>": Case(get=404, action=RECORD, **reading),
    }


FIELD = {
    "api/field/v1/sign-in": Case(get=None, is_public=True, writes=(Write(_said(code="AAAA"), keeps=True),)),
    "api/field/v1/day": Case(),
    "api/field/v1/forms/<str:form_id>": Case(fills={"form_id": "assist"}),
    "api/counter/v1/enroll": Case(get=None, is_public=True, writes=(Write(_said(code="AAAA"), keeps=True),)),
    # A counter's token is no visitor's: nobody of the matrix has one.
    "api/counter/v1/sync": Case(get=None, writes=(Write(_said(request_id=NEW), owner="its phone"),)),
    "api/field/v1/sync": Case(get=None, writes=(Write(_said(schema=0), keeps=True),)),
    "api/field/v1/relay": Case(get=None, writes=(Write(_said(), keeps=True),)),
    "api/field/v1/spare": Case(get=None, writes=(Write(_said(), keeps=True),)),
    "api/field/v1/ready": Case(get=None, writes=(Write(_said(app="2026.1"), keeps=True),)),
    # A photo of a record that another phone has sent is nobody else's to send.
    "api/field/v1/photos/<uuid:photo_id>": Case(
        get=None,
        fills={"photo_id": NEW},
        writes=(Write(_photo, owner="its phone"),),
    ),
    "api/field/v1/photos/<uuid:photo_id>/<int:start>": Case(
        get=None, fills={"photo_id": NEW, "start": 0}, writes=(Write(b"x", owner="its phone"),)
    ),
}
