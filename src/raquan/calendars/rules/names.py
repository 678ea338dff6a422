"""Takes apart what a cell says of places, people and topics."""

import re

from raquan.kernel.text import fold, normalize

_COMMUNE = re.compile(r"^(?:xã|phường|thị trấn|đặc khu|tt[. ]|p[. ]|x[. ])\s*\S", re.IGNORECASE)
_DISTRICT = re.compile(r"^(?:huyện|thị xã|thành phố|tp[. ]|tx[. ]|h[. ])\s*\S", re.IGNORECASE)
_PROVINCE = re.compile(r"^(?:tỉnh)\s", re.IGNORECASE)
_KIND_OF_PLACE = re.compile(r"^(?:xa|phuong|thi tran|dac khu|tt\.?|p\.|x\.|huyen|thi xa|thanh pho|tp\.?|tx\.?)\s*")
_PARTS = re.compile(r"[,;\n()]| [-–—] ")
_TITLES = re.compile(r"^(?:[-–•+*]\s*)?(?:(?:đ/c|đồng chí|đc|ông|bà|anh|chị|cô|bác|a\.|c\.)[:.]?\s+)*", re.IGNORECASE)
_PEOPLE = re.compile(r"[,;\n+]| và ")
_REST = re.compile(r"\s+[-–—:]\s.*|\(.*?\)|\d[\d .]{7,}")
_TOPICS = re.compile(r"(?:^|\n)\s*[-–*•]\s|[;\n,+•]")
_LONG_NAMES = {"xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "tt": "thị trấn", "p": "phường", "x": "xã"}


def split_place(written: str) -> tuple[str, str]:
    """Part "Chợ Quảng Phú, thị trấn Quảng Phú" into the commune, with its district if it is named, and the site."""
    parts = [normalize(part) for part in _PARTS.split(written) if part.strip()]
    communes = [at for at, part in enumerate(parts) if _COMMUNE.match(part)]
    if not communes:
        return "", ", ".join(part for part in parts if not _PROVINCE.match(part))
    place = parts[communes[-1]]
    districts = [part for part in parts[communes[-1] + 1 :] if _DISTRICT.match(part)]
    site = [part for at, part in enumerate(parts) if at != communes[-1] and part not in districts]
    return ", ".join([place, *districts]), ", ".join(part for part in site if not _PROVINCE.match(part))


def place_parts(written: str) -> tuple[str, str, str]:
    """Give what a written commune says: its type ("" when unsaid), its name folded, and its district's name folded."""
    parts = [part for part in (one.strip() for one in written.split(",")) if part]
    if not parts:
        return "", "", ""
    folded = fold(parts[0])
    kind = re.match(r"^(xa|phuong|thi tran|tt|p|x)\b\.?", folded)
    district = fold(parts[1]) if len(parts) > 1 else ""
    name = _KIND_OF_PLACE.sub("", folded)
    return _LONG_NAMES.get(kind[1], "") if kind else "", name, _KIND_OF_PLACE.sub("", district)


def names_in(text: str) -> list[str]:
    """Give the people that a cell names, without titles, offices and telephone numbers."""
    found = []
    for part in _PEOPLE.split(text):
        name = normalize(_REST.sub("", _TITLES.sub("", part.strip())))
        if any(sign.isalpha() for sign in name):
            found.append(name)
    return found


def topics_in(text: str) -> list[str]:
    """Give the topics that a cell names, one by one."""
    return [topic for part in _TOPICS.split(text) if (topic := normalize(part))]


def site_kind(name: str) -> str:
    """Guess what sort of place a new site is, by its name; a street when nothing tells."""
    folded = fold(name)
    for kind, pattern in (
        ("market", r"\bcho\b"),
        ("one_stop_shop", r"mot cua|hanh chinh cong|\bubnd\b|uy ban|tiep nhan va tra"),
        ("school", r"\btruong (?:th|mam non|tieu hoc|cao dang|dai hoc|ptdt|trung hoc)|\bthcs\b|\bthpt\b|\btruong hoc"),
        ("shop", r"cua hang|sieu thi|cho dien may|dien may|bach hoa"),
        ("village_hall", r"nha van hoa|hoi truong|nha cong dong|nha sinh hoat|nha rong|nha dai|\bthon\b|\bbuon\b"),
    ):
        if re.search(pattern, folded):
            return kind
    return "street"
