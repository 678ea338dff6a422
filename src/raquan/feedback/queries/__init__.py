"""What may be asked of feedback: by its sender with the private address, by the unit that answers."""

from raquan.feedback.queries.columns import FEEDBACK
from raquan.feedback.queries.reading import (
    about,
    feedback,
    feedbacks,
    held_feedback,
    may_answer,
    moods,
    organization_named,
    waiting_count,
)
from raquan.feedback.queries.shapes import About, EntryView, FeedbackView, MoodCount

__all__ = [
    "FEEDBACK",
    "About",
    "EntryView",
    "FeedbackView",
    "MoodCount",
    "about",
    "feedback",
    "feedbacks",
    "held_feedback",
    "may_answer",
    "moods",
    "organization_named",
    "waiting_count",
]
