"""What stands on an amendment, so that it cannot be withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raquan.kernel.refused import N_


class StandingKind(StrEnum):
    """What kind of thing was built on what an amendment did."""

    AMENDMENT = "amendment"
    SUB_PLAN = "sub_plan"
    EVIDENCE = "evidence"
    STATEMENT = "statement"
    OUTING = "outing"


STANDING_NAMES: Mapping[StandingKind, str] = {
    StandingKind.AMENDMENT: N_("Văn bản sửa đổi sau"),
    StandingKind.SUB_PLAN: N_("Kế hoạch của đơn vị"),
    StandingKind.EVIDENCE: N_("Minh chứng"),
    StandingKind.STATEMENT: N_("Tiến độ tự ghi"),
    StandingKind.OUTING: N_("Buổi ra quân"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A thing that was built on what an amendment did: `line` names it, `on` is its day where it has one."""

    kind: StandingKind
    line: str
    href: str
    on: date | None = None
