"""Turns files that offices send into what the rules can read."""

from raquan.readings.gateways.fonts import OldFont
from raquan.readings.gateways.word import NotDocx, TooLarge, read_docx

__all__ = ["NotDocx", "OldFont", "TooLarge", "read_docx"]
