"""What has been said about a record, and what may be decided on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from raquan.capture.models import Comment
from raquan.capture.queries.opened import Opened, open_record
from raquan.capture.rules import DECISION_NAMES, DECISIONS, ReviewState
from raquan.kernel.actor import Actor, ActorKind
from raquan.people.rules import Action


@dataclass(frozen=True, slots=True)
class CommentView:
    """What somebody said about a record."""

    body: str
    said_by_kind: ActorKind
    said_by_number: int
    said_by_name: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """What was said about a record through all its versions, oldest first, and what the actor may decide now.

    `decisions` are (state, the button's words) pairs; `may_comment` when the record is the actor's to review.
    """

    comments: tuple[CommentView, ...]
    decisions: tuple[tuple[str, str], ...]
    may_comment: bool


def review_of(actor: Actor, submission_id: UUID) -> Review:
    """Give what was said about a record and what the actor may decide; raises NotFound and NotAllowed."""
    return review_of_opened(actor, open_record(actor, submission_id))


def review_of_opened(actor: Actor, opened: Opened) -> Review:
    """Give what was said about an opened record and what the actor may decide; one query."""
    may_review = opened.lets(actor, Action.RECORD_REVIEW)
    is_open = opened.corrected_by is None and opened.deletion is None
    decisions = DECISIONS[ReviewState(opened.record.review_state)] if may_review and is_open else ()
    return Review(
        comments=_comments(opened.record.root_instance_id),
        decisions=tuple((one.value, gettext(DECISION_NAMES[one])) for one in decisions),
        may_comment=may_review,
    )


def comments(actor: Actor, submission_id: UUID) -> tuple[CommentView, ...]:
    """List what was said about a record through all its versions, oldest first."""
    return review_of(actor, submission_id).comments


def _comments(root_instance_id: str) -> tuple[CommentView, ...]:
    found = Comment.objects.filter(submission__root_instance_id=root_instance_id).order_by("said_at", "id")
    return tuple(
        CommentView(one.body, ActorKind(one.said_by_kind), one.said_by_number, one.said_by_name, one.said_at)
        for one in found
    )
