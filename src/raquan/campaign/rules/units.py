"""Which levels of units a text names together."""

from raquan.kernel.text import fold
from raquan.people.rules import Level

_MEMBERS: tuple[tuple[str, Level], ...] = (
    ("so", Level.DEPARTMENT),
    ("nganh", Level.DEPARTMENT),
    ("huyen", Level.DISTRICT),
    ("thi_xa", Level.DISTRICT),
    ("thanh_pho", Level.DISTRICT),
    ("xa", Level.COMMUNE),
    ("phuong", Level.COMMUNE),
    ("doanh_nghiep", Level.ENTERPRISE),
    ("doan_the", Level.UNION),
    ("dia_phuong", Level.DISTRICT),
    ("dia_phuong", Level.COMMUNE),
)


def levels_named(written: str) -> frozenset[Level]:
    """Give the levels that a text names together: "UBND các huyện, thị xã, thành phố" names every district's unit."""
    words = f" {' '.join(fold(written).replace(',', ' ').replace(';', ' ').split())} "
    if not any(f" {one} " in words for one in ("cac", "tat ca", "moi", "toan the")):
        return frozenset()
    for two in ("thi xa", "thanh pho", "doanh nghiep", "doan the", "dia phuong"):
        words = words.replace(f" {two} ", f" {two.replace(' ', '_')} ")
    return frozenset(level for name, level in _MEMBERS if f" {name} " in words)
