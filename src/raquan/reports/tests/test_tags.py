"""Templates: the tags of our own are all known, and each thing that an office may get wrong is found."""

import io
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from raquan.reports.commands import check_template
from raquan.reports.gateways import DEFAULTS, NotDocx
from raquan.reports.rules import Chart, Kind, Point, ReportContent, Source, Table, TableRow, UnitTold
from raquan.reports.tests.faults import find, form


def changed(start: str, words: str, kind: Kind = Kind.CAMPAIGN) -> bytes:
    """Change a paragraph of our own template."""
    document: Any = Document(str(DEFAULTS[kind]))
    first, *others = find(document, start).runs
    first.text = words
    for run in others:
        run.text = ""
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def found(data: bytes, kind: Kind = Kind.CAMPAIGN) -> list[tuple[str, str]]:
    return [(one.code, one.found) for one in check_template(kind, data).tags]


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_found_in_our_own(kind: Kind) -> None:
    checked = check_template(kind, DEFAULTS[kind].read_bytes())
    assert (checked.tags, checked.layout) == ((), ())


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("{{ c.them }}", ("tag_unknown", "c.them")),
        ("{{ theme }}", ("tag_unknown", "theme")),
        ("{{ c.theme ", ("tag_broken", "expected token")),
        ("{{ c.theme() }}", ("tag_forbidden", "c.theme")),
        ("{{ c.theme|safe }}", ("tag_forbidden", "|safe")),
        ("{{ c.theme.__class__.__mro__ }}", ("tag_unknown", "c.theme.__class__")),
        ("{{ c.tables }}", ("tag_not_text", "c.tables")),
        ("{% include 'x' %}", ("tag_forbidden", "include")),
        ("{{ c.bottlenecks }}", ("tag_not_text", "c.bottlenecks")),
        ("{% for x in range(1000000000) %}{% endfor %}", ("tag_forbidden", "range")),
        ("{% for x in c.theme %}{{ x }}{% endfor %}", ("tag_not_list", "c.theme")),
        ("{% for x in c.tables %}{{ x.nothing }}{% endfor %}", ("tag_unknown", "x.nothing")),
    ],
)
def test_a_wrong_tag_is_found(words: str, wanted: tuple[str, str]) -> None:
    seen = found(changed("{{ c.theme }}", words))
    assert any(code == wanted[0] and text.startswith(wanted[1]) for code, text in seen), seen


def test_what_a_report_must_say_is_missed() -> None:
    assert found(changed("{{ c.closing }}", "Trên đây là báo cáo của tỉnh./.")) == [("field_missing", "c.closing")]
    assert found(changed("{{ c.sources_note }}", "")) == [("field_missing", "c.sources_note")]


def test_a_change_of_layout_is_told_and_does_not_stop() -> None:
    document: Any = Document(str(DEFAULTS[Kind.UNIT]))
    form("{{ c.theme }}", name="Arial")(document)
    checked = check_template(Kind.UNIT, saved(document))
    assert checked.tags == ()
    assert {one.code for one in checked.layout} == {"font"}


def test_every_field_of_a_template_is_written_down() -> None:
    said = Path("docs/operations/reports.md").read_text()
    assert [one.name for one in fields(ReportContent) if f"`c.{one.name}`" not in said] == []
    inside = (Table, TableRow, Point, Chart, Source, UnitTold)
    kept = {"numbers", "adds_up", "measures", "figure"}  # for workbooks and pictures
    names = {one.name for part in inside for one in fields(part)} - kept
    assert {one for one in names if f"`{one}`" not in said and f"`t.{one}`" not in said} == set()


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(NotDocx):
        check_template(Kind.UNIT, b"%PDF-1.7")
