"""How files of facts beside the assists are named: one a campaign, day and generation, with its count and hash."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from raquan.analytics.rules.tables import ACTIVITY_SCHEMA

_NAME = re.compile(r"v(?P<schema>\d+)-(?P<generation>\d{6})-(?P<rows>\d+)-(?P<digest>[0-9a-f]{32})\.parquet")


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A day of a campaign as it stood when it was written; the greatest generation holds, those before are history."""

    generation: int
    rows: int
    digest: str

    @property
    def name(self) -> str:
        """Give the file's name."""
        return f"v{ACTIVITY_SCHEMA}-{self.generation:06d}-{self.rows}-{self.digest}.parquet"


def newest(names: Iterable[str]) -> Part | None:
    """Choose the generation that holds; files of other schemas and anything else are passed over."""
    matches = (_NAME.fullmatch(name) for name in names)
    parts = [
        Part(int(match["generation"]), int(match["rows"]), match["digest"])
        for match in matches
        if match and int(match["schema"]) == ACTIVITY_SCHEMA
    ]
    return max(parts, default=None)


def part_folder(kind: str, campaign_id: str, day: date) -> str:
    """Give the path of a day's files below the folder of facts, as engines find partitions by their names."""
    return f"{kind}/campaign={campaign_id}/day={day.isoformat()}"


def row_digest(values: Sequence[Any]) -> int:
    """Hash a row's values, an empty text as not known; 128 bits of SHA-256 as a number."""
    plain = [_plain(value) for value in values]
    data = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return int.from_bytes(hashlib.sha256(data).digest()[:16], "big")


def rows_digest(rows: Iterable[Sequence[Any]]) -> str:
    """Hash rows whatever their order: the sum of their hashes."""
    return f"{sum(map(row_digest, rows)) % 2**128:032x}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


@dataclass(frozen=True, slots=True)
class Checked:
    """A day of a kind: how many rows the database and the files have, and whether they are the same ones."""

    kind: str
    campaign_id: str
    day: date
    in_database: int
    in_files: int
    is_same: bool
