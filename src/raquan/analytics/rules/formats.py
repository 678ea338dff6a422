"""A figure as data, as CSV and as plain text: the same for the pages and the command line."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from raquan.analytics.rules.dimensions import Dimension
from raquan.analytics.rules.figures import Figure
from raquan.analytics.rules.formulas import Number
from raquan.kernel.localized import Localized, in_language
from raquan.kernel.numbers import format_number
from raquan.kernel.tables import BOM, csv_row


def figure_data(
    figure: Figure, *, public_url: str = "", language: str = "vi", about: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Give a figure as it is written to JSON; `rows` have key, label and value, null where it is not published.

    `about` are names and texts that stand beside it.
    """

    def say(value: Localized) -> str:
        return in_language(value, language)

    return {
        "measure": figure.measure.key,
        "by": figure.by.key,
        "snapshot": str(figure.snapshot.id) if figure.snapshot else None,
        "campaign": str(figure.campaign_id) if figure.campaign_id else None,
        "filters": [{"by": name, "key": key} for name, key in figure.filters],
        "rows": [{"key": row.key, "label": row.label, "value": _plain(row.value)} for row in figure.rows],
        "total": _plain(figure.total),
        "name": say(figure.measure.name),
        "unit": say(figure.measure.unit),
        "definition": say(figure.measure.definition),
        "grades": {part.grade: _plain(part.value) for part in figure.parts},
        "under_review": _plain(figure.under_review),
        "synthetic": figure.synthetic,
        "as_of": figure.as_of,
        "beside": list(figure.beside),
        "denominators": [
            {"key": one.key, "name": one.name, "value": _plain(one.value), "source": one.source, "on": _day(one.on)}
            for one in figure.denominators
        ],
        "without": figure.without,
        "map_on": _day(figure.map_note.on) if figure.map_note else None,
        "about": [{"name": name, "text": text} for name, text in about],
        "manifest_sha256": figure.snapshot.manifest_sha256 if figure.snapshot else None,
        "address": public_url + figure.address,
    }


def figure_csv(figure: Figure, *, language: str = "vi") -> str:
    """Write a figure as CSV that a spreadsheet opens as it should: with a BOM, and no text read as a formula."""
    heads = ["measure", "by", "key", "label", "value", "unit", "snapshot", "as_of", "synthetic", "beside"]
    snapshot = str(figure.snapshot.id) if figure.snapshot else ""
    unit, beside = in_language(figure.measure.unit, language), " ".join(figure.beside)
    lines = [csv_row(heads)]
    for row in figure.rows:
        told = (unit, snapshot, figure.as_of, int(figure.synthetic), beside)
        lines.append(csv_row([figure.measure.key, figure.by.key, row.key, row.label, row.value, *told]))
    return BOM + b"".join(lines).decode()


def cross_data(
    figure: Figure,
    across: Dimension,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, str, Sequence[Number | None]]],
    about: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """Give a figure by two dimensions as it is written to JSON: `values` of a row are in the order of the columns."""
    return {
        "measure": figure.measure.key,
        "by": figure.by.key,
        "across": across.key,
        "snapshot": str(figure.snapshot.id) if figure.snapshot else None,
        "columns": [{"key": key, "label": label} for key, label in columns],
        "rows": [
            {"key": key, "label": label, "values": [_plain(value) for value in values]} for key, label, values in rows
        ],
        "total": _plain(figure.total),
        "as_of": figure.as_of,
        "synthetic": figure.synthetic,
        "about": [{"name": name, "text": text} for name, text in about],
    }


def cross_csv(
    figure: Figure,
    across: Dimension,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, str, Sequence[Number | None]]],
    *,
    language: str = "vi",
) -> str:
    """Write a figure by two dimensions as CSV, a line for each pair of keys that has a number."""
    other = (f"{across.key}_key", f"{across.key}_label")
    lines = [csv_row(["measure", f"{figure.by.key}_key", f"{figure.by.key}_label", *other, "value", "unit", "as_of"])]
    unit = in_language(figure.measure.unit, language)
    for key, label, values in rows:
        for (column, name), value in zip(columns, values, strict=True):
            if value is not None:
                lines.append(csv_row([figure.measure.key, key, label, column, name, value, unit, figure.as_of]))
    return BOM + b"".join(lines).decode()


def _plain(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def figure_table(figure: Figure) -> list[tuple[str, str]]:
    """Give a figure's rows as texts for a terminal: label and value."""
    return [(row.label, "< 5" if row.value is None else format_number(row.value)) for row in figure.rows]
