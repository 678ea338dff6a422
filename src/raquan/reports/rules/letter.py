"""Composes the letter to units that are behind, a draft that a person signs: who owes what, what is asked of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from raquan.kernel.clock import VIETNAM
from raquan.kernel.dates import format_date, long_date
from raquan.kernel.numbers import format_number
from raquan.reports.rules.content import SYNTHETIC_LABEL
from raquan.reports.rules.parts import Point, ReportFacts, in_two, points_of, undated
from raquan.rounds.rules import Owes, sum_of

MOST_NAMED = 10
"""So many addressees are named one by one; more stand in the appendix alone."""


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit of the letter: its name, what it owes, and the details as they are printed."""

    name: str
    owes: Owes
    details: Sequence[str]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A row of the appendix."""

    place: int
    unit: str
    owes: str


@dataclass(frozen=True, slots=True)
class LetterContent:
    """All texts of the letter in the order of the page."""

    issuer_name: str
    issuer_lines: tuple[str, ...]
    place_and_date: str
    subject: str
    label: str
    to: str
    addressees: tuple[str, ...]
    opening: str
    sums: tuple[Point, ...]
    request: str
    requests: tuple[Point, ...]
    closing: str
    signer: str
    recipients: tuple[str, ...]
    rows: tuple[LetterRow, ...]


def compose_letter(facts: ReportFacts, units: Sequence[LateUnit], *, synthetic: bool) -> LetterContent:
    """Write the letter to some units, in their order."""
    sums = sum_of(one.owes for one in units)
    to, addressees = _addressed([one.name for one in units])
    return LetterContent(
        issuer_name=facts.issuer,
        issuer_lines=in_two(facts.issuer.upper()),
        place_and_date=undated(facts.place, facts.written_at),
        subject=f"V/v đôn đốc thực hiện {facts.campaign}",
        label=SYNTHETIC_LABEL if synthetic else "",
        to=to,
        addressees=addressees,
        opening=_opening(facts, len(units)),
        sums=points_of(_ended(_said(sums))),
        request=f"{facts.issuer} đề nghị các đơn vị:",
        requests=points_of(_requests(sums)),
        closing="Đề nghị Thủ trưởng các đơn vị nghiêm túc triển khai thực hiện./.",
        signer="TM. ỦY BAN NHÂN DÂN",
        recipients=("- Như trên;", "- Thường trực Ủy ban nhân dân tỉnh;", "- Lưu: VT."),
        rows=tuple(LetterRow(n, one.name, "; ".join(one.details)) for n, one in enumerate(units, start=1)),
    )


def _addressed(names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Give what stands beside "Kính gửi:" and the lines beneath."""
    if len(names) > MOST_NAMED:
        return "Các đơn vị tại Phụ lục.", ()
    return (f"{names[0]}.", ()) if len(names) == 1 else ("", tuple(_ended(names)))


def _ended(texts: Sequence[str]) -> list[str]:
    return [f"{text}{'.' if place == len(texts) else ';'}" for place, text in enumerate(texts, start=1)]


def _opening(facts: ReportFacts, units: int) -> str:
    local = facts.written_at.astimezone(VIETNAM)
    basis = ""
    if facts.plan:
        dated = f" {long_date(facts.plan_issued_on)}" if facts.plan_issued_on else ""
        basis = f"Thực hiện Kế hoạch số {facts.plan}{dated} của {facts.issuer}, "
    at = f"đến {local.hour:02d} giờ {local.minute:02d} ngày {format_date(facts.written_at)}"
    text = f"{basis}{at}, còn {format_number(units)} đơn vị chậm (danh sách tại Phụ lục), gồm:"
    return text[:1].upper() + text[1:]


def _said(owes: Owes) -> list[str]:
    kinds = (
        (owes.report, "báo cáo quá hạn chưa nộp"),
        (owes.task, "nhiệm vụ chậm so với tiến độ"),
        (owes.missed, "buổi ra quân đã qua ngày mà chưa diễn ra"),
        (owes.silent, "buổi ra quân đã diễn ra mà chưa có bản ghi"),
    )
    return [f"{format_number(count)} {name}" for count, name in kinds if count]


def _requests(owes: Owes) -> list[str]:
    texts = ["Nộp ngay báo cáo còn thiếu trên hệ thống"] if owes.report else []
    if owes.task:
        texts.append("Rà soát, đẩy nhanh các nhiệm vụ được giao chủ trì")
    if owes.missed or owes.silent:
        texts.append(
            "Tổ chức các buổi ra quân đã lên lịch, hoặc hủy và ghi lý do; gửi đủ bản ghi của các buổi đã tổ chức"
        )
    texts.append("Cử cán bộ theo dõi, trả lời khi cơ quan thường trực liên hệ")
    return _ended(texts)
