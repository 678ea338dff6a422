"""Finds the components of an official document by what they say and where they stand."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from raquan.kernel.text import fold
from raquan.reports.rules.paper import Paper, PaperParagraph

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
KINDS = (
    "báo cáo", "kế hoạch", "quyết định", "thông báo", "tờ trình", "chương trình", "phương án", "đề án", "dự án",
    "quy chế", "quy định", "hướng dẫn", "chỉ thị", "nghị quyết", "biên bản", "công điện", "giấy mời", "kết luận",
)  # fmt: skip
NUMBER = re.compile(r"Số\s*:")
DATED = re.compile(r".{2,60}, ?ngày\s*(\S*)\s*tháng\s*(\S*)\s*năm\s*\S+")
BASIS = re.compile(r"(Căn cứ|Theo đề nghị|Xét đề nghị)\b")
_SIGNER = re.compile(r"(TM|KT|TL|TUQ|Q)\. ")
_APPENDIX = re.compile(r"phụ lục(\s+([IVXL]+|\d+))?$", re.IGNORECASE)
_HEAD = 40


@dataclass(frozen=True, slots=True)
class Placed:
    """A component and where it stands among the paragraphs."""

    at: int
    one: PaperParagraph


class Components:
    """The components of a document; None where there is no such one."""

    def __init__(self, paper: Paper) -> None:
        self.all = paper.paragraphs
        said = [(at, one) for at, one in enumerate(self.all) if one.text.strip()]
        self.said = said
        head = said[:_HEAD]
        self.nation = _first(head, lambda one: fold(one.text) == fold(NATION))
        self.motto = _first(
            head, lambda one: fold(re.sub("[-–—]", " ", one.text)).split() == fold("độc lập tự do hạnh phúc").split()
        )
        self.number = _first(head, lambda one: bool(NUMBER.match(one.text.strip())))
        self.dated = _first(
            head, lambda one: bool(DATED.fullmatch(one.text.strip())) and one.cell is not None
        ) or _first(head, lambda one: bool(DATED.fullmatch(one.text.strip())))
        self.title = _first(head, lambda one: one.cell is None and fold(one.text) in _FOLDED_KINDS)
        self.is_letter = any(one.text.strip().startswith("V/v") for _, one in head)
        self.recipients = _first(said, lambda one: fold(one.text.strip(" :")) == "noi nhan")
        self.appendices = [
            Placed(at, one) for at, one in said if one.cell is None and _APPENDIX.match(one.text.strip())
        ]
        last = self.appendices[0].at if self.appendices else len(self.all)
        self.bases = [
            Placed(at, one)
            for at, one in said
            if one.cell is None and at < last and BASIS.match(one.text.strip()) and _is_basis(one)
        ]
        self.body = [one for at, one in said if one.cell is None and self._start() < at < self._stop(last)]
        self.last = last

    def _start(self) -> int:
        found = [one.at for one in (self.nation, self.motto, self.dated, self.number, self.title) if one]
        return max(found, default=-1)

    def _stop(self, last: int) -> int:
        return min(last, self.recipients.at if self.recipients else last)

    def subject(self) -> Placed | None:
        """Give what stands beneath the kind of document."""
        if self.title is None:
            return None
        beneath = ((at, one) for at, one in self.said if at > self.title.at)
        return next((Placed(at, one) for at, one in beneath), None)

    def has_line(self, placed: Placed) -> bool:
        """Tell whether a line stands beneath a paragraph: its own, or that of the empty one that follows."""
        if placed.one.has_line:
            return True
        for one in self.all[placed.at + 1 :]:
            if one.cell != placed.one.cell:
                return False
            if one.has_line:
                return not one.text.strip()
            if one.text.strip():
                return False
        return False

    def issuer(self) -> list[Placed]:
        """Give the lines above the number, in its cell or above the nation."""
        if self.number is not None and self.number.one.cell is not None:
            cell = self.number.one.cell
            above = [
                Placed(at, one)
                for at, one in self.said
                if one.cell is not None and (one.cell[0], one.cell[2]) == (cell[0], cell[2]) and at < self.number.at
            ]
            return above
        if self.nation is not None and self.nation.one.cell is not None:
            table = self.nation.one.cell[0]
            return [
                Placed(at, one)
                for at, one in self.said
                if one.cell is not None and one.cell[0] == table and one.cell[2] == 0 and at < _HEAD * 2
            ]
        return []

    def recipient_lines(self) -> list[PaperParagraph]:
        """Give the lines beneath Nơi nhận."""
        if self.recipients is None:
            return []
        cell, found = self.recipients.one.cell, []
        for at, one in self.said:
            if at <= self.recipients.at:
                continue
            if one.cell != cell or (cell is None and not one.text.strip().startswith("-")):
                break
            found.append(one)
        return found

    def signer(self) -> Placed | None:
        """Give the office of who signs: beside the recipients, or TM., KT. … anywhere after the head."""
        named = _first(self.said, lambda one: bool(_SIGNER.match(one.text.strip())))
        if named is not None or self.recipients is None or self.recipients.one.cell is None:
            return named
        table, row, column = self.recipients.one.cell
        beside = ((at, one) for at, one in self.said if one.cell == (table, row, column + 1))
        return next((Placed(at, one) for at, one in beside), None)


_FOLDED_KINDS = frozenset(fold(one) for one in KINDS)


def _first(said: Sequence[tuple[int, PaperParagraph]], is_it: Callable[[PaperParagraph], bool]) -> Placed | None:
    return next((Placed(at, one) for at, one in said if is_it(one)), None)


def _is_basis(one: PaperParagraph) -> bool:
    return one.italic or one.text.strip()[-1] in ";."
