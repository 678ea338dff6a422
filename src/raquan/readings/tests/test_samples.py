"""Whole documents: those of the project with the reading expected of each, and shapes that they lack."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from raquan.kernel.refused import Refused
from raquan.readings.gateways import read_document
from raquan.readings.gateways.word import read_docx
from raquan.readings.rules import ChangeKind, PlanReading, Scope, Use, differences, read_plan
from raquan.readings.tests import papers

ROOT = Path(__file__).resolve().parents[4]
PLANS = ROOT / "tests/fixtures/plans"
SAMPLES = sorted([*PLANS.glob("*.docx"), *PLANS.glob("*.xlsx"), *ROOT.glob("examples/ke-hoach-*.docx")])
# "Hoàn thành trong tháng 9" says when something ends. The expectation also lets it begin on 1 September, as "trong
# tháng 9" alone would; we leave the beginning unsaid, as in "hoàn thành trước 20/9".
DISPUTED = {"xa-van-xuoi.docx": {"đoạn 24": {"starts_on": None}}}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shape(reading: PlanReading) -> dict[str, Any]:
    head = reading.head
    plan = {"number": head.number, "title": head.title, "issuer": head.issuer, "issued_on": _iso(head.issued_on)}
    plan |= {"theme": reading.theme, "starts_on": _iso(reading.starts_on), "ends_on": _iso(reading.ends_on)}
    tasks = [
        {
            "path": one.path,
            "title": one.title,
            "lead_units": list(one.lead_units),
            "cooperating_units": list(one.cooperating_units),
            "starts_on": _iso(one.starts_on),
            "due_on": _iso(one.due_on),
            "deliverable": one.deliverable,
            "source": one.source,
        }
        for one in reading.tasks
    ]
    leftovers = [{"source": one.source, "text": one.text} for one in reading.leftovers]
    shape: dict[str, Any] = {"plan": plan, "tasks": tasks, "leftovers": leftovers}
    if reading.amends:
        shape |= {"amends": reading.amends, "changes": _changes(reading)}
    return shape


def _changes(reading: PlanReading) -> list[dict[str, Any]]:
    """Compare with the example, which the one amending sample amends."""
    example = read_plan(read_docx((ROOT / "examples/ke-hoach-138-2023.docx").read_bytes()))
    found = differences(example.tasks, reading.tasks, whole=reading.replaces_list)
    return [
        {
            "kind": one.kind.value,
            "path": one.path,
            "title": one.title,
            "fields": {name: [_json(was), _json(now)] for name, (was, now) in one.fields.items()},
        }
        for one in found
        if one.kind is not ChangeKind.SAME
    ]


def _json(value: Any) -> Any:
    return _iso(value) if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 20


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_reads_as_expected(sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".expected.json").read_text())
    for source, disputed in DISPUTED.get(sample.name, {}).items():
        next(one for one in expected["tasks"] if one["source"] == source).update(disputed)
    try:
        found = _shape(read_plan(read_document(sample.read_bytes(), sample.name)))
    except Refused as refusal:
        found = {"refused": refusal.code}
    assert found == expected


def _read(document: bytes) -> PlanReading:
    return read_plan(read_docx(document))


def test_a_head_set_by_tabs_and_sections_numbered_by_word() -> None:
    reading = _read(papers.head_by_tabs())
    assert reading.head.number == "77/KH-SKHCN"
    assert reading.head.issuer == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
    assert reading.head.issued_on == date(2025, 9, 5)
    assert (reading.starts_on, reading.ends_on) == (date(2025, 9, 1), date(2025, 10, 31))
    assert [one.text for one in reading.objectives] == ["Đưa dịch vụ số đến từng buôn"]
    assert [(one.path, one.lead_units, one.cooperating_units, one.due_on) for one in reading.tasks] == [
        ("III.1", ("Sở Khoa học và Công nghệ",), ("Tỉnh đoàn",), date(2025, 9, 20)),
        ("III.2", ("Sở Tài chính",), (), None),
    ]
    assert reading.leftovers == ()


def test_sections_in_sections_and_a_table_that_goes_on() -> None:
    reading = _read(papers.nested_sections())
    assert [(one.path, one.source) for one in reading.tasks] == [
        ("A.I.1", "bảng 2, dòng 5"),
        ("A.I.1.1", "bảng 2, dòng 6"),
        ("A.II.1", "bảng 2, dòng 8"),
        ("A.II.2", "bảng 3, dòng 1"),
        ("B.1", "bảng 3, dòng 3"),
    ]
    assert [(one.path, one.title) for one in reading.sections] == [
        ("A", "CẤP TỈNH"),
        ("A.I", "Hỗ trợ người dân"),
        ("A.II", "Tuyên truyền"),
        ("B", "CẤP HUYỆN"),
    ]
    assert [(one.starts_on, one.due_on) for one in reading.tasks[:3]] == [
        (date(2024, 10, 10), date(2024, 10, 10)),
        (None, date(2024, 10, 5)),
        (date(2024, 10, 1), date(2024, 12, 31)),
    ]
    assert [(one.source, one.text) for one in reading.leftovers] == [("bảng 3, dòng 1", "Thời gian: Không rõ")]


def test_a_party_plan_with_two_themes_and_a_section_nobody_knows() -> None:
    reading = _read(papers.party_plan())
    assert reading.head.number == "12-KH/TU"
    assert reading.head.issuer == "TỈNH ỦY ĐẮK LẮK"
    assert reading.theme == "Chuyển đổi số: Nhanh hơn - hiệu quả hơn - gần dân hơn"
    assert reading.theme_province == "Công nghệ số kiến tạo tương lai"
    assert (reading.starts_on, reading.ends_on) == (date(2025, 9, 15), date(2025, 10, 31))
    assert [one.text for one in reading.leftovers] == [
        "II. KHEN THƯỞNG",
        "Đề nghị khen thưởng các tập thể có thành tích.",
    ]


def test_text_outside_the_flow_is_listed() -> None:
    reading = _read(papers.in_boxes_and_notes())
    assert [one.lead_units for one in reading.tasks] == [("Sở Y tế",)]
    assert [(one.source, one.text) for one in reading.leftovers][-2:] == [
        ("bảng 2, dòng 2", "In | tờ rơi | 5 triệu"),
        ("khung chữ 1", "Chữ trong khung"),
    ]


def test_tasks_in_dashed_lines_and_fields_in_lines_of_their_own() -> None:
    reading = _read(papers.dashed_tasks())
    assert [(one.path, one.lead_units, one.cooperating_units, one.due_on) for one in reading.tasks] == [
        ("I.1.1", ("Sở Tài chính",), ("các sở, ngành liên quan",), date(2023, 9, 30)),
        ("I.1.2", ("Công an tỉnh",), (), None),
        ("I.2", ("Văn phòng UBND tỉnh",), ("Sở Công Thương", "Tỉnh đoàn"), None),
    ]
    assert reading.tasks[2].title == "Lễ phát động"
    assert reading.tasks[2].deliverable == "Buổi lễ"
    assert [one.text for one in reading.leftovers] == ["- Làm gọn, làm kỹ.", "Thời gian: Khi có lệnh"]


def test_the_days_that_are_observed() -> None:
    reading = _read(papers.plain_plan())
    assert [(one.scope, one.name, one.month, one.day) for one in reading.observances] == [
        (Scope.NATIONAL, "Ngày Chuyển đổi số quốc gia", 10, 10),
        (Scope.PROVINCE, "Ngày Chuyển đổi số tỉnh Đắk Lắk", 10, 10),
    ]
    assert reading.head.number == "138/KH-UBND"
    assert {piece.use for piece in reading.pieces} >= {Use.HEAD, Use.BASIS, Use.OBJECTIVE, Use.THEME, Use.WINDOW}
