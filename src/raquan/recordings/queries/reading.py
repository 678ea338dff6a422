"""What officers and helpers see of recordings: their own units' ones, and which guides nobody has spoken yet."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.localized import Localized, in_language
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotFound
from raquan.people.queries import organizations_of
from raquan.people.rules import Action, may
from raquan.recordings.models import Recording, Sound
from raquan.recordings.queries.texts import GuideText, current_text, texts_on
from raquan.recordings.rules import EXTENSIONS, SPOKEN, STATE_NAMES, TRANSITIONS, State, Step
from raquan.ui.columns import Column, Columns, ranked

__all__ = [
    "RECORDINGS",
    "GuideText",
    "RecordingView",
    "WantedView",
    "current_text",
    "heard_sound",
    "may_with",
    "readable",
    "recording",
    "recordings",
    "wanted",
]


@dataclass(frozen=True, slots=True)
class RecordingView:
    """A recording as those see it who made it or listen to it. `is_old`: the guide says something else by now.

    `steps` are what this actor may do with it now.
    """

    id: UUID
    service_code: str
    service_name: Localized
    language: str
    language_name: str
    state: str
    state_name: str
    is_old: bool
    text_version: str
    organization_name: str
    speaker_name: str
    seconds: int
    kilobytes: int
    extension: str
    sent_at: datetime
    sent_by_name: str
    checked_at: datetime | None
    checked_by_name: str
    reason: str
    has_sound: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedView:
    """A guide and, by language, the state of its recording: `played`, `old`, `waiting` or `none`."""

    service_code: str
    name: Localized
    by_language: tuple[tuple[str, str], ...]


def _language_name(one: RecordingView) -> str:
    return one.language_name


def _service(one: RecordingView) -> str:
    return in_language(one.service_name, get_language() or "vi")


RECORDINGS: Columns[RecordingView] = Columns(
    name="ban-thu-am",
    title=N_("Các bản thu âm"),
    first="-sent_at",
    columns=(
        Column("service", N_("Hướng dẫn"), _service, by=("service_code",)),
        Column("language", N_("Ngôn ngữ"), _language_name, by=("language",)),
        Column("state", N_("Tình trạng"), lambda one: one.state_name, by=(ranked("state", [s.value for s in State]),)),
        Column("seconds", N_("Dài (giây)"), lambda one: one.seconds, by=("milliseconds",), numeric=True),
        Column("speaker", N_("Người đọc"), lambda one: one.speaker_name, by=("speaker_name",)),
        Column("sent_at", N_("Gửi lúc"), lambda one: one.sent_at, by=("sent_at",)),
        Column("sent_by", N_("Người gửi"), lambda one: one.sent_by_name, by=("sent_by_name",)),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column(
            "checked_by", N_("Người nghe lại"), lambda one: one.checked_by_name, by=("checked_by_name",), unseen=True
        ),
        Column("reason", N_("Lý do"), lambda one: one.reason, by=("reason",), unseen=True),
    ),
)


def readable(actor: Actor) -> QuerySet[Recording]:
    """Select what an actor may see: their units' recordings and what they sent themselves. Raises NotAllowed."""
    own = organizations_of(actor, Action.RECORDING_MAKE)
    whose = Q() if own is None else Q(organization_id__in=own) | Q(sent_by_id=actor.id, sent_by_id__isnull=False)
    return Recording.objects.filter(whose)


def may_with(actor: Actor, action: Action, row: Recording) -> bool:
    """Tell whether an actor may do something with a recording of its unit; what one has sent is one's own to see."""
    if action is Action.RECORDING_MAKE and row.sent_by_id is not None and row.sent_by_id == actor.id:
        return True
    if not may(actor, action):
        return False
    own = organizations_of(actor, action)
    return own is None or row.organization_id in own


def recordings(
    actor: Actor, *, on: date, state: str = "", page: int = 1, size: int = 20, sort: str = ""
) -> Page[RecordingView]:
    """List recordings; without a state all but those that are gone. Raises NotAllowed."""
    found = readable(actor)
    if state in STATE_NAMES:
        found = found.filter(state=state)
    elif state != "all":
        found = found.exclude(state__in=[State.WITHDRAWN.value, State.REPLACED.value])
    rows = list(
        RECORDINGS.ordered(found.select_related("organization", "sound").defer("sound__data"), sort)[window(page, size)]
    )
    versions = {one.service_code: one.version for one in texts_on(on)} if rows else {}
    names = catalogue.service_names(one.service_code for one in rows)
    views = [_view(actor, row, versions.get(row.service_code, ""), names) for row in rows]
    return Page(views, max(page, 1), size, total_of(views, page, size, found.count))


def recording(actor: Actor, recording_id: UUID, *, on: date) -> RecordingView:
    """Give a recording. Raises NotAllowed, NotFound."""
    row = readable(actor).select_related("organization", "sound").defer("sound__data").filter(id=recording_id).first()
    if row is None:
        raise NotFound()
    text = current_text(row.service_code, on=on)
    return _view(actor, row, text.version if text else "", catalogue.service_names([row.service_code]), with_steps=True)


def heard_sound(actor: Actor, recording_id: UUID) -> tuple[str, bytes]:
    """Give the media type and bytes of a recording, to be listened to. Raises NotAllowed, NotFound."""
    row = readable(actor).filter(id=recording_id).first()
    sound = Sound.objects.filter(recording_id=recording_id).first() if row else None
    if row is None or sound is None:
        raise NotFound()
    return row.media_type, bytes(sound.data)


def wanted(actor: Actor, *, on: date) -> tuple[WantedView, ...]:
    """List the guides of a day with what is spoken of them, so that one sees what is missing. Raises NotAllowed."""
    organizations_of(actor, Action.RECORDING_MAKE)
    approved = {
        (service, language): version
        for service, language, version in Recording.objects.filter(state=State.APPROVED.value).values_list(
            "service_code", "language", "text_version"
        )
    }
    rows = Recording.objects.filter(state=State.WAITING.value).values_list("service_code", "language")
    waiting = set(rows)
    return tuple(
        WantedView(
            text.service_code, text.name, tuple((code, _stands(text, code, approved, waiting)) for code in SPOKEN)
        )
        for text in texts_on(on)
    )


def _stands(text: GuideText, language: str, approved: dict[tuple[str, str], str], waiting: set[tuple[str, str]]) -> str:
    key = (text.service_code, language)
    if approved.get(key) == text.version:
        return "played"
    if key in waiting:
        return "waiting"
    return "old" if key in approved else "none"


def _view(
    actor: Actor, row: Recording, version: str, names: dict[str, Localized], *, with_steps: bool = False
) -> RecordingView:
    state = State(row.state)
    is_old = state in (State.WAITING, State.APPROVED) and row.text_version != version
    return RecordingView(
        id=row.id,
        service_code=row.service_code,
        service_name=names.get(row.service_code, {"vi": row.service_code}),
        language=row.language,
        language_name=gettext(SPOKEN[row.language]),
        state=row.state,
        state_name=gettext(N_("Cũ: chữ của hướng dẫn đã đổi") if is_old else STATE_NAMES[state]),
        is_old=is_old,
        text_version=row.text_version,
        organization_name=row.organization.name if row.organization else "",
        speaker_name=row.speaker_name,
        seconds=round(row.milliseconds / 1000),
        kilobytes=-(-row.size // 1024),
        extension=EXTENSIONS[row.media_type],
        sent_at=row.sent_at,
        sent_by_name=row.sent_by_name,
        checked_at=row.checked_at,
        checked_by_name=row.checked_by_name,
        reason=row.reason,
        has_sound=hasattr(row, "sound"),
        steps=_steps(actor, row, is_old=is_old) if with_steps else (),
    )


def _steps(actor: Actor, row: Recording, *, is_old: bool) -> tuple[str, ...]:
    is_own = row.sent_by_id is not None and row.sent_by_id == actor.id
    checks = may_with(actor, Action.RECORDING_CHECK, row)
    may_take = {
        Step.APPROVE: checks and not is_own and (is_old or row.state == State.WAITING.value),
        Step.RETURN: checks and not is_own,
        Step.WITHDRAW: checks or is_own,
    }
    return tuple(
        step.value for step, allowed in may_take.items() if allowed and TRANSITIONS.leads_to(State(row.state), step)
    )
