"""Reads what synthetic facts speak of from the tables that come with the project, so that no database is needed."""

import csv
import hashlib
from datetime import date
from importlib.resources import files
from uuid import UUID

from raquan.analytics.engine import World

PROVINCE = "66"


def simulated_world(first_on: date, days: int, province: str = PROVINCE) -> World:
    """Give the communes of a province, the services, rungs and bottlenecks as they were on a day.

    In an order of their own, which is the same each time: the first are the most frequent.
    """
    units = {row["code"]: row for row in _rows("places", "units", first_on)}
    parents = {code: row["parent_code"] for code, row in units.items()}
    communes = [
        (code, parents[code] if parents[code] != province else "", province)
        for code, row in units.items()
        if row["level"] == "commune" and province in (parents[code], parents.get(parents[code]))
    ]
    services = [(row["code"], row["group"]) for row in _rows("catalogue", "services", first_on)]
    rungs = [(row["group"], row["code"], row["stage"]) for row in _rows("catalogue", "rungs", first_on)]
    return World(
        campaign_id=str(UUID(int=first_on.year)),
        first_on=first_on,
        days=days,
        communes=sorted(communes, key=lambda one: _lot(one[0])),
        services=sorted(services, key=lambda one: _lot(one[0])),
        rungs=rungs,
        bottlenecks=[row["code"] for row in _rows("catalogue", "bottlenecks", first_on)],
    )


def _rows(room: str, name: str, on: date) -> list[dict[str, str]]:
    with (files(f"raquan.{room}") / "data" / f"{name}.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, restval=""))
    day = on.isoformat()
    return [
        row for row in rows if row.get("valid_from", "") <= day and (not row.get("valid_to") or day <= row["valid_to"])
    ]


def _lot(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
