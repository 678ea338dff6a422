"""Sets the plan and the day's sheet for paper (data/paper.typ): texts stay texts, fonts lie in the file."""

from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raquan.exhibitions.queries import BoothLine, DaySheet, ExhibitionView, PlanView
from raquan.kernel.dates import format_date, format_datetime, format_time
from raquan.ui.typesetting import set_type


def plan_pdf(view: ExhibitionView, plan: PlanView, paper: str) -> bytes:
    """Give a plan as PDF: the floor on one sheet of A3 or A4, then the list of booths."""
    title = _("Sơ đồ: %(name)s") % {"name": view.said.name}
    more = {"kind": "plan", "floor": _floor(plan), "booths": _booths(plan.booths), "numeric": []}
    return _set(view, title, more, paper=paper)


def day_pdf(sheet: DaySheet, now: datetime) -> bytes:
    """Give the sheet of a day as PDF: booths with numbers by grade, contacts, incidents, room for a name by hand."""
    title = _("Phiếu ngày %(day)s: %(name)s") % {"day": format_date(sheet.held_on), "name": sheet.exhibition.said.name}
    more = {
        "kind": "day",
        "lines": _lines(sheet),
        "numeric": [2, 3, 4, 5],
        "note": _("Ba cột số khách có nguồn khác nhau nên không cộng với nhau. Dấu – là chưa ai ghi."),
        "incidents": _incidents(sheet),
        "sign": _("Người lập phiếu (ký, ghi rõ họ tên):"),
    }
    return _set(sheet.exhibition, title, more, footer=_("In lúc %(moment)s.") % {"moment": format_datetime(now)})


def _set(view: ExhibitionView, title: str, more: dict[str, Any], *, paper: str = "a4", footer: str = "") -> bytes:
    days = f"{format_date(view.said.starts_on)}–{format_date(view.said.ends_on)}"
    hours = f"{format_time(view.said.opens_at)}–{format_time(view.said.closes_at)}"
    data = {
        "title": title,
        "lang": (get_language() or "vi")[:2],
        "paper": paper,
        "footer": footer,
        "notice": _("SỐ LIỆU MÔ PHỎNG, KHÔNG CÓ THẬT") if view.is_synthetic else "",
        "under": f"{view.said.where}, {view.place_name} · {days}, {hours} · {view.organization_name}",
    }
    source = resources.files("raquan.exhibitions") / "data" / "paper.typ"
    return set_type(source.read_bytes(), data | more)


def _floor(plan: PlanView) -> dict[str, Any]:
    named = " · ".join(f"{sign}: {meaning}" for sign, meaning in plan.legend)
    shapes = [
        {
            "x": one.x,
            "y": one.y,
            "width": one.width,
            "height": one.height,
            "label": one.label,
            "is_booth": one.kind == "booth",
            "is_taken": one.state == "taken",
        }
        for one in plan.shapes
    ]
    return {
        "columns": plan.columns,
        "rows": plan.rows,
        "shapes": shapes,
        "legend": _("Một ô %(cell)s.") % {"cell": plan.cell} + (f" {named}" if named else ""),
        "empty": _("Chưa có sơ đồ."),
    }


def _booths(booths: Sequence[BoothLine]) -> dict[str, Any]:
    return {
        "title": _("Danh sách gian hàng"),
        "head": [_("Gian"), _("Rộng"), _("Trụ điện"), _("Doanh nghiệp"), _("Lĩnh vực")],
        "rows": [[one.number, one.size, f"{one.watts} W", one.holder or _("còn trống"), one.field] for one in booths],
    }


def _lines(sheet: DaySheet) -> dict[str, Any]:
    heads = [_("Gian"), _("Doanh nghiệp"), _("Quét mã (đếm)"), _("Đếm tay"), _("Tự khai"), _("Liên hệ"), _("Ghi chú")]
    rows = [
        [
            one.booth,
            one.organization_name,
            *map(_said, (one.counted, one.tallied, one.stated, one.contacts)),
            "; ".join(one.notes),
        ]
        for one in sheet.lines
    ]
    totals = map(_said, (sheet.counted, sheet.tallied, sheet.stated, sheet.contacts))
    return {"head": heads, "rows": rows, "total": [_("Cộng"), "", *totals, ""]}


def _incidents(sheet: DaySheet) -> dict[str, Any]:
    rows = [
        [
            format_time(one.at),
            _("gian %(booth)s") % {"booth": one.booth} if one.booth else "",
            one.text,
            one.by_name,
        ]
        for one in sheet.incidents
    ]
    return {"title": _("Sự cố"), "rows": rows, "empty": _("Không ghi sự cố nào.")}


def _said(number: int | None) -> str:
    return "–" if number is None else f"{number:,}".replace(",", ".")
