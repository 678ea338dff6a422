"""Spark and DuckDB say what plain Python counts from the records: every measure by every dimension, on both maps.

Not part of the suite: `make test-spark` runs it. RAQUAN_ENGINE names another master than two threads of this machine,
RAQUAN_SEED other facts than new ones; with RAQUAN_THOROUGH=1 each question is asked of all three lots of facts.
"""

import json
import os
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial, reduce
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pyspark.sql import DataFrame
from tests.thorough import amount

from raquan.analytics import engine
from raquan.analytics.engine import Source, running
from raquan.analytics.engine.running import Spark
from raquan.analytics.queries import counting, geography
from raquan.analytics.queries.counting import Facts
from raquan.analytics.rules import (
    ACTIVITIES,
    ACTIVITY,
    DIMENSIONS,
    GUARDED,
    MEASURES,
    STAGES,
    ActivityFact,
    Dimension,
    Kind,
    Measure,
    Table,
    dimensions_of,
)
from raquan.analytics.tests.facts import CAMPAIGN, Fact
from raquan.analytics.tests.reference import Records, expected, expected_on, found_cells
from raquan.analytics.tests.test_geography import REFORM, places
from raquan.analytics.tests.test_properties import _is_led, rolled_source

__all__ = ["places"]

MASTER = os.environ.get("RAQUAN_ENGINE") or "local[2]"
SEED = int(os.environ.get("RAQUAN_SEED") or random.SystemRandom().randrange(10**6))
FACTS, CORRECTIONS, FILED, ROLLED = 250, 50, 280, 180
DAYS = [date(2023, 10, 4), date(2023, 10, 5), date(2023, 10, 6), REFORM, REFORM + timedelta(days=1)]
COMMUNES = ["24001", "24002", "24003", "99999"]
WAYS = ("before", "facts", "rollups")
AT_ONCE = 24
"""Statements in one job of Spark: a job a statement takes it a second or two, however few the facts."""

ALL = [(measure, by) for measure in MEASURES.values() for by in dimensions_of(measure)]

pytestmark = pytest.mark.filterwarnings("default")


def _assists() -> list[Fact]:
    """Make random facts, never none, and then corrections of them and of corrections."""
    lot = random.Random(SEED)

    def drawn(n: int, of: str, version: int) -> Fact:
        return Fact(
            fact_seq=n,
            assist_id=of,
            version=version,
            occurred_on=lot.choice(DAYS),
            hour=lot.choice([None, 7, 8, 15]),
            outing_id=lot.choice([None, "o1", "o2", "o3"]),
            organization_id=lot.choice([None, "u1", "u2"]),
            district_code=lot.choice(["648", "643"]),
            commune_code=lot.choice([None, *COMMUNES]),
            service_code=lot.choice(["vneid", "vietqr", "shop"]),
            group_code=lot.choice(["online_public_service", "ecommerce"]),
            stage=lot.choice(STAGES),
            how=lot.choice(["self", "guided", "done_for"]),
            bottleneck=lot.choice([None, None, "signal", "storage"]),
            language=lot.choice(["vi", "rad", "cmo"]),
            under_review=lot.random() < 0.2,
            synthetic=lot.random() < 0.5,
            withdrawn=lot.random() < 0.1,
            grade=lot.choice(["counted", "tallied"]),
            quantity=lot.choice([1, 1, 7]),
            card=lot.choice([None, *range(1, 40)]),
        )

    versions: dict[str, int] = {}
    facts = []
    for n in range(1, FACTS + CORRECTIONS + 1):
        of = str(UUID(int=n)) if n <= FACTS else lot.choice(list(versions))
        versions[of] = versions.get(of, 0) + 1
        facts.append(drawn(n, of, versions[of]))
    return facts


STATES = {
    Kind.OUTING: ["planned", "open", "done", "cancelled"],
    Kind.SHEET: ["issued", "entered"],
    Kind.REDEMPTION: ["counted", "reversed", "refused", "failed"],
}


GRADES = {Kind.RESULT: ["stated", "supplied"], Kind.BOOTH_DAY: ["counted", "tallied", "stated"]}


def _activities(kind: Kind) -> list[ActivityFact]:
    lot = random.Random(f"{SEED} {kind}")
    return [
        ActivityFact(
            id=str(n),
            kind=kind,
            campaign_id=CAMPAIGN,
            occurred_on=lot.choice(DAYS),
            outing_id=lot.choice(["o1", "o2"]),
            organization_id=lot.choice(["u1", "u2"]),
            province_code="66",
            district_code=lot.choice(["648", "643"]),
            commune_code=lot.choice(["", *COMMUNES]),
            state=lot.choice(STATES.get(kind, [""])),
            site_kind=lot.choice(["market", "school"]),
            language=lot.choice(["vi", "rad"]),
            part=lot.choice(["", "leader", "helper"]),
            presence=lot.choice(["", "early", "on_time", "late"]),
            helper=lot.choice(["a", "b", "c"]),
            minutes=lot.randrange(300),
            quantity=lot.randrange(30) if kind in (*GUARDED, Kind.LINK_DAY) else 1,
            grade=lot.choice(GRADES.get(kind, ["counted"])),
            aim=lot.choice(["", "outing"]),
            channel=lot.choice(["zalo", "poster"]),
            group_code=lot.choice(["", "cashless_payment", "ecommerce"]),
            reason=lot.choice(["", "double", "expired"]),
            thing=lot.choice(["r1", "r2"]),
            value=lot.choice([None, 0, 90_000, 10**10]),
            valued=lot.randrange(30),
        )
        for n in range(40)
    ]


class Waiting(Exception):
    """A statement is noted and has no answer yet."""


class Together:
    """Spark, asked many statements in one job: what is not answered yet is noted, and answered when all were noted.

    Spark settles what a statement's names mean when it reads it, so a name may be laid anew before the job.
    """

    def __init__(self) -> None:
        self.spark = Spark(MASTER)
        for name, value in (
            ("codegen.wholeStage", "false"),
            ("shuffle.partitions", "1"),
            ("adaptive.enabled", "false"),
        ):
            self.spark.session.conf.set(f"spark.sql.{name}", value)  # classes made for 300 facts are seconds each
        self.laid: dict[str, str] = {}
        self.answers: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.wanted: dict[tuple[str, str], Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.spark, name)

    def lay_files(self, name: str, files: tuple[Path, ...], columns: Mapping[str, str]) -> None:
        self.laid[name] = f"{name}: {files} {list(columns)}"
        self.spark.lay_files(name, files, columns)

    def lay_facts(self, name: str, facts: Any, table: Table) -> None:
        said = engine.arrow_facts(facts, table) if not hasattr(facts, "schema") else facts
        self.laid[name] = f"{name}: {said.to_pydict()}"
        self.spark.lay_facts(name, said, table)

    def run(self, statement: str) -> list[dict[str, Any]]:
        over = "".join(self.laid[name] for name in self.laid if re.search(rf"\b{name}\b", statement))
        asked = statement, sha256(over.encode()).hexdigest()
        if asked not in self.answers:
            self.wanted[asked] = self.spark.session.sql(statement)
            raise Waiting
        return self.answers[asked]

    def answer(self) -> None:
        """Ask what is wanted."""
        wanted, self.wanted = list(self.wanted.items()), {}
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            rows = "to_json(struct(*), map('ignoreNullFields', 'false')) AS said"
            frames = [frame.selectExpr(f"{n} AS n", rows) for n, (_, frame) in enumerate(some)]
            self.answers |= {asked: [] for asked, _ in some}
            for row in reduce(DataFrame.unionAll, frames).collect():
                self.answers[some[row["n"]][0]].append(json.loads(row["said"]))


@pytest.fixture(scope="session")
def spark() -> Iterator[Callable[[Sequence[Callable[[], Any]]], list[Any]]]:
    """Give what asks several things of Spark: each again and again, until Spark has answered all that it asks."""
    together = Together()

    def done(asks: Sequence[Callable[[], Any]]) -> list[Any]:
        found: dict[int, Any] = {}
        with engine.using(MASTER):
            running._local.engines = {**running._local.__dict__.get("engines", {}), MASTER: together}
            while len(found) < len(asks):
                engine.forget()
                for n, ask in enumerate(asks):
                    if n not in found:
                        with suppress(Waiting):
                            found[n] = ask()
                together.answer()
            engine.forget()
        return [found[n] for n in range(len(asks))]

    yield done
    running._local.engines.pop(MASTER, None)


@pytest.fixture(scope="session")
def records() -> dict[str, Records]:
    """Give the records before their corrections and after, in plain Python."""
    facts = _assists()
    others: dict[Kind, Sequence[Any]] = {kind: _activities(kind) for kind in ACTIVITIES}
    after: Records = {**others, Kind.ASSIST: facts}
    return {"before": {**others, Kind.ASSIST: facts[:FACTS]}, "facts": after, "rollups": after}


@pytest.fixture(scope="session")
def laid(records: dict[str, Records], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Facts]:
    """Lay them: before as a tail alone; after as files with a tail, and as rollups with a tail."""
    facts = list(records["facts"][Kind.ASSIST])
    folder: Path = tmp_path_factory.mktemp("facts")
    rolled = rolled_source(facts, folder, FILED, ROLLED)
    assists = {"before": Source((), facts[:FACTS], CAMPAIGN), "facts": replace(rolled, rollups=(), replaced=())}
    others = {
        kind: Source(tail=engine.arrow_facts(records["facts"][kind], ACTIVITY), campaign_id=CAMPAIGN, table=ACTIVITY)
        for kind in ACTIVITIES
    }
    return {way: Facts(None, None, {**others, Kind.ASSIST: assists.get(way, rolled)}, sees=GUARDED) for way in WAYS}


@pytest.mark.parametrize("way", WAYS)
def test_both_engines_say_what_plain_python_counts(
    way: str, spark: Any, laid: dict[str, Facts], records: dict[str, Records]
) -> None:
    every = amount(3, 1)
    asked = [pair for n, pair in enumerate(ALL) if (n + SEED + WAYS.index(way)) % every == 0]

    asks = [partial(counting.counted, laid[way], measure, by) for measure, by in asked]
    engine.forget()
    here, there = [ask() for ask in asks], spark(asks)
    wrong = [_differing(one, mine, others, records[way]) for one, mine, others in zip(asked, here, there, strict=True)]
    assert [one for one in wrong if one] == [], f"RAQUAN_SEED={SEED}"
    assert all(one.total is not None for one in there)
    assert {one.rollup != "" for one in there} >= {way == "rollups"}


def _differing(
    asked: tuple[Measure, Dimension], here: counting.Result, there: counting.Result, records: Records
) -> str:
    """Say how the engines differ from each other or from plain Python; "" where they do not."""
    wanted = expected(*asked, records)
    said = f"{asked[0].key} by {asked[1].key}"
    if here != there:
        return f"{said}: DuckDB {here}, Spark {there}"
    same = (found_cells(there.cells), there.total) == (wanted.cells, wanted.total)
    return "" if same else f"{said}: both {there}, plain Python {wanted}"


def test_both_engines_lead_to_the_other_map_what_plain_python_leads(
    places: None, spark: Any, laid: dict[str, Facts], records: dict[str, Records]
) -> None:
    led = [measure for measure in MEASURES.values() if _is_led(measure)]
    way = random.Random(SEED).choice(WAYS)

    asks = [partial(geography.remapped, laid[way], one, DIMENSIONS["commune"], (), REFORM) for one in led]
    engine.forget()
    here, there = (
        [found_cells(result.cells) for result, _ in found] for found in ([ask() for ask in asks], spark(asks))
    )
    wanted = [expected_on(one, records[way], REFORM) for one in led]
    assert there == here == wanted, f"RAQUAN_SEED={SEED}"


def test_both_engines_agree_as_spark_is_set_up_on_two_dimensions_and_on_filters(laid: dict[str, Facts]) -> None:
    where = [(DIMENSIONS["day"], "2023-10-04..2023-10-05"), (DIMENSIONS["commune"], "24001")]
    ways: Sequence[tuple[str, str]] = (("facts", "people"), ("rollups", "assists"), ("rollups", "people_returned"))
    for way, key in ways:
        asked = (laid[way].of(Kind.ASSIST), MEASURES[key].formula, DIMENSIONS["service"], DIMENSIONS["day"], where)
        engine.forget()
        here = engine.cross(*asked)
        engine.forget()
        with engine.using(MASTER):
            running._local.engines.pop(MASTER, None)
            there = engine.cross(*asked)
        assert there == here, (key, f"RAQUAN_SEED={SEED}")
