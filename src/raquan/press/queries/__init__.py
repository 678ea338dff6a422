"""What may be asked of what the office publishes, and of what others write."""

from raquan.press.queries.columns import PRESS_ITEMS, PUBLICATIONS
from raquan.press.queries.filling import FigureHidden, FigureUnknown, PlaceWrong, SnapshotMissing, offered
from raquan.press.queries.items import late_replies, outlets, press_item, press_items
from raquan.press.queries.packing import PackView, any_unpacked, latest_pack
from raquan.press.queries.programme import programme, programme_item
from raquan.press.queries.reading import (
    last_news,
    picture_file,
    picture_of_draft,
    publication,
    publications,
    shown,
    shown_publication,
)
from raquan.press.queries.shapes import (
    CorrectionView,
    PictureView,
    PressItemView,
    ProgrammeLine,
    PublicationLine,
    PublicationView,
    SnapshotRef,
)

__all__ = [
    "PRESS_ITEMS",
    "PUBLICATIONS",
    "CorrectionView",
    "FigureHidden",
    "FigureUnknown",
    "PackView",
    "PictureView",
    "PlaceWrong",
    "PressItemView",
    "ProgrammeLine",
    "PublicationLine",
    "PublicationView",
    "SnapshotMissing",
    "SnapshotRef",
    "any_unpacked",
    "last_news",
    "late_replies",
    "latest_pack",
    "offered",
    "outlets",
    "picture_file",
    "picture_of_draft",
    "press_item",
    "press_items",
    "programme",
    "programme_item",
    "publication",
    "publications",
    "shown",
    "shown_publication",
]
