"""Reads when something is done, as plans write it: từ ngày 15/9 đến ngày 15/10/2023, trước 20/9, Quý IV, Tháng 9."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from raquan.kernel.text import fold

_DAY = (
    r"(?:ngay )?(?P<{0}d>\d{{1,2}})"
    r"(?: ?[/.] ?(?P<{0}m>\d{{1,2}})(?: ?[/.] ?(?P<{0}y>\d{{4}}|\d{{2}}))?(?![\d/])"
    r"| thang (?P<{0}m2>\d{{1,2}})(?:(?:,? nam |/)(?P<{0}y2>\d{{4}}))?(?!\d))"
)
_BARE = r"(?:ngay )?(?P<{0}d>\d{{1,2}})"
_MONTH = r"(?:thang )?(?P<{0}m>\d{{1,2}})(?:(?: ?/ ?|,? nam )(?P<{0}y>\d{{4}}))?(?![\d/])"
_UNTIL = r" ?(?:den|-|–|—)(?: het)?(?: truoc)? ?"
_ONE = r"(?<![\d/.])" + _DAY.format("a")

_RANGE = re.compile(r"(?<![\d/.])" + _DAY.format("a") + _UNTIL + _DAY.format("b"))
_SHORT_RANGE = re.compile(r"(?<![\d/.])" + _BARE.format("a") + r"(?:" + _UNTIL + r"| va |, ?)" + _DAY.format("b"))
_MONTHS = re.compile(r"(?:tu )?thang " + _MONTH.format("a") + r"(?:" + _UNTIL + r"|, ?| va )" + _MONTH.format("b"))
_ONE_MONTH = re.compile(r"thang " + _MONTH.format("a"))
_QUARTERS = re.compile(
    r"quy (?P<a>iv|i{1,3}|[1-4])(?: ?/ ?\d{4}(?= ?(?:den|-|–|,|va) ?quy))?"
    r"(?:(?: ?(?:den|-|–|,|va) ?)(?:quy )?(?P<b>iv|i{1,3}|[1-4]))?"
    r"(?:(?: ?/ ?|,? nam )(?P<y>\d{4}))?(?![\w/])"
)
_YEAR = re.compile(r"nam (?P<y>\d{4})(?!\d| ?[-–])")
_DEADLINE = re.compile(
    r"(?:truoc|cham nhat|muon nhat|han cuoi|den het|hoan thanh(?: xong)?|xong|den)"
    r"(?: (?:la|vao|trong|truoc|het|han))*:? " + _DAY.format("a")
)
_BEFORE_MONTH = re.compile(r"(?<!hoan thanh )truoc thang " + _MONTH.format("a"))
_IN_MONTH = re.compile(
    r"(?:hoan thanh|xong|cham nhat|den het|den)(?: (?:la|vao|trong|truoc|het))* thang " + _MONTH.format("a")
)
_SINCE = re.compile(r"(?:tu|bat dau|ke tu) " + _DAY.format("a"))
_SINCE_MONTH = re.compile(r"(?:^|\b)(?:tu|bat dau(?: tu)?|ke tu) thang " + _MONTH.format("a"))
# "20-9" and "9/2023" are rewritten to the one form that the patterns know; an hour of the day says no day.
_HOUR = re.compile(r"\b\d{1,2} ?(?:h|g|gio) ?(?:\d{2})?\b(?: ?phut)?,? ?")
_DASHED_FULL = re.compile(r"(?<![\d/-])(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)")
_DASHED = re.compile(r"(?<![\d/-])(?<!thang )(?<!quy )(\d{1,2})-(0?[1-9]|1[0-2])(?![\d/.-]| thang)")
_MONTH_OF_YEAR = re.compile(r"(?<![\d/.])(?<!thang )(0?[1-9]|1[0-2])/(\d{4})(?![\d/])")
_VAGUE = re.compile(
    r"\btuan (?:thu |dau|cuoi|le )?\d|\b(?:dau|giua|cuoi) thang|\b(?:thuong|trung|ha) tuan|\bsau (?:ngay )?\d"
)
_QUARTER_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ALWAYS = re.compile(r"thuong xuyen|lien tuc|hang (?:nam|thang|tuan|ngay|quy)|xuyen suot|suot nam|dinh ky")


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day of something, either of which may be unsaid."""

    starts_on: date | None = None
    due_on: date | None = None

    def __bool__(self) -> bool:
        return self.starts_on is not None or self.due_on is not None


def is_always(text: str) -> bool:
    """Tell whether a time means "all the time": it has no days, and that is no doubt."""
    return _ALWAYS.search(fold(text)) is not None


def read_day(text: str, year: int | None) -> date | None:
    """Read the first day that a text names; one without a year is of the given `year`."""
    for match in re.finditer(_ONE, _plain(text)):
        if found := _day(match, "a", year):
            return found
    return None


def read_period(text: str, year: int | None, *, deadline: bool = False) -> Period:
    """Read the first and last day that a text names, within the plan's `year` where it says none.

    "Tháng 9" is the whole month, "Quý IV" the whole quarter; "trước 20/9" is due on 20/9. A day alone
    is the day of an event, both first and last; under a heading that asks a `deadline` it is only the last.
    """
    folded = _plain(text)
    if _VAGUE.search(folded):
        return Period()
    for read in (_read_range, _read_deadline, _read_since, _read_single, _read_months, _read_quarters, _read_year):
        found = read(folded, year)
        if found:
            alone = read is _read_single or (read is _read_range and found.starts_on == found.due_on)
            return Period(None, found.due_on) if deadline and alone else found
    return Period()


def read_range(text: str, year: int | None) -> Period:
    """Read "từ … đến …" alone, of days."""
    return _read_range(_plain(text), year)


def _plain(text: str) -> str:
    folded = _DASHED_FULL.sub(r"\1/\2/\3", _HOUR.sub("", fold(text)))
    return _MONTH_OF_YEAR.sub(r"thang \1/\2", _DASHED.sub(r"\1/\2", folded))


def _read_range(folded: str, year: int | None) -> Period:
    for match in _RANGE.finditer(folded):
        last = _day(match, "b", _year(match, "a") or year)
        first = _day(match, "a", _year(match, "b") or year)
        if first and last:
            return _in_order(first, last, said=bool(_year(match, "b")))
    for match in _SHORT_RANGE.finditer(folded):
        last = _day(match, "b", year)
        first = _date(int(match["ad"]), last.month, last.year) if last else None
        if first and last and first <= last:
            return Period(first, last)
    return Period()


def _in_order(first: date, last: date, *, said: bool) -> Period:
    """Mend "từ 15/12 đến 15/1": the year that was said belongs to one end, the other is a year away."""
    if first <= last:
        return Period(first, last)
    if said:
        return Period(_date(first.day, first.month, first.year - 1), last)
    return Period(first, _date(last.day, last.month, last.year + 1))


def _read_deadline(folded: str, year: int | None) -> Period:
    if match := _DEADLINE.search(folded):
        return Period(None, _day(match, "a", year))
    if (match := _BEFORE_MONTH.search(folded)) and (whole := _month(match, "a", year)) and whole.starts_on:
        return Period(None, date.fromordinal(whole.starts_on.toordinal() - 1))
    if (match := _IN_MONTH.search(folded)) and not _MONTHS.search(folded) and (whole := _month(match, "a", year)):
        return Period(None, whole.due_on)
    return Period()


def _read_since(folded: str, year: int | None) -> Period:
    if match := _SINCE.search(folded):
        return Period(_day(match, "a", year), None)
    match = None if _MONTHS.search(folded) else _SINCE_MONTH.search(folded)
    return Period(_month(match, "a", year).starts_on, None) if match else Period()


def _read_single(folded: str, year: int | None) -> Period:
    for match in re.finditer(_ONE, folded):
        if day := _day(match, "a", year):
            return Period(day, day)
    return Period()


def _read_months(folded: str, year: int | None) -> Period:
    if match := _MONTHS.search(folded):
        first, last = _month(match, "a", _year(match, "b") or year), _month(match, "b", _year(match, "a") or year)
        if first.starts_on and last.due_on:
            return _in_order(first.starts_on, last.due_on, said=bool(_year(match, "b")))
    match = _ONE_MONTH.search(folded)
    return _month(match, "a", year) if match else Period()


def _read_quarters(folded: str, year: int | None) -> Period:
    match = _QUARTERS.search(folded)
    its_year = int(match["y"]) if match and match["y"] else year
    if match is None or its_year is None:
        return Period()
    first, last = (_QUARTER_NUMBERS.get(one) or int(one) for one in (match["a"], match["b"] or match["a"]))
    if first > last:
        return Period()
    return Period(date(its_year, 3 * first - 2, 1), _month_end(its_year, 3 * last))


def _read_year(folded: str, year: int | None) -> Period:
    match = _YEAR.search(folded)
    its_year = int(match["y"]) if match else 0
    return Period(date(its_year, 1, 1), date(its_year, 12, 31)) if 1900 <= its_year <= 2200 else Period()


def _year(match: re.Match[str], end: str) -> int | None:
    groups = match.groupdict()
    said = groups.get(f"{end}y") or groups.get(f"{end}y2")
    return (int(said) + 2000 if len(said) == 2 else int(said)) if said else None


def _day(match: re.Match[str], end: str, year: int | None) -> date | None:
    groups = match.groupdict()
    month = groups[f"{end}m"] or groups[f"{end}m2"]
    its_year = _year(match, end) or year
    return _date(int(groups[f"{end}d"]), int(month), its_year) if its_year else None


def _month(match: re.Match[str], end: str, year: int | None) -> Period:
    its_year, month = _year(match, end) or year, int(match[f"{end}m"])
    if its_year is None or not 1 <= month <= 12 or not 1900 <= its_year <= 2200:
        return Period()
    return Period(date(its_year, month, 1), _month_end(its_year, month))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
