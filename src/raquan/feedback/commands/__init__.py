"""What feedback does: it is sent, answered, asked again, handed over, closed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from raquan.campaign import queries as campaigns
from raquan.feedback import queries
from raquan.feedback.commands.purging import purge_feedback
from raquan.feedback.models import Entry, Feedback
from raquan.feedback.rules import (
    ANSWER_WITHIN,
    LONGEST_TEXT,
    MOST_ENTRIES,
    TRANSITIONS,
    Mood,
    State,
    Step,
    Topic,
    first_state,
    is_for_the_office,
)
from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor
from raquan.kernel.open_forms import is_token, mark_of
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.kernel.text import nfc
from raquan.ledger import commands as ledger
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.people import queries as people
from raquan.people.rules import Role

__all__ = [
    "AnswerMissing",
    "NothingSaid",
    "QuestionMissing",
    "Said",
    "SentOtherwise",
    "StepImpossible",
    "TooLong",
    "answer_feedback",
    "ask_again",
    "close_feedback",
    "hand_over",
    "purge_feedback",
    "send_feedback",
]

SUBJECT = "feedback.Feedback"


class NothingSaid(Refused):
    """Neither a mood nor a topic nor a word."""

    code = "feedback.nothing_said"
    message = N_("Bà con hãy chọn một ô hoặc viết vài chữ.")


class QuestionMissing(Refused):
    """An answer is wanted, and nothing was asked."""

    code = "feedback.question_missing"
    message = N_("Bà con hãy viết điều muốn hỏi để đơn vị trả lời.")


class SentOtherwise(Conflict):
    """The same form was sent before with other words."""

    code = "feedback.sent_otherwise"
    message = N_("Góp ý này đã gửi với nội dung khác. Bà con hãy mở lại trang góp ý để gửi điều mới.")


class AnswerMissing(Refused):
    """An answer has words; a reason too."""

    code = "feedback.words_missing"
    message = N_("Hãy viết nội dung.")


class StepImpossible(Conflict):
    """Somebody else has answered or closed it, or more was said since the page was opened."""

    code = "feedback.changed"
    message = N_("Có người vừa trả lời, khép lại hoặc viết thêm. Hãy đọc lại rồi làm tiếp; chữ đã gõ vẫn còn ở ô dưới.")


class TooLong(Refused):
    """The words to and fro have become too many."""

    code = "feedback.too_long"
    message = N_("Câu chuyện này đã dài. Bà con hãy gọi hoặc đến đơn vị để hỏi tiếp.")


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says; `about_code` as typed or scanned."""

    mood: str = ""
    topics: tuple[str, ...] = ()
    text: str = ""
    wants_answer: bool = False
    about_code: str = ""


def send_feedback(*, now: datetime, token: str, campaign_id: UUID, said: Said) -> UUID:
    """Take what a villager says under a private address of theirs; the same again is the same one.

    It goes to the unit of the outing or help desk that it is about, else to the steering office; the office looks
    first where money or a password was asked for. Raises NothingSaid, QuestionMissing, SentOtherwise, NotFound for an
    address without its shape or an unknown campaign.
    """
    if not is_token(token) or not any(one.id == campaign_id for one in campaigns.campaigns()):
        raise NotFound()
    topics = frozenset(Topic(one) for one in said.topics)
    text = nfc(said.text).strip()[:LONGEST_TEXT]
    if not (said.mood or topics or text):
        raise NothingSaid()
    if said.wants_answer and not text:
        raise QuestionMissing()
    named = queries.about(said.about_code, now=now) if said.about_code else None
    whose = None if named is None or is_for_the_office(topics) else named.organization_id
    row = Feedback(
        campaign_id=campaign_id,
        mark=mark_of(token),
        mood=Mood(said.mood).value if said.mood else "",
        topics=sorted(one.value for one in topics),
        wants_answer=said.wants_answer,
        about_code=named.code if named else "",
        organization_id=whose,
        state=first_state(topics, wants_answer=said.wants_answer).value,
        sent_at=now,
        changed_at=now,
        entries_count=1 if text else 0,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            if text:
                Entry.objects.create(feedback=row, number=1, text=text, at=now)
            ledger.record(by=ANONYMOUS, verb="send_feedback", subject=SUBJECT, subject_id=row.id)
            _tell(row, now)
    except IntegrityError:
        return _sent_before(row, text)
    return row.id


def ask_again(*, now: datetime, token: str, text: str, seen: int) -> None:
    """Take a further question of the sender after an answer; `seen` is how many words they have read.

    The same again does nothing. Raises NotFound, AnswerMissing, TooLong, StepImpossible.
    """
    found = Feedback.objects.filter(mark=mark_of(token)).first() if is_token(token) else None
    if found is None:
        raise NotFound()
    with transaction.atomic():
        if _say(found, Step.ASK_AGAIN, text, seen=seen, now=now, by=ANONYMOUS):
            _tell(found, now)


def answer_feedback(*, by: Actor, now: datetime, feedback_id: UUID, text: str, seen: int) -> None:
    """Answer, signed with the unit's name; `seen` is how many words the officer has read.

    Of two answers at once one is taken. The same again does nothing. Raises NotFound, NotAllowed, AnswerMissing,
    TooLong, StepImpossible.
    """
    found = _load(by, feedback_id)
    with transaction.atomic():
        if _say(found, Step.ANSWER, text, seen=seen, now=now, by=by):
            notices.settle(by=by, now=now, key=str(found.id))


def hand_over(*, by: Actor, now: datetime, feedback_id: UUID, organization_id: UUID) -> None:
    """Give what waits to another unit; the same again does nothing. Raises NotFound, NotAllowed, StepImpossible."""
    found = _load(by, feedback_id)
    if people.organization(organization_id) is None:
        raise NotFound()
    if found.organization_id == organization_id:
        return
    with transaction.atomic():
        whose = Q(organization_id=found.organization_id) if found.organization_id else Q(organization__isnull=True)
        same = Feedback.objects.filter(whose, id=found.id)
        open_ones = same.filter(state__in=[State.WAITING.value, State.NOTED.value])
        if not open_ones.update(organization_id=organization_id, changed_at=now):
            raise StepImpossible()
        detail = {
            "from": str(found.organization_id) if found.organization_id else None,
            "to": str(organization_id),
        }
        ledger.record(by=by, verb="hand_over", subject=SUBJECT, subject_id=found.id, detail=detail)
        notices.settle(by=by, now=now, key=str(found.id))
        found.organization_id = organization_id
        _tell(found, now)


def close_feedback(*, by: Actor, now: datetime, feedback_id: UUID, reason: str) -> None:
    """Close without an answer, for a reason that the sender reads; the same again does nothing.

    Raises NotFound, NotAllowed, AnswerMissing, StepImpossible.
    """
    found = _load(by, feedback_id)
    said = nfc(reason).strip()[:300]
    if not said:
        raise AnswerMissing()
    if (found.state, found.close_reason) == (State.CLOSED.value, said):
        return
    target = TRANSITIONS.leads_to(State(found.state), Step.CLOSE)
    if target is None:
        raise StepImpossible()
    with transaction.atomic():
        same = Feedback.objects.filter(id=found.id, state=found.state, entries_count=found.entries_count)
        if not same.update(state=target.value, close_reason=said, changed_at=now):
            raise StepImpossible()
        ledger.record(by=by, verb="close_feedback", subject=SUBJECT, subject_id=found.id, detail={"reason": said})
        notices.settle(by=by, now=now, key=str(found.id))


def _load(by: Actor, feedback_id: UUID) -> Feedback:
    found = Feedback.objects.filter(id=feedback_id).first()
    if found is None:
        raise NotFound()
    if not queries.may_answer(by, found.organization_id):
        raise NotAllowed()
    return found


def _say(found: Feedback, step: Step, text: str, *, seen: int, now: datetime, by: Actor) -> bool:
    """Add words as a step's; False when the very same words came before. For use in a transaction."""
    said = nfc(text).strip()[:LONGEST_TEXT]
    if not said:
        raise AnswerMissing()
    user_id = by.id if by.is_signed_in else None
    if Entry.objects.filter(feedback=found, number=seen + 1, text=said, by_user_id=user_id).exists():
        return False
    if seen >= MOST_ENTRIES:
        raise TooLong()
    target = TRANSITIONS.leads_to(State(found.state), step)
    same = Feedback.objects.filter(id=found.id, state=found.state, entries_count=seen)
    if target is None or not same.update(state=target.value, entries_count=seen + 1, changed_at=now):
        raise StepImpossible()
    organization = people.organization(found.organization_id) if user_id and found.organization_id else None
    Entry.objects.create(
        feedback=found,
        number=seen + 1,
        text=said,
        at=now,
        by_user_id=user_id,
        by_name=by.name if user_id else "",
        organization_name=organization.name if organization else "",
    )
    verb = "answer_feedback" if step is Step.ANSWER else "ask_again"
    ledger.record(by=by, verb=verb, subject=SUBJECT, subject_id=found.id, detail={"number": seen + 1})
    found.state, found.entries_count = target.value, seen + 1
    return True


def _tell(row: Feedback, now: datetime) -> None:
    """Tell who is on duty of what waits; each turn of the talk is told by itself."""
    if row.state != State.WAITING.value:
        return
    role = Role.UNIT_OFFICER if row.organization_id else Role.STEERING_OFFICER
    notices.tell(
        by=SYSTEM,
        now=now,
        kind=f"feedback.waiting.{now:%Y%m%d%H%M%S%f}",
        key=str(row.id),
        to=OnDuty(row.organization_id, role),
        text=N_("Có câu hỏi của người dân chờ trả lời."),
        href=f"/desk/feedback/{row.id}/",
        escalate_at=now + ANSWER_WITHIN,
    )


def _sent_before(row: Feedback, text: str) -> UUID:
    """Give the feedback that came before under this address, when it says the same."""
    known = Feedback.objects.filter(mark=row.mark).first()
    if known is None:
        raise SentOtherwise()
    first = Entry.objects.filter(feedback=known, number=1).values_list("text", flat=True).first() or ""
    same = (known.mood, known.topics, known.wants_answer) == (row.mood, row.topics, row.wants_answer)
    if not same or first != text:
        raise SentOtherwise()
    return known.id
