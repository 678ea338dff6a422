"""Which templates there are, and the tags that an office may use in one: the fields of what it is filled with."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from raquan.kernel.refused import N_
from raquan.reports.rules.parts import Chart, ReportContent, Source


class Kind(StrEnum):
    """The kinds of official reports, each with a template of its own."""

    CAMPAIGN = "campaign"
    UNIT = "unit"


KIND_NAMES: Mapping[Kind, str] = {Kind.CAMPAIGN: N_("Báo cáo của tỉnh"), Kind.UNIT: N_("Báo cáo của đơn vị")}

NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.CAMPAIGN: (
        "issuer_lines", "symbol", "place_and_date", "subject", "label", "bases", "sources_note", "results", "cards",
        "tables", "bottlenecks_lead", "closing", "position", "recipients", "appendix_table", "unit_table",
        "snapshot_lines", "sources", "told",
    ),
    Kind.UNIT: (
        "issuer_lines", "symbol", "place_and_date", "subject", "label", "bases", "sources_note", "results", "cards",
        "tables", "bottlenecks_lead", "limits", "causes", "proposals", "closing", "position", "recipients",
        "appendix_table", "snapshot_lines", "sources",
    ),
}  # fmt: skip
"""What a report must say, whatever an office makes of its template."""

RUNS: Mapping[type, tuple[str, ...]] = {Source: ("link",), Chart: ("picture",)}
"""Fields that are made when a template is filled and stand alone in their place: {{r one.link }}."""


def fields_of(of: type) -> dict[str, Any]:
    """Give what may be asked of a value: names of fields, each with its type; nothing for texts and numbers."""
    if not (isinstance(of, type) and is_dataclass(of)):
        return {}
    return get_type_hints(of) | dict.fromkeys(RUNS.get(of, ()), str)


def item_of(of: Any) -> Any:
    """Give the type of the items of a list; None where it is none."""
    of = bare(of)
    return get_args(of)[0] if get_origin(of) is tuple else None


def bare(of: Any) -> Any:
    """Drop the "or nothing" of a type."""
    if isinstance(of, UnionType):
        return next(one for one in get_args(of) if one is not type(None))
    return of


ROOT = ReportContent


@dataclass(frozen=True, slots=True)
class TagFinding:
    """What is wrong with a template: its code, and what stands there."""

    code: str
    found: str = ""

    @property
    def rule(self) -> str:
        """Say what is wrong, a message id."""
        return TAG_RULES[self.code]


TAG_RULES: Mapping[str, str] = {
    "tag_broken": N_("Thẻ điền viết sai, chưa đóng hoặc chưa kết thúc."),
    "tag_unknown": N_("Thẻ điền không có trong danh mục, có thể viết nhầm tên."),
    "tag_forbidden": N_("Thẻ điền chỉ được hiện, lặp và so sánh; cách viết này không được phép."),
    "tag_not_list": N_("Chỉ lặp được trên một danh sách."),
    "tag_not_text": N_("Thẻ này là một nhóm, chưa phải chữ: phải ghi thêm tên phần bên trong."),
    "field_missing": N_("Thiếu phần bắt buộc của báo cáo."),
    "unfillable": N_("Điền thử không thành văn bản Word đọc được."),
}
"""What stops a template from being used, by the code of the finding."""
