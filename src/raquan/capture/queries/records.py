"""Lists of records for the desk, one record, and what an outing or a help desk has brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, gettext

from raquan.capture.models import Assist, Attachment, Submission
from raquan.capture.queries.histories import AnswerView, RecordHistory, answers_of, flat_answers, history_of
from raquan.capture.queries.names import AssistView, views_of
from raquan.capture.queries.opened import Opened, open_record
from raquan.capture.queries.photos import RecordPhotos, photos_of_opened
from raquan.capture.queries.reviews import Review, review_of_opened
from raquan.capture.queries.scope import readable
from raquan.capture.rules import ISSUE_NAMES, REVIEW_STATE_NAMES, Issue, ReviewState
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.localized import in_language
from raquan.kernel.paging import Page, total_of, window
from raquan.people.rules import Action

PAGE_SIZE = 20
PANEL_SIZE = 8


@dataclass(frozen=True, slots=True)
class AssistFilter:
    """What narrows a list of assists; empty means no limit. `place_code` is a commune's or a district's."""

    on: date | None = None
    place_code: str = ""
    service_code: str = ""
    review_state: str = ""
    campaign_id: UUID | None = None
    outing_id: UUID | None = None
    help_desk_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a record; it may be awaited still, or not be named in the answers."""

    name: str
    expected: bool
    exists: bool


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A record as it came and what was made of it; `assist` is None while it is not a fact."""

    id: UUID
    instance_id: str
    form_id: str
    form_title: str
    form_version: str
    received_at: datetime
    sent_by_name: str
    reported_device: str
    size: int
    sha256: str
    review_state: str
    review_state_name: str
    issues: tuple[str, ...]
    corrects: UUID | None
    corrected_by: UUID | None
    is_synthetic: bool
    is_projected: bool
    assist: AssistView | None
    answers: tuple[AnswerView, ...]
    attachments: tuple[AttachmentView, ...]
    history: RecordHistory
    may_correct: bool
    may_delete: bool


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record, what has been said about it, and its photos."""

    record: SubmissionView
    review: Review
    photos: RecordPhotos


@dataclass(frozen=True, slots=True)
class Panel:
    """What an outing or a help desk has brought so far: how many, how many to look at, by service, and the latest.

    `narrowed` is the part of an address that narrows the list of records to it; a desk has no `outing_id`.
    """

    outing_id: UUID | None
    narrowed: str
    total: int
    doubtful: int
    by_service: tuple[tuple[str, int], ...]
    latest: tuple[AssistView, ...]
    is_synthetic: bool


def assists(
    actor: Actor, *, filters: AssistFilter | None = None, page: int = 1, size: int = PAGE_SIZE
) -> Page[AssistView]:
    """List the assists that the actor may read, newest first."""
    found = _narrow(readable(actor), filters or AssistFilter())
    rows = found.select_related("submission").defer("submission__payload").order_by("-occurred_at", "-id")
    items = views_of(list(rows[window(page, size)]))
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def submission_ids(instance_ids: Iterable[str]) -> dict[str, UUID]:
    """Give the submissions that are kept under some instance ids, in one query; for commands that go on with them."""
    return dict(Submission.objects.filter(instance_id__in=list(instance_ids)).values_list("instance_id", "id"))


def assists_by_ids(actor: Actor, ids: Iterable[UUID | str]) -> list[AssistView]:
    """Give the assists of some ids that the actor may read, newest first; at most 200."""
    rows = readable(actor).filter(id__in=[str(one) for one in ids]).select_related("submission")
    return views_of(list(rows.defer("submission__payload").order_by("-occurred_at", "-id")[:200]))


def submission(actor: Actor, submission_id: UUID, *, page: int = 1) -> SubmissionView:
    """Give a record with its answers and history; raises NotFound, or NotAllowed where it is not the actor's."""
    return view_of(actor, open_record(actor, submission_id), page=page)


def view_of(actor: Actor, opened: Opened, *, page: int = 1) -> SubmissionView:
    """Give an opened record with its answers and history."""
    row, assist = opened.record, opened.assist
    files = Attachment.objects.filter(submission=row, replaced_at__isnull=True).order_by("name")
    state = ReviewState(row.review_state)
    is_last = opened.deletion is None and opened.corrected_by is None
    return SubmissionView(
        id=row.id,
        instance_id=row.instance_id,
        form_id=row.form_version.form.xml_form_id,
        form_title=row.form_version.form.title,
        form_version=row.form_version.version,
        received_at=row.received_at,
        sent_by_name=row.sent_by_name,
        reported_device=row.reported_device,
        size=row.size,
        sha256=row.sha256,
        review_state=state.value,
        review_state_name=gettext(REVIEW_STATE_NAMES[state]),
        issues=tuple(gettext(ISSUE_NAMES[Issue(code)]) for code in row.issues),
        corrects=opened.corrects,
        corrected_by=opened.corrected_by,
        is_synthetic=row.is_synthetic,
        is_projected=row.projected_at is not None,
        assist=views_of([assist])[0] if assist and assist.submission_id == row.id else None,
        answers=flat_answers(answers_of(row)),
        attachments=tuple(AttachmentView(one.name, one.expected, one.sha256 is not None) for one in files),
        history=history_of(actor, opened, page=page),
        may_correct=bool(row.form_version.projection) and is_last and opened.lets(actor, Action.RECORD_CORRECT),
        may_delete=opened.deletion is None and opened.lets(actor, Action.RECORD_DELETE),
    )


def record_page(actor: Actor, submission_id: UUID, *, page: int = 1) -> RecordPage:
    """Give all that a record's page shows; raises NotFound and NotAllowed."""
    opened = open_record(actor, submission_id)
    return RecordPage(view_of(actor, opened, page=page), review_of_opened(actor, opened), photos_of_opened(opened))


def outing_panel(actor: Actor, outing_id: UUID) -> Panel:
    """Sum up what an outing has brought, of what the actor may read."""
    return _panel(readable(actor).filter(outing_id=outing_id), f"outing={outing_id}", outing_id)


def desk_panel(actor: Actor, desk_id: UUID) -> Panel:
    """Sum up what a help desk has brought, of what the actor may read."""
    return _panel(readable(actor).filter(help_desk_id=desk_id), f"desk={desk_id}")


def _panel(found: QuerySet[Assist], narrowed: str, outing_id: UUID | None = None) -> Panel:
    counts = dict(found.order_by().values_list("service_code").annotate(n=Count("id")))
    doubtful = found.filter(submission__review_state=ReviewState.HAS_ISSUES.value).count()
    names = catalogue.service_names(counts)
    language = get_language() or "vi"
    by_service = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = found.select_related("submission").defer("submission__payload").order_by("-occurred_at", "-id")
    latest = tuple(views_of(list(rows[:PANEL_SIZE])))
    return Panel(
        outing_id=outing_id,
        narrowed=narrowed,
        total=sum(counts.values()),
        doubtful=doubtful,
        by_service=tuple((in_language(names[c], language) if c in names else c, n) for c, n in by_service),
        latest=latest,
        is_synthetic=any(one.is_synthetic for one in latest),
    )


def _narrow(found: QuerySet[Assist], filters: AssistFilter) -> QuerySet[Assist]:
    if filters.on is not None:
        found = found.filter(occurred_on=filters.on)
    if filters.place_code:
        found = found.filter(Q(place_code=filters.place_code) | Q(district_code=filters.place_code))
    if filters.service_code:
        found = found.filter(service_code=filters.service_code)
    if filters.review_state:
        found = found.filter(submission__review_state=filters.review_state)
    if filters.campaign_id is not None:
        found = found.filter(campaign_id=filters.campaign_id)
    if filters.outing_id is not None:
        found = found.filter(outing_id=filters.outing_id)
    if filters.help_desk_id is not None:
        found = found.filter(help_desk_id=filters.help_desk_id)
    return found
