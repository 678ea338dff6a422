"""Who is behind: what a unit owes, in the order in which units are asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from raquan.kernel.refused import N_


class Kind(StrEnum):
    """What a unit is behind with."""

    REPORT = "report"
    TASK = "task"
    MISSED = "missed"
    SILENT = "silent"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.REPORT: N_("Báo cáo quá hạn"),
    Kind.TASK: N_("Nhiệm vụ chậm tiến độ"),
    Kind.MISSED: N_("Buổi ra quân qua ngày chưa diễn ra"),
    Kind.SILENT: N_("Buổi đã diễn ra chưa có bản ghi"),
}


@dataclass(frozen=True, slots=True)
class Owes:
    """How many things of each kind a unit is behind with."""

    report: int = 0
    task: int = 0
    missed: int = 0
    silent: int = 0

    @property
    def total(self) -> int:
        """Add them up."""
        return self.report + self.task + self.missed + self.silent

    def of(self, kind: Kind) -> int:
        """Count one kind."""
        return {
            Kind.REPORT: self.report,
            Kind.TASK: self.task,
            Kind.MISSED: self.missed,
            Kind.SILENT: self.silent,
        }[kind]


def urgency(owes: Owes) -> tuple[int, int, int]:
    """Give the place of a unit among those behind: late reports first, then all that it owes; smaller is sooner."""
    return (-owes.report, -owes.total, -owes.task)


def sum_of(all_owes: Iterable[Owes]) -> Owes:
    """Add up what several units owe, each kind apart."""
    sums = [0, 0, 0, 0]
    for one in all_owes:
        for place, kind in enumerate(Kind):
            sums[place] += one.of(kind)
    return Owes(*sums)
