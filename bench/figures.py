"""Figures over a million facts: live and frozen, beside the same question put to DuckDB by hand.

    python -m bench.figures [--facts 1000000] [--tail 1000] [--times 15]

Facts are made by DuckDB straight into Parquet, sorted as the extract sorts them; 1 in 50 is a correction. By hand means
the shortest SQL that gives the same numbers on the same files.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")

MAKE = """
COPY (
  SELECT
    n + 1 AS fact_seq, uuid_of AS assist_id, IF(n % 50 = 0, 2, 1)::BIGINT AS version, uuid_of AS submission_id,
    '{campaign}' AS campaign_id, DATE '2023-09-15' + (n * 30 // {facts})::INTEGER AS occurred_on,
    TIMESTAMPTZ '2023-09-15 08:00:00+07' + to_seconds(n * 2592000 // {facts}) AS occurred_at,
    (7 + hash(n) % 10)::BIGINT AS hour, 'o' || (hash(n, 1) % 3000) AS outing_id, 'CODE' AS outing_code,
    'u' || (hash(n, 2) % 142) AS organization_id, '66' AS province_code,
    (643 + hash(n, 3) % 15)::VARCHAR AS district_code,
    (24000 + hash(n, 4) % 184)::VARCHAR AS commune_code, 's' || (hash(n, 5) % 40) AS service_code,
    ['online_public_service', 'cashless_payment', 'province_app', 'ecommerce'][(1 + hash(n, 6) % 4)::BIGINT]
      AS group_code,
    'filed' AS rung, ['helped', 'installed', 'activated', 'first_use'][(1 + hash(n, 7) % 4)::BIGINT] AS stage,
    ['self', 'guided', 'done_for'][(1 + hash(n, 8) % 3)::BIGINT] AS how,
    IF(hash(n, 9) % 4 = 0, ['signal', 'storage', 'device'][(1 + hash(n, 9) % 3)::BIGINT], NULL) AS bottleneck,
    'vi' AS language, 'good' AS time_quality, 'counted' AS grade, hash(n, 10) % 100 = 0 AS under_review,
    true AS synthetic, hash(n, 11) % 200 = 0 AS withdrawn, 1::BIGINT AS quantity,
    IF(hash(n, 12) % 3 = 0, (hash(n, 13) % 200000)::BIGINT, NULL) AS card
  FROM (SELECT range AS n, lpad(range::VARCHAR, 36, '0') AS uuid_of FROM range({facts}))
  ORDER BY fact_seq
) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 131072)
"""

KEPT = """
  FROM facts AS f
  ANTI JOIN (SELECT assist_id, max(version) AS newest FROM facts WHERE version > 1 GROUP BY 1) AS c
    ON f.assist_id = c.assist_id AND f.version < c.newest
  WHERE NOT f.withdrawn
"""
BY_HAND = {
    "assists by commune": f"SELECT commune_code, sum(quantity) {KEPT} GROUP BY 1",
    "first_use by day": f"SELECT occurred_on, sum(IF(stage = 'first_use', quantity, 0)) {KEPT} GROUP BY 1",
    "people by district": (
        f"SELECT district_code, count(DISTINCT card) {KEPT} GROUP BY GROUPING SETS ((district_code), ())"
    ),
}
CAMPAIGN = "00000000-0000-0000-0000-0000000007e7"


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Give the median of several runs, the first of which does not count."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Make the facts, ask each question three ways, print milliseconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--tail", type=int, default=1000)
    parser.add_argument("--times", type=int, default=15)
    asked = parser.parse_args()

    import django

    django.setup()
    import duckdb

    from raquan.analytics import engine
    from raquan.analytics.engine import Source
    from raquan.analytics.rules import DIMENSIONS, MEASURES
    from raquan.analytics.tests.facts import sample

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.parquet"
        start = time.perf_counter()
        duckdb.sql(MAKE.format(facts=asked.facts, path=path, campaign=CAMPAIGN))
        made = time.perf_counter() - start
        print(f"{asked.facts:,} facts in {made:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        tail = [
            replace(one, fact_seq=asked.facts + n, assist_id=f"tail-{n}", campaign_id=CAMPAIGN)
            for n, one in enumerate(sample(asked.tail), start=1)
        ]
        frozen, live = Source((path,)), Source((path,), engine.arrow_facts(tail), CAMPAIGN)
        plain = duckdb.connect()
        plain.read_parquet(str(path)).create_view("facts")
        print(
            f"{'':<22}{'by hand':>10}{'frozen':>10}{'ratio':>8}{'live':>10}{'ratio':>8}   ms, median of {asked.times}"
        )
        for name, statement in BY_HAND.items():
            key, _, by = name.partition(" by ")
            formula, split = MEASURES[key].formula, DIMENSIONS[by]
            hand = milliseconds(lambda statement=statement: plain.sql(statement).fetchall(), asked.times)  # type: ignore[misc]
            cold, warm = (
                milliseconds(
                    lambda source=source, formula=formula, split=split: engine.evaluate(source, formula, split),  # type: ignore[misc]
                    asked.times,
                )
                for source in (frozen, live)
            )
            print(f"{name:<22}{hand:>10.0f}{cold:>10.0f}{cold / hand:>8.2f}{warm:>10.0f}{warm / hand:>8.2f}")
        cross = milliseconds(
            lambda: engine.cross(frozen, MEASURES["assists"].formula, DIMENSIONS["service"], DIMENSIONS["commune"]),
            asked.times,
        )
        print(f"{'assists, service × commune':<32}{cross:>10.0f} ms frozen")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
