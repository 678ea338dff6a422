"""A figure as data, as CSV and as plain text: the same for the pages and the command line."""

from typing import Any

from raquan.analytics.rules.figures import Figure
from raquan.kernel.localized import Localized, in_language
from raquan.kernel.numbers import format_number
from raquan.kernel.tables import BOM, csv_row


def figure_data(figure: Figure, *, public_url: str = "", language: str = "vi") -> dict[str, Any]:
    """Give a figure as it is written to JSON; `rows` have key, label and value, null where it is not published."""

    def say(value: Localized) -> str:
        return in_language(value, language)

    return {
        "measure": figure.measure.key,
        "by": figure.by.key,
        "snapshot": str(figure.snapshot.id) if figure.snapshot else None,
        "campaign": str(figure.campaign_id) if figure.campaign_id else None,
        "filters": [{"by": name, "key": key} for name, key in figure.filters],
        "rows": [{"key": row.key, "label": row.label, "value": row.value} for row in figure.rows],
        "total": figure.total,
        "name": say(figure.measure.name),
        "unit": say(figure.measure.unit),
        "definition": say(figure.measure.definition),
        "grades": {part.grade: part.value for part in figure.parts},
        "under_review": figure.under_review,
        "synthetic": figure.synthetic,
        "as_of": figure.as_of,
        "beside": list(figure.beside),
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


def figure_table(figure: Figure) -> list[tuple[str, str]]:
    """Give a figure's rows as texts for a terminal: label and value."""
    return [(row.label, "< 5" if row.value is None else format_number(row.value)) for row in figure.rows]
