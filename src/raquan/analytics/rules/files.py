"""How fact files and snapshots are named, chained and described; their reading and writing is elsewhere."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FACT_COLUMNS: Mapping[str, str] = {
    "fact_seq": "int64",
    "assist_id": "string",
    "version": "int64",
    "submission_id": "string",
    "campaign_id": "string",
    "occurred_on": "date",
    "occurred_at": "timestamp",
    "hour": "int64",
    "outing_id": "string",
    "outing_code": "string",
    "organization_id": "string",
    "province_code": "string",
    "district_code": "string",
    "commune_code": "string",
    "service_code": "string",
    "group_code": "string",
    "rung": "string",
    "stage": "string",
    "how": "string",
    "bottleneck": "string",
    "language": "string",
    "time_quality": "string",
    "grade": "string",
    "under_review": "bool",
    "synthetic": "bool",
    "withdrawn": "bool",
    "quantity": "int64",
    "card": "int64",
}
"""The columns of a fact about an assist, in the order of the files; no personal data among them."""

FACT_SCHEMA = 3
"""The columns above. Files of schema 2 had no `card`; those of schema 1 no `quantity` either, each fact one assist."""

MANIFEST_SCHEMA = 2
"""Manifests of schema 1 had files of assists alone, and did not say of which kind they were."""

_FACT_NAME = re.compile(r"v(?P<schema>\d+)-(?P<after>\d{15})-(?P<upto>\d{15})\.parquet")


@dataclass(frozen=True, slots=True, order=True)
class FactFile:
    """A file of the facts with `after` < fact_seq <= `upto`; its name says so, and so is the watermark."""

    after: int
    upto: int

    @property
    def name(self) -> str:
        """Give the file's name."""
        return fact_file_name(self.after, self.upto)


@dataclass(frozen=True, slots=True)
class Chain:
    """The files that together hold every fact up to the watermark once; `superseded` hold nothing more."""

    files: tuple[FactFile, ...]
    superseded: tuple[FactFile, ...] = ()

    @property
    def watermark(self) -> int:
        """Give the greatest fact_seq that is in the files; 0 when there are none."""
        return self.files[-1].upto if self.files else 0


def fact_file_name(after: int, upto: int) -> str:
    """Name the file of a range of facts."""
    return f"v{FACT_SCHEMA}-{after:015d}-{upto:015d}.parquet"


def chain(names: Iterable[str]) -> Chain:
    """Choose the files that follow one another from 0; of those that begin alike the longest.

    A file is there whole or not at all, so whatever a crash, or two writers at once, has left behind,
    no fact is lost and none counts twice. Files of another schema, and anything else, are passed over.
    """
    matches = [match for name in names if (match := _FACT_NAME.fullmatch(name))]
    return chained(
        FactFile(int(match["after"]), int(match["upto"])) for match in matches if int(match["schema"]) == FACT_SCHEMA
    )


def chained(ranges: Iterable[FactFile]) -> Chain:
    """Choose the ranges that follow one another from 0; of those that begin alike the longest."""
    found = sorted(ranges)
    longest = {file.after: file for file in found}  # sorted: the last of those that begin alike is the longest
    files: list[FactFile] = []
    at = 0
    while at in longest and longest[at].upto > at:
        files.append(longest[at])
        at = longest[at].upto
    used = set(files)
    return Chain(tuple(files), tuple(f for f in found if f not in used and f.upto <= at))


def outdated(names: Iterable[str]) -> tuple[str, ...]:
    """List the files of earlier schemas: their facts are written anew, and nothing reads them any more."""
    matches = [match for name in names if (match := _FACT_NAME.fullmatch(name))]
    return tuple(sorted(match.string for match in matches if int(match["schema"]) < FACT_SCHEMA))


def merge_run(files: Sequence[FactFile], *, most_files: int, most_facts: int) -> tuple[FactFile, ...]:
    """Choose the last files of a chain to merge: when they are more than `most_files`, together ≤ `most_facts`."""
    run: list[FactFile] = []
    for file in reversed(files):
        run.insert(0, file)
        if run[-1].upto - run[0].after > most_facts:
            run.pop(0)
            break
    return tuple(run) if len(run) > most_files else ()


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """A file of a snapshot, named by its content; `kind` is what its facts are of."""

    sha256: str
    size: int
    rows: int
    kind: str = "assist"

    @property
    def name(self) -> str:
        """Give the file's name."""
        return f"{self.sha256}.parquet"


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a snapshot is: its campaign, cut-off, files and the hash of the manifest before it.

    `rows` counts the facts about assists; `activity_schema` is 0 where there are no others.
    """

    id: str
    campaign_id: str
    number: int
    frozen_at: str
    fact_seq: int
    rows: int
    synthetic: bool
    note: str
    previous: str
    files: tuple[SnapshotFile, ...]
    schema: int = MANIFEST_SCHEMA
    fact_schema: int = FACT_SCHEMA
    activity_schema: int = 0

    def as_json(self) -> dict[str, Any]:
        """Give the manifest as it is stored."""
        files = [
            {"name": f.name, "sha256": f.sha256, "size": f.size, "rows": f.rows, "kind": f.kind} for f in self.files
        ]
        own = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "files"}
        return own | {"files": files}


def manifest_from(data: Mapping[str, Any]) -> Manifest:
    """Read a manifest from its stored form."""
    files = tuple(SnapshotFile(f["sha256"], f["size"], f["rows"], f.get("kind", "assist")) for f in data["files"])
    own = {name: data[name] for name in Manifest.__dataclass_fields__ if name != "files" and name in data}
    return Manifest(**own, files=files)


def canonical(data: Mapping[str, Any]) -> bytes:
    """Write JSON in the one form that is hashed: keys sorted, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(data: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
