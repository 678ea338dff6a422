"""Makes synthetic facts about assists with DuckDB: the same for the same seed, uneven as real campaigns are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from raquan.analytics.rules import FACT_COLUMNS, STAGES

ROW_GROUP = 131_072


@dataclass(frozen=True, slots=True)
class World:
    """What synthetic facts speak of: communes (code, district, province), services (code, group), rungs, bottlenecks.

    The first of each are the most frequent. `rungs` are (group, code, stage).
    """

    campaign_id: str
    first_on: date
    days: int
    communes: Sequence[tuple[str, str, str]]
    services: Sequence[tuple[str, str]]
    rungs: Sequence[tuple[str, str, str]]
    bottlenecks: Sequence[str]


def write_simulated(path: Path, world: World, *, seed: int, after: int, upto: int, records: int) -> None:
    """Write the facts with `after` < fact_seq <= `upto` of `records` in all to a Parquet file, in their order."""
    import duckdb

    stages = {(group, stage): code for group, code, stage in reversed(world.rungs)}
    rungs = [stages.get((group, stage), stage) for _, group in world.services for stage in STAGES]
    lists: dict[str, Sequence[str | None]] = {
        "communes": [one[0] for one in world.communes],
        "districts": [one[1] or None for one in world.communes],
        "provinces": [one[2] for one in world.communes],
        "services": [one[0] for one in world.services],
        "groups": [one[1] for one in world.services],
        "rungs": rungs,
        "stages": STAGES,
        "bottlenecks": world.bottlenecks,
        "teams": [f"00000000-0000-4000-9000-{n:012x}" for n in range(len(world.communes))],
        "districts_teams": [f"00000000-0000-4000-9001-{n % 15:012x}" for n in range(len(world.communes))],
        "sites": [f"00000000-0000-4000-8000-{n:04x}" for n in range(len(world.communes))],
        "site_codes": [f"C{n:03d}-" for n in range(len(world.communes))],
        "dates": [f"{n:04x}" for n in range(world.days)],
    }
    numbers = {"seed": seed, "after": after, "upto": upto, "records": records, "days": world.days}
    counts = {f"{name}_count": len(one) for name, one in lists.items()}
    drawn = "(hash(n * 16 + {place} + ({seed}::BIGINT << 44)) >> 11)::DOUBLE / 9007199254740992 AS u{place}"
    chances = ", ".join(drawn.format(place=place, seed=seed) for place in range(9))
    statement = _FACTS.format(
        **{name: _list(values) for name, values in lists.items()},
        **numbers,
        **counts,
        chances=chances,
        campaign=world.campaign_id,
        first_on=world.first_on.isoformat(),
        columns=", ".join(FACT_COLUMNS),
    )
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            f"COPY ({statement}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
        )


def _list(values: Sequence[str | None]) -> str:
    quoted = ("NULL" if one is None else "'" + one.replace("'", "''") + "'" for one in values)
    return f"[{', '.join(quoted)}]"


# u0..u8 are even chances in [0, 1) drawn from the record's number and the seed; a power of one leans to the first.
# Of 50 facts one is a correction, of a record that came 5,000 to 35,000 before it, never of the same one twice.
_FACTS = """
WITH numbered AS (
  SELECT range AS fact_seq, range % 50 = 0 AND range > 50000 AS is_corrected,
    IF(is_corrected, range - 1 - 5000 * (1 + range // 50 % 7), range) AS n
  FROM range({after} + 1, {upto} + 1)
),
drawn AS (
  SELECT fact_seq, n, is_corrected, {chances}, hash(n * 16 + 9 + ({seed}::BIGINT << 44)) AS noise,
    n * {days} // ({records} + 1) AS day,
  FROM numbered
),
placed AS (
  SELECT *,
    1 + floor(pow(u0, 1.9) * {communes_count})::BIGINT AS c,
    1 + floor(pow(u1, 2.2) * {services_count})::BIGINT AS s,
    1 + floor(pow(u2, 1.6) * {bottlenecks_count})::BIGINT AS b,
    LEAST(floor((u3 + u4) * 1.9)::BIGINT + is_corrected::BIGINT, 3) AS step,
    [8, 9, 9, 10, 8, 15, 14, 9, 16, 10, 15, 7, 11, 14, 9, 8, 13, 16, 17, 18][1 + floor(u5 * 20)::BIGINT] AS hour,
    DATE '{first_on}' + day::INTEGER AS occurred_on,
    (u6 < 0.5 AND c % 5 = 0) OR u6 < 0.04 AS speaks_other,
  FROM drawn
),
facts AS (
  SELECT
    fact_seq,
    printf('%08x-%04x-7%03x-%04x-%012x', n // 65536, n % 65536, (noise >> 52)::BIGINT,
      32768 + (noise & 16383)::BIGINT, ((noise >> 4) & 281474976710655)::BIGINT) AS assist_id,
    IF(is_corrected, 2, 1)::BIGINT AS version,
    assist_id AS submission_id,
    '{campaign}' AS campaign_id,
    occurred_on,
    (occurred_on + to_hours(hour - 7) + to_seconds(floor(u7 * 3600)::INTEGER))::TIMESTAMPTZ AS occurred_at,
    hour::BIGINT AS hour,
    {sites}[c] || {dates}[1 + day] || IF(hour < 12, '0001', '0002') AS outing_id,
    {site_codes}[c] || {dates}[1 + day] || IF(hour < 12, 'S', 'C') AS outing_code,
    IF(u7 < 0.7, {teams}[c], {districts_teams}[c]) AS organization_id,
    {provinces}[c] AS province_code,
    {districts}[c] AS district_code,
    {communes}[c] AS commune_code,
    {services}[s] AS service_code,
    {groups}[s] AS group_code,
    {rungs}[(s - 1) * 4 + 1 + step] AS rung,
    {stages}[1 + step] AS stage,
    CASE WHEN u8 < 0.55 THEN 'guided' WHEN u8 < 0.85 THEN 'self' ELSE 'done_for' END AS how,
    IF(step < 2 AND (noise & 255) < 100, {bottlenecks}[b], NULL) AS bottleneck,
    CASE WHEN NOT speaks_other THEN 'vi' WHEN c % 3 = 0 THEN 'cmo' WHEN c % 7 = 0 THEN 'jra' ELSE 'rad' END AS language,
    'good' AS time_quality,
    'counted' AS grade,
    u7 > 0.99 AS under_review,
    true AS synthetic,
    (is_corrected AND u8 < 0.2) OR u8 > 0.997 AS withdrawn,
    1::BIGINT AS quantity,
    IF(u2 < 0.35, floor({records} / 8 * pow(u6, 1.3))::BIGINT, NULL) AS card
  FROM placed
)
SELECT {columns} FROM facts
"""
