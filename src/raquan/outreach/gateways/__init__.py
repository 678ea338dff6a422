"""What sets type and reads pictures for this room."""

from raquan.outreach.gateways.emblems import EmblemUnreadable, clean_emblem
from raquan.outreach.gateways.typesetting import Made, make

__all__ = ["EmblemUnreadable", "Made", "clean_emblem", "make"]
