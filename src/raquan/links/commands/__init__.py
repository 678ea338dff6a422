"""What short links do: they are made, changed, stopped and resumed, and their visits are counted."""

from raquan.links.commands.counting import count_visit, write_visits
from raquan.links.commands.making import (
    Changed,
    LabelMissing,
    LinkMade,
    TargetRefused,
    change_link,
    make_link,
    resume_link,
    stop_link,
)

__all__ = [
    "Changed",
    "LabelMissing",
    "LinkMade",
    "TargetRefused",
    "change_link",
    "count_visit",
    "make_link",
    "resume_link",
    "stop_link",
    "write_visits",
]
