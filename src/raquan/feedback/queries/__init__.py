"""What may be asked of feedback: by its sender with the private address, by the unit that answers."""

from raquan.feedback.queries.reading import (
    About,
    EntryView,
    FeedbackView,
    MoodCount,
    about,
    feedback,
    feedbacks,
    held_feedback,
    may_answer,
    moods,
    organization_named,
    waiting_count,
)

__all__ = [
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
