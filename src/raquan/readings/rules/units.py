"""Parts the units that one text names: "Sở Công Thương, Tỉnh đoàn" are two, "Các sở, ban, ngành" are one."""

import re

from raquan.kernel.text import fold, normalize

# What a unit's name begins with, as written in capitals or with a capital; a word must follow most of them.
_HEADS = (
    r"(?:Sở|UBND|Ủy ban|Uỷ ban|UBMTTQ|MTTQ|HĐND|Hội đồng|Công an|Công đoàn|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Thị đoàn|"
    r"Đoàn Thanh niên|Đoàn TNCS|Đoàn khối|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Huyện uỷ|Thị ủy|Thị uỷ|Đảng ủy|"
    r"Hội|Hiệp hội|Liên minh|Liên đoàn|Bưu điện|Bưu chính|Báo|Đài|Cổng|Ngân hàng|Kho bạc|Cục|Chi cục|Thuế|Hải quan|"
    r"Thanh tra|Tòa án|Toà án|Viện|Văn phòng|Bảo hiểm|BHXH|Bộ|Ban|Phòng|Trung tâm|Trường|Đại học|Công ty|Tập đoàn|"
    r"Tổng công ty|Chi nhánh|Điện lực|Viễn thông|Mặt trận|Tổ công nghệ|Tổ Công nghệ|Quỹ|Thư viện|Bảo tàng|Hợp tác xã|"
    r"Bệnh viện|Trạm|Chủ tịch|LĐLĐ|VP|CĐ|CA|VNPT|Viettel|MobiFone|Mobifone|FPT|VCCI|NHNN)"
)
_LONE = (
    r"(?:Tỉnh đoàn|Thành đoàn|Huyện đoàn|VNPT|Viettel|MobiFone|Mobifone|FPT|Công an|UBND|BHXH)(?=\s*(?:[,;.]|$| và ))"
)
_NAME = rf"(?:(?:{_HEADS}|{_HEADS.upper()})(?=\s+\w)|sở(?=\s+[A-ZĐ])|{_LONE})"
_NAME_IN_CAPITALS = re.compile(rf"{_NAME}|(?i:{_HEADS})(?=\s+\w)")
_JOINT = re.compile(rf"\s*(?:,\s*(?:và\s+)?|\s+và\s+)(?={_NAME}|[Cc]ác\s+\w)")
_BULLET = re.compile(r"^[\s\-–—+•*·]+(?=\S|$)")
_ORDER = re.compile(r"^\d{1,2}[.)]\s+(?=\D)")
_LABEL = re.compile(
    r"(?:^|[\n;.(])[\s\-–+•]*((?:(?:cơ quan|đơn vị|các đơn vị)\s+)?(?:chủ trì|phối hợp))(?:\s+thực hiện)?\s*[:\-–]\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\s*\(?\b(chủ trì|phối hợp)(?:\s+thực hiện)?\)?\s*(?=$|[;,.\n])", re.IGNORECASE)
_NOT_BEFORE_AND = re.compile(r"(?:HĐND|ĐBQH|[Hh]ội đồng nhân dân)$")
_ONE_PLURAL = re.compile(r"^(?:[Cc]ác\s+)?\w+$")


def begins_unit(text: str) -> bool:
    """Tell whether a line begins with what names of units begin with, in capitals or not."""
    return _NAME_IN_CAPITALS.match(text.strip()) is not None


def split_units(text: str) -> tuple[str, ...]:
    """Part a cell into its units, as written; lines and ";" part always, "," and "và" before a unit's name."""
    found: list[str] = []
    for line in _lines(text):
        for chunk in line.split(";"):
            found += [name for one in _at_names(chunk) if (name := _bare(one))]
    return tuple(found)


def split_parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part a cell that may say both: "Chủ trì: …", "Phối hợp: …"; without such words all are leads."""
    marks = list(_LABEL.finditer(text))
    if not marks and _ROLE.search(text):
        return _by_roles(text)
    leads = list(split_units(text[: marks[0].start()] if marks else text))
    cooperating: list[str] = []
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        (leads if "chu tri" in fold(mark[1]) else cooperating).extend(split_units(text[mark.end() : end]))
    return tuple(leads), tuple(cooperating)


def _by_roles(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part "Sở A chủ trì; Sở B, Sở C phối hợp": a role holds for the names before it in its chunk."""
    leads: list[str] = []
    cooperating: list[str] = []
    for line in _lines(text):
        for chunk in line.split(";"):
            waiting: list[str] = []
            for name in split_units(chunk):
                role = _ROLE.search(name)
                waiting.append(_bare(_ROLE.sub("", name)))
                if role:
                    (leads if "chu tri" in fold(role[1]) else cooperating).extend(filter(None, waiting))
                    waiting = []
            leads += filter(None, waiting)
    return tuple(leads), tuple(cooperating)


def _lines(text: str) -> list[str]:
    """Give the lines, a name that was broken over two ("Sở Thông tin / và Truyền thông") made whole."""
    lines: list[str] = []
    for line in text.split("\n"):
        goes_on = re.match(r"\s*(?:và|tỉnh|huyện|thành phố|thị xã)\s", line) is not None
        if lines and goes_on and not lines[-1].rstrip().endswith((";", ".", ",")):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return lines


def _at_names(chunk: str) -> list[str]:
    parts, begin = [], 0
    chunk = normalize(chunk)
    for joint in _JOINT.finditer(chunk):
        left = _bare(chunk[begin : joint.start()])
        joined_by_and = "," not in joint[0]
        if (joined_by_and and _NOT_BEFORE_AND.search(left)) or (_ONE_PLURAL.match(left) and not _is_name(left)):
            continue
        parts.append(left)
        begin = joint.end()
    return [*parts, chunk[begin:]]


def _is_name(text: str) -> bool:
    return re.match(_LONE, text) is not None


def _bare(text: str) -> str:
    text = _ORDER.sub("", _BULLET.sub("", normalize(text))).rstrip(" ;,")
    if text.endswith(".") and not re.search(r"(?:^|\s)(?:TP|TX|TT|P)\.$", text):
        text = text.rstrip(". /")
    return text if any(c.isalnum() for c in text) else ""
