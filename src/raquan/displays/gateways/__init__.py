"""Asks for pages and pictures of other people's servers and tells pictures apart; sets letters for paper."""

from raquan.displays.gateways.asking import PageRefused, Seen, look_at
from raquan.displays.gateways.letters import letter_pdf, letter_texts
from raquan.displays.gateways.pictures import Known, compare, know, small_copy
from raquan.displays.gateways.reading import pictures_in

__all__ = [
    "Known",
    "PageRefused",
    "Seen",
    "compare",
    "know",
    "letter_pdf",
    "letter_texts",
    "look_at",
    "pictures_in",
    "small_copy",
]
