"""What is done with a recording: it is sent, approved by a second speaker, returned, withdrawn."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import MAY, Action, Role
from raquan.recordings import queries
from raquan.recordings.models import Recording, Sound
from raquan.recordings.rules import CONSENT, SPOKEN, TRANSITIONS, State, Step, hear

SUBJECT = "recordings.Recording"


class GuideUnknown(NotFound):
    """No guide holds today for this service, or it is not spoken in this language."""

    code = "recordings.guide_unknown"
    message = N_("Không có hướng dẫn này, hoặc không thu bằng tiếng này.")


class ConsentMissing(Refused):
    """The speaker has not agreed."""

    code = "recordings.consent_missing"
    message = N_("Người đọc phải đồng ý thì mới gửi được. Bản thu vẫn còn trên trang này.")


class TextChanged(Conflict):
    """The guide's words were changed while somebody read or listened."""

    code = "recordings.text_changed"
    message = N_("Chữ của hướng dẫn vừa đổi. Hãy mở lại trang, đọc chữ mới rồi làm lại bước này.")


class OwnRecording(Refused):
    """Who has sent it does not approve it."""

    code = "recordings.own"
    message = N_("Bản thu này do chính bạn gửi. Phải có người thứ hai nói được tiếng này nghe lại.")


class NotHeard(Refused):
    """Who approves says that they speak the language, have heard it, and are not the speaker."""

    code = "recordings.not_heard"
    message = N_("Hãy xác nhận bạn nói được tiếng này, đã nghe hết và không phải là người đọc.")


class ReasonMissing(Refused):
    """Who returns or withdraws says why."""

    code = "recordings.reason_missing"
    message = N_("Hãy ghi lý do.")


class StepImpossible(Conflict):
    """Somebody else has decided meanwhile."""

    code = "recordings.changed"
    message = N_("Có người vừa duyệt, trả lại hoặc rút bản thu này. Hãy xem lại rồi làm tiếp.")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a speaker sends: which guide, in which language, over which words, under which name, as which bytes."""

    service_code: str
    language: str
    text_version: str
    data: bytes
    speaker_name: str = ""
    agrees: bool = False


def send_recording(*, by: Actor, now: datetime, spoken: Spoken, request_id: UUID | None = None) -> UUID:
    """Take a recording; it waits for a second speaker. The same request again is the same one.

    Raises GuideUnknown, TextChanged, ConsentMissing, and what `hear` raises.
    """
    people.check(by, Action.RECORDING_MAKE)
    text = queries.current_text(spoken.service_code, on=local_date(now))
    if text is None or spoken.language not in SPOKEN:
        raise GuideUnknown()
    if not spoken.agrees:
        raise ConsentMissing()
    heard = hear(spoken.data)
    sha256 = hashlib.sha256(heard.data).hexdigest()

    def work() -> dict[str, str]:
        if text.version != spoken.text_version:
            raise TextChanged()
        row = Recording.objects.create(
            service_code=spoken.service_code,
            language=spoken.language,
            text_version=text.version,
            state=State.WAITING.value,
            organization_id=_unit_of(by),
            speaker_name=normalize(spoken.speaker_name)[:100],
            consent=CONSENT,
            media_type=heard.media_type,
            milliseconds=round(heard.seconds * 1000),
            size=len(heard.data),
            sha256=sha256,
            sent_at=now,
            sent_by_id=by.id,
            sent_by_name=by.name[:200],
            changed_at=now,
        )
        Sound.objects.create(recording=row, data=heard.data)
        detail = {"service": row.service_code, "language": row.language, "consent": CONSENT}
        ledger.record(by=by, verb="send_recording", subject=SUBJECT, subject_id=row.id, detail=detail)
        return {"recording": str(row.id)}

    said = [spoken.service_code, spoken.language, spoken.text_version, spoken.speaker_name, sha256]
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()
    with transaction.atomic():
        answer = ledger.once(request_id=request_id, by=by, digest=digest, do=work)
    return UUID(answer["recording"])


def approve_recording(*, by: Actor, now: datetime, recording_id: UUID, text_version: str, has_heard: bool) -> None:
    """Let a recording be played, in place of the one before it; or confirm one whose guide was changed since.

    `text_version` is that of the words which the listener had before their eyes. The same person again does nothing.
    Raises NotFound, NotAllowed, OwnRecording, NotHeard, TextChanged, StepImpossible.
    """
    row = _load(by, recording_id, Action.RECORDING_CHECK)
    _refuse_own(by, row)
    text = queries.current_text(row.service_code, on=local_date(now))
    if not has_heard:
        raise NotHeard()
    if text is None or text.version != text_version:
        raise TextChanged()
    if (row.state, row.text_version, row.checked_by_id) == (State.APPROVED.value, text_version, by.id):
        return
    try:
        with transaction.atomic():
            _replace_the_last(by, now, row)
            _step(row, Step.APPROVE, now, by, text_version=text_version)
            detail = {"service": row.service_code, "language": row.language}
            ledger.record(by=by, verb="approve_recording", subject=SUBJECT, subject_id=row.id, detail=detail)
    except IntegrityError:  # another recording of this guide and language was approved in this moment
        raise StepImpossible() from None


def return_recording(*, by: Actor, now: datetime, recording_id: UUID, reason: str) -> None:
    """Send a recording back to be made again, for a reason; the same again does nothing.

    Raises NotFound, NotAllowed, OwnRecording, ReasonMissing, StepImpossible.
    """
    row = _load(by, recording_id, Action.RECORDING_CHECK)
    _refuse_own(by, row)
    why = _why(reason)
    if (row.state, row.reason) == (State.RETURNED.value, why):
        return
    with transaction.atomic():
        _step(row, Step.RETURN, now, by, reason=why)
        ledger.record(by=by, verb="return_recording", subject=SUBJECT, subject_id=row.id, detail={"reason": why})


def withdraw_recording(*, by: Actor, now: datetime, recording_id: UUID, reason: str) -> None:
    """Take a recording away for good: its sound is wiped here, and phones that have saved it drop it when they ask.

    Who has sent it may, for the speaker; who checks recordings too. The same again does nothing.
    Raises NotFound, NotAllowed, ReasonMissing, StepImpossible.
    """
    row = _load(by, recording_id, Action.RECORDING_MAKE)
    if by.id is None or row.sent_by_id != by.id:
        _check_unit(by, Action.RECORDING_CHECK, row)
    why = _why(reason)
    if row.state == State.WITHDRAWN.value:
        return
    with transaction.atomic():
        _step(row, Step.WITHDRAW, now, None, reason=why)
        Sound.objects.filter(recording_id=row.id).delete()
        ledger.record(by=by, verb="withdraw_recording", subject=SUBJECT, subject_id=row.id, detail={"reason": why})


def _replace_the_last(by: Actor, now: datetime, row: Recording) -> None:
    """End the recording that was played until now, and wipe its sound."""
    last = Recording.objects.filter(
        service_code=row.service_code, language=row.language, state=State.APPROVED.value
    ).exclude(id=row.id)
    for one in last:
        _step(one, Step.REPLACE, now, None)
        Sound.objects.filter(recording_id=one.id).delete()
        ledger.record(by=by, verb="replace_recording", subject=SUBJECT, subject_id=one.id, detail={"by": str(row.id)})


def _step(row: Recording, step: Step, now: datetime, checker: Actor | None, **changes: str) -> None:
    """Go a step, unless somebody else went one since the row was read. For use in a transaction."""
    target = TRANSITIONS.leads_to(State(row.state), step)
    same = Recording.objects.filter(id=row.id, state=row.state, text_version=row.text_version)
    seen = {"checked_at": now, "checked_by_id": checker.id, "checked_by_name": checker.name[:200]} if checker else {}
    if target is None or not same.update(state=target.value, changed_at=now, **seen, **changes):
        raise StepImpossible()


def _load(by: Actor, recording_id: UUID, action: Action) -> Recording:
    people.check(by, action)
    row = queries.readable(by).filter(id=recording_id).first()
    if row is None:
        raise NotFound()
    _check_unit(by, action, row)
    return row


def _check_unit(by: Actor, action: Action, row: Recording) -> None:
    if not queries.may_with(by, action, row):
        raise NotAllowed()


def _refuse_own(by: Actor, row: Recording) -> None:
    if row.sent_by_id is not None and row.sent_by_id == by.id:
        raise OwnRecording()


def _why(reason: str) -> str:
    why = normalize(reason)[:300]
    if not why:
        raise ReasonMissing()
    return why


def _unit_of(by: Actor) -> UUID | None:
    """Give the unit under whose duty somebody records; None where it is the steering office's."""
    duties = (one for one in by.duties if Action.RECORDING_MAKE in MAY[Role(one.role)])
    return next((one.organization_id for one in duties if one.organization_id), None)
