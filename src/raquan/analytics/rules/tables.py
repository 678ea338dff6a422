"""The tables of facts: which there are, their columns, and what names a row of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raquan.analytics.rules.files import FACT_COLUMNS

ACTIVITY_SCHEMA = 2
"""The columns below. Those of schema 1 ended with `withdrawn`; snapshots from before it hold nothing but assists."""

ACTIVITY_COLUMNS: Mapping[str, str] = {
    "id": "string",
    "kind": "string",
    "campaign_id": "string",
    "occurred_on": "date",
    "outing_id": "string",
    "organization_id": "string",
    "province_code": "string",
    "district_code": "string",
    "commune_code": "string",
    "state": "string",
    "site_kind": "string",
    "aim": "string",
    "language": "string",
    "part": "string",
    "presence": "string",
    "helper": "string",
    "quantity": "int64",
    "minutes": "int64",
    "grade": "string",
    "under_review": "bool",
    "synthetic": "bool",
    "withdrawn": "bool",
    "group_code": "string",
    "reason": "string",
    "channel": "string",
    "thing": "string",
    "value": "int64",
    "valued": "int64",
}
"""The columns of a fact of what was done around the assists; `helper` stands for a person and leads to nobody."""


class Kind(StrEnum):
    """What facts are of."""

    ASSIST = "assist"
    OUTING = "outing"
    ATTENDANCE = "attendance"
    SHEET = "sheet"
    DESK_DAY = "desk_day"
    REDEMPTION = "redemption"
    RESULT = "offer_result"
    BOOTH_DAY = "booth_day"
    LINK_DAY = "link_day"


ACTIVITIES: tuple[Kind, ...] = tuple(one for one in Kind if one is not Kind.ASSIST)
"""The kinds beside the assists, which share one table."""

OPENS_OUTING = (Kind.OUTING.value, Kind.ATTENDANCE.value, Kind.SHEET.value)
"""The kinds whose facts are opened as the outing that they are of."""


@dataclass(frozen=True, slots=True)
class ActivityFact:
    """An outing, a person's coming to one, a tally sheet, a day of a help desk, counter, booth or link; plain columns.

    `quantity` is how many things a row stands for, of a desk's day the people on its roster apart; `minutes` are the
    outing's, the person's or the desk's own. `thing` is what it is of (a run of vouchers, an offer, an
    exhibition, a link); `value` is dong,
    None where nobody said, and `valued` how many of the quantity it is of.
    """

    id: str
    kind: str
    campaign_id: str
    occurred_on: date
    outing_id: str | None
    organization_id: str
    province_code: str
    district_code: str
    commune_code: str
    state: str = ""
    site_kind: str = ""
    aim: str = ""
    language: str = ""
    part: str = ""
    presence: str = ""
    helper: str = ""
    quantity: int = 1
    minutes: int = 0
    grade: str = "counted"
    under_review: bool = False
    synthetic: bool = False
    withdrawn: bool = False
    group_code: str = ""
    reason: str = ""
    channel: str = ""
    thing: str = ""
    value: int | None = None
    valued: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of facts: its columns, the column that names a row, and by what the latest are known."""

    key: str
    columns: Mapping[str, str]
    id_column: str
    latest: str
    has_versions: bool


ASSISTS = Table("assist", FACT_COLUMNS, "assist_id", "occurred_at", has_versions=True)
ACTIVITY = Table("activity", ACTIVITY_COLUMNS, "id", "occurred_on", has_versions=False)
