"""What may be asked of recordings: what everybody may hear, what is still to be recorded, what waits for a listener."""

from raquan.recordings.queries.hearing import Playable, playable, playable_sound
from raquan.recordings.queries.reading import (
    RECORDINGS,
    GuideText,
    RecordingView,
    WantedView,
    current_text,
    heard_sound,
    may_with,
    readable,
    recording,
    recordings,
    wanted,
)
from raquan.recordings.queries.searching import KINDS

__all__ = [
    "KINDS",
    "RECORDINGS",
    "GuideText",
    "Playable",
    "RecordingView",
    "WantedView",
    "current_text",
    "heard_sound",
    "may_with",
    "playable",
    "playable_sound",
    "readable",
    "recording",
    "recordings",
    "wanted",
]
