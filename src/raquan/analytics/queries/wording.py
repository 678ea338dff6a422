"""Says in words how a number is made, from what, and what stands beside it, in the language of the page."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language, gettext

from raquan.analytics.queries.standing import Standing
from raquan.analytics.rules import (
    DIMENSIONS,
    MEASURES,
    Count,
    CountDistinct,
    CountDistinctWhere,
    CountKnown,
    CountRepeated,
    CountWhere,
    Distinct,
    Figure,
    Kind,
    Measure,
    Ratio,
    Sum,
    kinds_of,
)
from raquan.analytics.rules.formulas import Conditions
from raquan.analytics.rules.words import COLUMN_WORDS, KIND_WORDS, SOURCE_WORDS, THING_WORDS
from raquan.kernel.dates import format_date
from raquan.kernel.localized import DEFAULT_LANGUAGE, Localized, in_language
from raquan.kernel.numbers import format_number


def formula_words(of: Measure) -> str:
    """Write a measure's formula as a sentence."""
    formula = of.formula
    things = said(KIND_WORDS[kinds_of(of)[0]])
    match formula:
        case Count():
            return gettext("Cộng số lượt mà mỗi bản ghi đại diện.")
        case CountWhere(column, values):
            return gettext("Cộng số lượt của các bản ghi có {met}.").format(met=_met(((column, values),)))
        case CountKnown(column):
            return gettext("Cộng số lượt của các bản ghi có ghi {column}.").format(column=_column(column))
        case CountDistinct(column):
            return gettext("Đếm số {column} khác nhau.").format(column=_column(column))
        case CountDistinctWhere(distinct, column, values):
            return gettext("Đếm số {column} khác nhau trong các bản ghi có {met}.").format(
                column=_column(distinct), met=_met(((column, values),))
            )
        case CountRepeated(distinct, column):
            return gettext("Đếm số {column} có từ hai {other} khác nhau trở lên.").format(
                column=_column(distinct), other=_column(column)
            )
        case Sum(column, where, per):
            return _added(column, where) if column in ("value", "valued") else _sum(column, where, per, things)
        case Distinct(column, where):
            return _distinct(said(THING_WORDS[of.kinds[0]]) if column == "thing" else _column(column), where)
        case Ratio(part, whole, times):
            return _ratio(part, whole, times)


def _sum(column: str, where: Conditions, per: int, things: str) -> str:
    met = _met(where)
    if column == "minutes":
        template = (
            gettext("Cộng số phút của {things} có {met}, rồi chia cho {per}.")
            if met
            else gettext("Cộng số phút của {things}, rồi chia cho {per}.")
        )
        return template.format(things=things, met=met, per=per)
    if not met:
        return gettext("Đếm {things}.").format(things=things)
    return gettext("Đếm {things} có {met}.").format(things=things, met=met)


def _added(column: str, where: Conditions) -> str:
    if not where:
        return gettext("Cộng {column} của các bản ghi có ghi.").format(column=_column(column))
    return gettext("Cộng {column} của các bản ghi có ghi và có {met}.").format(column=_column(column), met=_met(where))


def _distinct(things: str, where: Conditions) -> str:
    if not where:
        return gettext("Đếm số {column} khác nhau.").format(column=things)
    return gettext("Đếm số {column} khác nhau trong các bản ghi có {met}.").format(column=things, met=_met(where))


def _ratio(part: str, whole: str, times: int) -> str:
    template = gettext("{part} chia cho {whole}, nhân {times}.") if times != 1 else gettext("{part} chia cho {whole}.")
    below = said(MEASURES[whole].name)
    return template.format(part=said(MEASURES[part].name), whole=below[:1].lower() + below[1:], times=times)


def source_words(of: Measure) -> str:
    """Say from what a measure is counted, beginning small: it stands within sentences too."""
    return "; ".join(dict.fromkeys(said(SOURCE_WORDS[kind]) for kind in kinds_of(of)))


def since_words(of: Measure) -> str:
    """Say from which schema of facts on a measure can be counted."""
    sides = [MEASURES[of.formula.part], MEASURES[of.formula.whole]] if isinstance(of.formula, Ratio) else [of]
    said_of = [
        gettext("lược đồ lượt hỗ trợ {n}").format(n=one.since)
        if one.kinds[0] is Kind.ASSIST
        else gettext("lược đồ hoạt động {n}").format(n=one.since)
        for one in sides
    ]
    return ", ".join(dict.fromkeys(said_of))


def grade_words(figure: Figure) -> str:
    """Say how much of a figure has which grade."""
    return "; ".join(f"{said(part.name)}: {format_number(part.value)}" for part in figure.parts)


def denominator_words(figure: Figure) -> str:
    """Say what a figure is a part of or divided by, with source and day."""
    words = []
    for one in figure.denominators:
        value = gettext("chưa rõ") if one.value is None else format_number(one.value)
        on = f", {format_date(one.on)}" if one.on else ""
        words.append(f"{one.name}: {value} ({one.source}{on})")
    return "; ".join(words)


def map_words(figure: Figure) -> str:
    """Say on which map places are, and what the weights have done."""
    note = figure.map_note
    if note is None:
        return gettext("Theo địa giới của ngày diễn ra.")
    parts = [gettext("Theo địa giới ngày {day}.").format(day=format_date(note.on))]
    if note.split_units:
        parts.append(
            gettext("{value} ở {units} xã được chia cho nhiều đơn vị mới theo tỷ lệ dân số.").format(
                value=format_number(note.split), units=note.split_units
            )
        )
    if note.guessed_units:
        parts.append(
            gettext("{value} ở {units} xã không rõ tỷ lệ nên tính cả cho đơn vị nhận phần chính.").format(
                value=format_number(note.guessed), units=note.guessed_units
            )
        )
    if note.lost:
        parts.append(gettext("{value} không rõ thuộc đơn vị nào.").format(value=format_number(note.lost)))
    if len(parts) == 1:
        parts.append(gettext("Không có xã nào phải chia."))
    return " ".join(parts)


def out_words(found: Standing) -> str:
    """Say which phones and sheets are still out."""
    if found.is_complete:
        return gettext("Không có: mọi điện thoại và phiếu đã biết đều đã gửi.")
    parts = []
    if found.phones:
        parts.append(
            gettext("{phones} điện thoại còn {unsent} bản ghi chưa gửi, {gaps} số thứ tự còn thiếu").format(
                phones=format_number(found.phones), unsent=format_number(found.unsent), gaps=format_number(found.gaps)
            )
        )
    if found.sheets:
        parts.append(gettext("{sheets} phiếu kiểm đếm chưa nhập").format(sheets=format_number(found.sheets)))
    return "; ".join(parts)


def since_cut_words(found: Standing, unit: str) -> str:
    """Say what came after the cut-off; "" for a live figure."""
    if found.since is None or found.now_total is None:
        return ""
    if not found.since:
        return gettext("Bổ sung sau chốt: không có thay đổi.")
    signed = f"+{format_number(found.since)}" if found.since > 0 else f"−{format_number(-found.since)}"
    return gettext("Bổ sung sau chốt: {since} {unit}; nay là {now}.").format(
        since=signed, unit=unit, now=format_number(found.now_total)
    )


def about(figure: Figure, found: Standing | None, address: str) -> list[tuple[str, str]]:
    """Gather what stands beside a figure wherever it goes, as names and texts."""
    unit = said(figure.measure.unit)
    rows = [
        (gettext("Thời điểm"), figure.as_of),
        (gettext("Cách hiểu"), said(figure.measure.definition)),
        (gettext("Công thức"), formula_words(figure.measure)),
        (gettext("Nguồn"), _begun(source_words(figure.measure))),
        (gettext("Mức tin cậy"), _begun(grade_words(figure))),
        (gettext("Mẫu số"), _begun(denominator_words(figure))),
        (gettext("Đang chờ xem xét"), format_number(figure.under_review)),
        (gettext("Địa giới"), map_words(figure) if figure.by.key in _PLACES else ""),
        (gettext("Chưa về"), out_words(found) if found and Kind.ASSIST in kinds_of(figure.measure) else ""),
        (gettext("Sau khi chốt"), since_cut_words(found, unit) if found else ""),
        (gettext("Điều kiện lọc"), filter_words(figure.filters)),
        (gettext("Số liệu mô phỏng"), gettext("Có bản ghi do máy tạo ra.") if figure.synthetic else ""),
        (gettext("Địa chỉ"), address),
    ]
    return [(name, text) for name, text in rows if text]


_PLACES = ("commune", "district")


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def filter_words(filters: Sequence[tuple[str, str]]) -> str:
    """Say to what a figure keeps."""
    return "; ".join(f"{said(DIMENSIONS[name].name)} = {key.replace('..', ' – ')}" for name, key in filters)


def said(value: Localized | Mapping[str, str]) -> str:
    """Give a localized value in the language of the page."""
    return in_language(value, (get_language() or DEFAULT_LANGUAGE)[:2])


def _column(column: str) -> str:
    return said(COLUMN_WORDS[column])


def _met(where: Conditions) -> str:
    return gettext(" và ").join(
        gettext("{column} là {values}").format(
            column=_column(column), values=gettext(" hoặc ").join(_values(column, values))
        )
        for column, values in where
    )


def _values(column: str, values: Sequence[str]) -> list[str]:
    names: dict[str, Localized] = {}
    for by in DIMENSIONS.values():
        if by.column == column and by.keys:
            names |= by.keys
    return [f"“{said(names[value])}”" if value in names else value for value in values]
