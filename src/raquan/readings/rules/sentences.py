"""Reads a task that is told in sentences: who leads, with whom, what, by when, with which product."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from raquan.kernel.text import fold, normalize
from raquan.readings.rules.dates import Period, is_always, read_period
from raquan.readings.rules.text import without_dash, without_stop
from raquan.readings.rules.units import begins_unit, split_units

_FIELD = re.compile(
    r"(?:^|(?<=[\n;,(])|(?<=\.\s)|(?<=;\s)|(?<=,\s))[\s\-–+•(]*"
    r"((?:(?:các )?(?:cơ quan|đơn vị)(?:/đơn vị)? )?(?:chủ trì|phối hợp)(?: thực hiện)?|(?:cơ quan|đơn vị) thực hiện"
    r"|thời gian[^:.;\n]{0,30}|thời hạn[^:.;\n]{0,20}|hạn hoàn thành|tiến độ[^:.;\n]{0,20}"
    r"|sản phẩm[^:.;\n]{0,20}|kết quả[^:.;\n]{0,20}|đầu ra)\s*:\s*",
    re.IGNORECASE,
)
_LEADS = re.compile(r"chủ trì", re.IGNORECASE)
_WITH = re.compile(r"phối hợp(?:\s+chặt chẽ)?(?:\s+(?:với|cùng|và))?\s+", re.IGNORECASE)
_ASKED = re.compile(r"^(?:giao|đề nghị|phân công|yêu cầu|trên cơ sở đó,?)(?:\s+cho)?\s+", re.IGNORECASE)
_UNIT_WORDS = re.compile(
    r"(?:các|doanh nghiệp|địa phương|đơn vị|cơ quan|phòng|tổ|xã|phường|thôn|buôn|đoàn)\b", re.IGNORECASE
)
_VERBS = (
    "tổ chức|triển khai|thực hiện|hướng dẫn|vận động|tuyên truyền|phổ biến|xây dựng|hỗ trợ|tham mưu|rà soát|theo dõi|"
    "đôn đốc|kiểm tra|tổng hợp|bố trí|đẩy mạnh|tăng cường|cung cấp|cập nhật|đăng tải|thông tin|truyền thông|treo|"
    "trưng bày|giới thiệu|khuyến khích|huy động|ban hành|hoàn thành|hoàn thiện|chuẩn bị|lựa chọn|đề xuất|thẩm định|"
    "vận hành|nâng cấp|phát động|ra quân|mở|in|tập huấn|đào tạo|bảo đảm|đảm bảo|thúc đẩy|phát triển|đưa|gắn|cài đặt|"
    "lồng ghép|chỉ đạo|quán triệt|phát|viết|biên soạn|thiết kế|tiếp nhận|giải quyết|xử lý|báo cáo|đánh giá|"
    "sơ kết|tổng kết|kích hoạt|cấp tài khoản|mở tài khoản"
)
_END_OF_UNITS = re.compile(
    rf"[;:]|\.(?=\s|$)(?<!TP\.)(?<!TX\.)|,?\s(?:để|trong việc|nhằm|và\s(?=(?:{_VERBS})\b)|"
    rf"(?<!cơ quan,\s)(?<!đơn vị,\s)(?<!các\s)(?<!và\s)(?<!\sban,\s)(?:{_VERBS})\b)"
)
_LAW = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\w-]*(?:\s+ngày\s+\d{1,2}[/.]\d{1,2}[/.]\d{4})?")
_YEAR_ALONE = re.compile(r"(?<![\dIV])(?<![\dIV],)\s+năm\s+\d{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an item says; `unread` are its lines that have no field."""

    title: str
    lead_units: tuple[str, ...]
    cooperating_units: tuple[str, ...]
    period: Period
    time_as_written: str
    deliverable: str | None
    unread: tuple[str, ...] = ()


def names_lead(text: str) -> bool:
    """Tell whether an item or line says who leads."""
    return bool(read_sentence(text, None).lead_units)


def has_field(line: str) -> bool:
    """Tell whether a line under an item is one of its fields: "- Đơn vị chủ trì: …"."""
    return _FIELD.match(without_dash(line)) is not None


def read_sentence(text: str, year: int | None) -> Sentence:
    """Read an item's own text (without its marker), dates within the plan's `year`."""
    text = normalize(text)
    fields = list(_FIELD.finditer(text))
    own = text[: fields[0].start()] if fields else text
    leads, cooperating, title = _units_in(own)
    times: list[tuple[str, str]] = []
    deliverable: str | None = None
    for at, found in enumerate(fields):
        value = text[found.end() : fields[at + 1].start() if at + 1 < len(fields) else len(text)]
        name = fold(found[1])
        if "phoi hop" in name:
            cooperating += split_units(value)
        elif "chu tri" in name or "don vi" in name or "co quan" in name:
            leads += split_units(value)
        elif name.startswith(("thoi", "han", "tien do")):
            times.append((found[1], value))
        else:
            deliverable = without_stop(value) or deliverable
    period, written = _period(own, times, year)
    unread = tuple(normalize(f"{label}: {value}") for label, value in times if not (period or is_always(value)))
    return Sentence(without_stop(title), leads, cooperating, period, written, deliverable, unread)


def read_item(text: str, lines: Sequence[str], year: int | None) -> Sentence:
    """Read an item with the lines below it; a line that is no field is given back as unread."""
    read = [line for line in lines if has_field(line)]
    whole = "\n".join([text.rstrip(), *(without_dash(line) for line in read)])
    first = read_sentence(text, year)
    if not read:
        return replace(first, unread=(*first.unread, *lines))
    below = [read_sentence(without_dash(line), year) for line in read]
    starts = next((one.period for one in (*below, first) if one.period), Period())
    return Sentence(
        first.title or without_stop(whole),
        first.lead_units + tuple(name for one in below for name in one.lead_units),
        first.cooperating_units + tuple(name for one in below for name in one.cooperating_units),
        starts,
        " – ".join(one.time_as_written for one in (first, *below) if one.time_as_written),
        next((one.deliverable for one in (*below, first) if one.deliverable), None),
        (*first.unread, *(line for one in below for line in one.unread), *(one for one in lines if one not in read)),
    )


def _units_in(own: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Find "X chủ trì, phối hợp với Y": the leads, the cooperating units, and the title."""
    found = _LEADS.search(own)
    if found is None:
        return (), (), own
    before, after = own[: found.start()], own[found.end() :]
    head, colon, named = before.rpartition(":")
    named = re.sub(r"\s+(?:làm|là(?: đơn vị| cơ quan)?)\s*$", "", _ASKED.sub("", named.strip()))
    if not (begins_unit(named) or _UNIT_WORDS.match(named)):
        return (), (), own
    leads = split_units(named)
    cooperating: tuple[str, ...] = ()
    if joined := _WITH.search(after):
        rest = after[joined.end() :]
        end = _END_OF_UNITS.search(f" {rest}")
        cooperating = split_units(rest[: max(end.start() - 1, 0)] if end else rest)
    return leads, cooperating, head.partition(":")[0] if colon else own


def _period(own: str, times: Sequence[tuple[str, str]], year: int | None) -> tuple[Period, str]:
    for label, text in times:
        if found := read_period(text, year, deadline=re.search(r"\bhan\b|hoan thanh", fold(label)) is not None):
            return found, normalize(text)
    if times:
        return Period(), normalize(" – ".join(text for _, text in times))
    plain = _YEAR_ALONE.sub(" ", _LAW.sub(" ", own))
    # A day in a sentence may be the name of a festival: it counts only after words that say when.
    return read_period(plain if _says_when(plain) else re.sub(r"\d{1,2}/\d{1,2}(?!/?\d)", " ", plain), year), ""


def _says_when(text: str) -> bool:
    return re.search(r"\b(?:từ|trước|đến|vào|trong|chậm nhất|xong|hạn|diễn ra)\b", text, re.IGNORECASE) is not None
