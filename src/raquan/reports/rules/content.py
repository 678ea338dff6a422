"""Composes the report on a campaign from one snapshot's figures: every number carries the mark of its source."""

import re
from collections.abc import Iterable, Mapping, Sequence

from raquan.analytics.rules import Figure, SnapshotView
from raquan.kernel.clock import VIETNAM
from raquan.kernel.dates import format_date, long_date
from raquan.kernel.numbers import format_number
from raquan.reports.rules.marking import COLUMNS, TOTALS, Marks, grades
from raquan.reports.rules.parts import (
    Chart,
    ReportContent,
    ReportFacts,
    UnitFacts,
    UnitTold,
    bare_place,
    in_two,
    points_of,
    undated,
)
from raquan.reports.rules.promoting import LINKS, PROMOTIONS, promotion_tables, promotions_wanted

SYNTHETIC_LABEL = "SỐ LIỆU MÔ PHỎNG, KHÔNG CÓ THẬT"
MOST_BARS = 8

FiguresWanted = tuple[tuple[str, str], ...]
"""Pairs of measure and dimension."""

_PLAN = re.compile(r"^kế hoạch\s+", re.IGNORECASE)
TABLES = (
    ("group", "Kết quả theo nhóm dịch vụ"),
    ("service", "Kết quả theo dịch vụ"),
    ("district", "Kết quả theo địa bàn cấp huyện"),
    ("day", "Kết quả theo ngày"),
)
UNIT_TABLES = (TABLES[0], TABLES[1], TABLES[3])
APPENDIX_TABLE = ("commune", "Kết quả theo địa bàn cấp xã")
UNIT_TABLE = ("organization", "Kết quả theo đơn vị")


def figures_wanted() -> FiguresWanted:
    """List the figures that the report of the province is made of."""
    return (*_wanted((*TABLES, APPENDIX_TABLE, UNIT_TABLE)), *promotions_wanted(PROMOTIONS))


def unit_figures_wanted() -> FiguresWanted:
    """List the figures that a unit's report is made of; of promotions and booths only enterprises have their own."""
    return (*_wanted((*UNIT_TABLES, APPENDIX_TABLE)), *promotions_wanted((LINKS,)))


def _wanted(tables: Iterable[tuple[str, str]]) -> FiguresWanted:
    columns = [(measure, by) for by, _ in tables for measure in COLUMNS]
    return tuple(dict.fromkeys([*((one, "group") for one in TOTALS), *columns, ("stuck", "bottleneck")]))


def compose(
    facts: ReportFacts,
    snapshot: SnapshotView,
    figures: Mapping[tuple[str, str], Figure],
    told: Sequence[UnitTold] = (),
) -> ReportContent:
    """Write the report; `figures` has those of figures_wanted(), all of `snapshot`; `told` are the units' own words."""
    marks = Marks(figures, facts.public_url)
    results, cards = points_of(marks.results()), marks.cards()
    charts = (
        marks.chart("group", "Hình 1", "Lượt hỗ trợ theo nhóm dịch vụ"),
        marks.chart("district", "Hình 2", "Lượt hỗ trợ theo địa bàn cấp huyện, các nơi nhiều nhất"),
    )
    tables = [marks.table(by, f"Bảng {place}", caption) for place, (by, caption) in enumerate(TABLES, start=1)]
    tables += promotion_tables(marks, PROMOTIONS, first=len(tables) + 1)
    lead, bottlenecks = marks.bottlenecks(f"Bảng {len(tables) + 1}")
    appendix = marks.table(APPENDIX_TABLE[0], "Bảng I.1", APPENDIX_TABLE[1])
    units = marks.table(UNIT_TABLE[0], "Bảng II.1", UNIT_TABLE[1])
    return ReportContent(
        superior="",
        issuer_name=facts.issuer,
        issuer_lines=in_two(facts.issuer.upper()),
        symbol="BC-UBND",
        place_and_date=undated(facts.place, facts.written_at),
        subject=f"Kết quả tổ chức {facts.campaign}",
        label=_label(snapshot, figures),
        to="",
        bases=_bases(facts),
        opening=f"{facts.issuer} báo cáo kết quả tổ chức {facts.campaign} như sau:",
        theme=_theme(facts),
        sources_note=_sources_note(snapshot, "Phụ lục III"),
        results=results,
        cards=cards,
        tables=tuple(tables),
        charts=_drawn(charts),
        own_results=(),
        bottlenecks_lead=lead,
        bottlenecks=bottlenecks,
        review=_review(figures[("assists", "group")]),
        limits=_said_by(told, "limits", "hạn chế, vướng mắc"),
        causes=_said_by(told, "causes", "nguyên nhân"),
        proposals=_said_by(told, "proposals", "đề xuất, kiến nghị"),
        closing=f"Trên đây là báo cáo kết quả tổ chức {facts.campaign} của {facts.issuer}./.",
        signer="TM. ỦY BAN NHÂN DÂN",
        position="CHỦ TỊCH",
        recipients=(
            "- Thường trực Ủy ban nhân dân tỉnh;",
            "- Các sở, ban, ngành của tỉnh;",
            "- Ủy ban nhân dân cấp huyện, cấp xã;",
            "- Lưu: VT.",
        ),
        appendix_table=appendix,
        unit_table=units,
        snapshot_lines=_snapshot_lines(snapshot, facts.public_url),
        sources=marks.sources(),
        told=tuple(told),
    )


def compose_unit(
    facts: ReportFacts,
    unit: UnitFacts,
    snapshot: SnapshotView,
    figures: Mapping[tuple[str, str], Figure],
    told: UnitTold | None = None,
) -> ReportContent:
    """Write a unit's report; `figures` has those of unit_figures_wanted(), of that unit; `told` are its own words."""
    marks = Marks(figures, facts.public_url)
    results, cards = points_of(marks.results()), marks.cards()
    charts = (marks.chart("group", "Hình 1", "Lượt hỗ trợ theo nhóm dịch vụ"),)
    tables = [marks.table(by, f"Bảng {place}", caption) for place, (by, caption) in enumerate(UNIT_TABLES, start=1)]
    tables = [one for one in tables if one.rows]
    tables += promotion_tables(marks, (LINKS,), first=len(tables) + 1)
    lead, bottlenecks = marks.bottlenecks(f"Bảng {len(tables) + 1}")
    appendix = marks.table(APPENDIX_TABLE[0], "Bảng I.1", APPENDIX_TABLE[1])
    told = told or UnitTold(unit.name, "", ())
    return ReportContent(
        superior="" if unit.is_committee or not _is_of_province(unit) else f"UBND {facts.province.upper()}",
        issuer_name=unit.issuer,
        issuer_lines=in_two(unit.issuer.upper()),
        symbol="BC-UBND" if unit.is_committee else "BC-…",
        place_and_date=undated(bare_place(unit.place) or facts.place, facts.written_at),
        subject=f"Kết quả tham gia {facts.campaign}",
        label=_label(snapshot, figures),
        to=f"{facts.issuer}.",
        bases=_bases(facts),
        opening=f"{unit.issuer} báo cáo kết quả tham gia {facts.campaign} như sau:",
        theme=_theme(facts),
        sources_note=_sources_note(snapshot, "Phụ lục II"),
        results=results,
        cards=cards,
        tables=tuple(tables),
        charts=_drawn(charts),
        own_results=_lines(told.results),
        bottlenecks_lead=lead,
        bottlenecks=bottlenecks,
        review=f"Mức tin cậy của số liệu: {grades(figures[('assists', 'group')])}.",
        limits=_lines(told.limits),
        causes=_lines(told.causes),
        proposals=_lines(told.proposals),
        closing=f"Trên đây là báo cáo kết quả tham gia {facts.campaign} của {unit.issuer}./.",
        signer="TM. ỦY BAN NHÂN DÂN" if unit.is_committee else "",
        position=_position(unit),
        recipients=("- Như trên;", "- Lưu: VT."),
        appendix_table=appendix,
        unit_table=None,
        snapshot_lines=_snapshot_lines(snapshot, facts.public_url),
        sources=marks.sources(),
    )


def _is_of_province(unit: UnitFacts) -> bool:
    return unit.level == "department"


def _position(unit: UnitFacts) -> str:
    if unit.is_committee:
        return "CHỦ TỊCH"
    if unit.name.lower().startswith(("sở ", "trung tâm ", "công an ")):
        return "GIÁM ĐỐC"
    return "THỦ TRƯỞNG ĐƠN VỊ"


def _label(snapshot: SnapshotView, figures: Mapping[tuple[str, str], Figure]) -> str:
    is_synthetic = snapshot.synthetic or any(figure.synthetic for figure in figures.values())
    return SYNTHETIC_LABEL if is_synthetic else ""


def _drawn(charts: Iterable[Chart | None]) -> tuple[Chart, ...]:
    """Keep the charts that have something to draw, numbered anew."""
    kept = [one for one in charts if one is not None]
    return tuple(Chart(f"Hình {place}", one.caption, one.figure) for place, one in enumerate(kept, start=1))


def _lines(words: str) -> tuple[str, ...]:
    """Give a text's lines as paragraphs, each ending as a sentence does."""
    lines = (" ".join(line.split()) for line in words.splitlines())
    return tuple(line if line[-1] in ".;:!?…" else f"{line}." for line in lines if line)


def _said_by(told: Sequence[UnitTold], part: str, name: str) -> tuple[str, ...]:
    saying = [one for one in told if getattr(one, part)]
    if not saying:
        return (f"Chưa có đơn vị nào nêu {name} trong báo cáo đã duyệt.",)
    return (f"Có {len(saying)} đơn vị nêu {name} trong báo cáo đã duyệt; nguyên văn tại Phụ lục IV.",)


def _bases(facts: ReportFacts) -> tuple[str, ...]:
    bases = [
        "Căn cứ Quyết định số 505/QĐ-TTg ngày 22 tháng 4 năm 2022 của Thủ tướng Chính phủ về "
        "Ngày Chuyển đổi số quốc gia"
    ]
    if facts.plan:
        dated = f" {long_date(facts.plan_issued_on)}" if facts.plan_issued_on else ""
        bases.append(f"Căn cứ Kế hoạch số {facts.plan}{dated} của {facts.issuer}{_about(facts.plan_title)}")
    return tuple(f"{text}{'.' if text is bases[-1] else ';'}" for text in bases)


def _about(title: str) -> str:
    """Give what a plan is about as the end of a sentence; "" where its title is in capitals or missing."""
    bare = _PLAN.sub("", title.strip()).rstrip(".;")
    return f" về {bare[:1].lower()}{bare[1:]}" if bare and not bare.isupper() else ""


def _theme(facts: ReportFacts) -> str:
    window = f"từ ngày {format_date(facts.starts_on)} đến ngày {format_date(facts.ends_on)}"
    about = f"theo chủ đề “{facts.theme}”, " if facts.theme else ""
    return f"Các hoạt động năm {facts.year} được tổ chức {about}{window}."


def _sources_note(snapshot: SnapshotView, appendix: str) -> str:
    return (
        f"Mọi số liệu trong báo cáo lấy từ bản chốt số liệu số {snapshot.number}, {_frozen_at(snapshot)}. "
        "Mỗi lượt là một bản ghi tại chỗ; làm hộ tính riêng với tự làm và cầm tay chỉ việc. Số trong ngoặc vuông "
        f"là thứ tự trong {appendix}, nơi ghi địa chỉ để mở từng con số đến các bản ghi."
    )


def _review(figure: Figure) -> str:
    if figure.total is None:
        return "Chưa có bản ghi nào để xem xét."
    return (
        f"Trong tổng số lượt hỗ trợ có {format_number(figure.under_review)} bản ghi đang chờ xem xét. "
        f"Mức tin cậy của số liệu: {grades(figure)}."
    )


def _frozen_at(snapshot: SnapshotView) -> str:
    local = snapshot.frozen_at.astimezone(VIETNAM)
    return f"chốt lúc {local.hour:02d} giờ {local.minute:02d} ngày {format_date(snapshot.frozen_at)}"


def _snapshot_lines(snapshot: SnapshotView, public_url: str) -> tuple[str, ...]:
    return (
        f"Bản chốt số liệu số {snapshot.number}, {_frozen_at(snapshot)}, gồm {format_number(snapshot.rows)} bản ghi.",
        f"Địa chỉ: {public_url}{snapshot.address}",
        f"Mã băm SHA-256 của bản kê: {snapshot.manifest_sha256}",
    )
