"""Facts for tests, random and fixed, and the slow reference that the engine is held against."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from raquan.analytics.rules import (
    GUARDED,
    STAGES,
    ActivityFact,
    Count,
    CountDistinct,
    CountDistinctWhere,
    CountKnown,
    CountRepeated,
    CountWhere,
    Dimension,
    Distinct,
    Formula,
    Kind,
    Sum,
)
from raquan.analytics.rules.formulas import Conditions

CAMPAIGN = str(UUID(int=2023))


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with the columns that capture gives."""

    fact_seq: int = 1
    assist_id: str = str(UUID(int=1))
    version: int = 1
    submission_id: str = str(UUID(int=1))
    campaign_id: str = CAMPAIGN
    occurred_on: date = date(2023, 10, 5)
    occurred_at: datetime = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)
    hour: int | None = 9
    outing_id: str | None = None
    outing_code: str = ""
    organization_id: str | None = None
    province_code: str = "66"
    district_code: str = "648"
    commune_code: str | None = "24256"
    service_code: str = "vneid"
    group_code: str = "online_public_service"
    rung: str = "helped"
    stage: str = "helped"
    how: str = "guided"
    bottleneck: str | None = None
    language: str = "vi"
    time_quality: str = "good"
    grade: str = "counted"
    under_review: bool = False
    synthetic: bool = False
    withdrawn: bool = False
    quantity: int = 1
    card: int | None = None


def slow(
    facts: Sequence[Fact],
    formula: Formula,
    by: Dimension,
    filters: Sequence[tuple[str, str]] = (),
    campaign_id: str | None = CAMPAIGN,
) -> tuple[dict[str, int], int | None]:
    """Count in plain Python, record by record: the cells by key and the total."""
    kept = [fact for fact in current(facts, campaign_id) if all(key_of(fact, c) == k for c, k in filters)]
    cells = {}
    for key in {key_of(fact, by.column) for fact in kept}:
        cells[key] = slow_value([fact for fact in kept if key_of(fact, by.column) == key], formula)
    if getattr(formula, "column", None) == by.column:
        cells = {key: value for key, value in cells.items() if value}
    return cells, slow_value(kept, formula) if kept else None


def current(facts: Sequence[Fact], campaign_id: str | None = CAMPAIGN) -> list[Fact]:
    """Keep the latest version of each record, without the withdrawn."""
    latest: dict[str, Fact] = {}
    for fact in facts:
        if campaign_id in (None, fact.campaign_id):
            known = latest.get(fact.assist_id)
            latest[fact.assist_id] = fact if known is None or fact.version > known.version else known
    return [fact for fact in latest.values() if not fact.withdrawn]


def slow_value(facts: Sequence[Fact], formula: Formula) -> int:
    """Apply a formula to some facts."""
    match formula:
        case Count():
            return sum(fact.quantity for fact in facts)
        case CountWhere(column, values):
            return sum(fact.quantity for fact in facts if getattr(fact, column) in values)
        case CountKnown(column):
            return sum(fact.quantity for fact in facts if getattr(fact, column) is not None)
        case CountDistinct(column):
            return len({getattr(fact, column) for fact in facts} - {None})
        case CountDistinctWhere(distinct, column, values):
            return len({getattr(fact, distinct) for fact in facts if getattr(fact, column) in values} - {None})
        case CountRepeated(distinct, column):
            pairs = {(getattr(fact, distinct), getattr(fact, column)) for fact in facts}
            times = Counter(one for one, _ in pairs if one is not None)
            return sum(1 for n in times.values() if n > 1)
        case Sum(column, where):
            return sum(getattr(fact, column) or 0 for fact in facts if _meets(fact, where))
        case Distinct(column, where):
            return len({getattr(fact, column) for fact in facts if _meets(fact, where)} - {None, ""})
        case _:
            raise TypeError("a ratio is made of two measures")


def _meets(fact: Fact, where: Conditions) -> bool:
    return all(getattr(fact, column) in values for column, values in where)


def key_of(fact: Fact, column: str) -> str:
    """Write a fact's value as a figure's key."""
    value = getattr(fact, column)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return f"{value:02d}"
    return value or ""


def _ids(count: int) -> st.SearchStrategy[str]:
    return st.integers(1, count).map(lambda n: str(UUID(int=n)))


def _quantities(fact: Fact) -> st.SearchStrategy[int]:
    """A record is of one person; a sheet's cell is of any number, 0 when others have recorded them all."""
    return st.integers(0, 40) if fact.grade == "tallied" else st.just(1)


@st.composite
def random_facts(draw: st.DrawFn) -> list[Fact]:
    """Draw facts of two campaigns with corrections and withdrawals, in the order of fact_seq."""
    firsts = draw(
        st.lists(
            st.builds(
                Fact,
                campaign_id=st.sampled_from([CAMPAIGN, CAMPAIGN, str(UUID(int=2024))]),
                occurred_on=st.dates(date(2023, 9, 30), date(2023, 10, 3)),
                hour=st.none() | st.integers(7, 10),
                outing_id=st.none() | _ids(3),
                organization_id=st.none() | _ids(2),
                district_code=st.sampled_from(["648", "643"]),
                commune_code=st.none() | st.sampled_from(["", "24256", "24133", "24127"]),
                service_code=st.sampled_from(["vneid", "vietqr", "shop"]),
                group_code=st.sampled_from(["online_public_service", "cashless_payment", "ecommerce"]),
                stage=st.sampled_from(STAGES),
                how=st.sampled_from(["self", "guided", "done_for"]),
                language=st.sampled_from(["vi", "rad", "cmo"]),
                bottleneck=st.none() | st.sampled_from(["signal", "storage"]),
                card=st.none() | st.integers(1, 4),
                under_review=st.booleans(),
                synthetic=st.booleans(),
                withdrawn=st.booleans(),
                grade=st.sampled_from(["counted", "counted", "tallied"]),
            ),
            max_size=25,
        )
    )
    facts = [
        replace(fact, assist_id=str(UUID(int=n + 1)), quantity=draw(_quantities(fact))) for n, fact in enumerate(firsts)
    ]
    for _ in range(draw(st.integers(0, 8)) if facts else 0):
        before = facts[draw(st.integers(0, len(facts) - 1))]
        version = 1 + max(fact.version for fact in facts if fact.assist_id == before.assist_id)
        facts.append(
            replace(
                before,
                version=version,
                stage=draw(st.sampled_from(STAGES)),
                commune_code=draw(st.none() | st.sampled_from(["24256", "24133"])),
                occurred_on=before.occurred_on + timedelta(days=draw(st.integers(0, 1))),
                withdrawn=draw(st.booleans()),
                quantity=draw(_quantities(before)),
                card=draw(st.none() | st.integers(1, 4)),
            )
        )
    return [replace(fact, fact_seq=n + 1) for n, fact in enumerate(facts)]


def activities(kind: Kind) -> st.SearchStrategy[list[ActivityFact]]:
    """Draw facts of a kind of what is done around the assists."""
    states = {
        Kind.OUTING: ["planned", "open", "done", "cancelled"],
        Kind.SHEET: ["issued", "entered", "withdrawn"],
        Kind.REDEMPTION: ["counted", "reversed", "refused", "failed"],
    }
    adds_up = kind in (*GUARDED, Kind.LINK_DAY)
    grades = {Kind.RESULT: ["stated", "supplied"], Kind.BOOTH_DAY: ["counted", "tallied", "stated"]}
    is_attendance = kind is Kind.ATTENDANCE
    facts = st.lists(
        st.builds(
            ActivityFact,
            id=st.just(""),
            kind=st.just(kind.value),
            campaign_id=st.just(CAMPAIGN),
            occurred_on=st.dates(date(2023, 9, 30), date(2023, 10, 2)),
            outing_id=st.sampled_from([str(UUID(int=n)) for n in range(1, 4)]),
            organization_id=st.sampled_from([str(UUID(int=1)), str(UUID(int=2))]),
            province_code=st.just("66"),
            district_code=st.sampled_from(["648", "643"]),
            commune_code=st.sampled_from(["", "24256", "24133"]),
            state=st.sampled_from(states.get(kind, [""])),
            site_kind=st.sampled_from(["market", "school"]),
            language=st.sampled_from(["vi", "rad"]),
            part=st.sampled_from(["", "leader", "helper"]) if is_attendance else st.just(""),
            presence=st.sampled_from(["", "early", "on_time", "late"]) if is_attendance else st.just(""),
            helper=st.sampled_from(["a", "b", "c"]) if is_attendance else st.just(""),
            minutes=st.integers(0, 300),
            quantity=st.integers(0, 30) if adds_up else st.just(1),
            grade=st.sampled_from(grades.get(kind, ["counted"])),
            aim=st.sampled_from(["", "outing"]) if kind is Kind.LINK_DAY else st.just(""),
            channel=st.sampled_from(["zalo", "poster"]) if kind is Kind.LINK_DAY else st.just(""),
            group_code=st.sampled_from(["", "cashless_payment", "ecommerce"]) if adds_up else st.just(""),
            reason=st.sampled_from(["", "double", "expired"]) if adds_up else st.just(""),
            thing=st.sampled_from([str(UUID(int=1)), str(UUID(int=2))]) if adds_up else st.just(""),
            value=st.none() | st.integers(0, 10**9) if adds_up else st.none(),
            valued=st.integers(0, 30) if adds_up else st.just(0),
        ),
        min_size=1,
        max_size=20,
    )
    return facts.map(lambda found: [replace(one, id=str(UUID(int=n + 1))) for n, one in enumerate(found)])


def sample(count: int, **common: object) -> list[Fact]:
    """Make distinct facts, numbered from 1, alike but for their ids."""
    return [
        replace(Fact(**common), fact_seq=n, assist_id=str(UUID(int=n)))  # type: ignore[arg-type]
        for n in range(1, count + 1)
    ]


def after(facts: Sequence[Fact], seq: int, limit: int) -> list[Fact]:
    """Answer as capture does: facts after a fact_seq, in order."""
    return [fact for fact in facts if fact.fact_seq > seq][:limit]
