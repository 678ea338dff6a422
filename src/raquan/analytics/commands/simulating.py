"""Makes synthetic facts by the million, to measure with and to try out what a whole country would be."""

import json
from datetime import date
from pathlib import Path

from raquan.analytics import extract
from raquan.analytics.gateways import simulated_world
from raquan.kernel.refused import N_, Refused

ASKED = "simulated.json"
"""Says of a folder that its facts are synthetic, and what was asked for."""


class FolderTaken(Refused):
    """There are facts in the folder, and not those that were asked for: synthetic ones are never mixed with others."""

    code = "simulate.folder_taken"
    message = N_("Thư mục {folder} đã có tệp số liệu khác. Hãy chọn một thư mục trống.")


def simulate_facts(
    folder: Path, *, records: int, seed: int, first_on: date, days: int, province: str, rollups: bool = True
) -> int:
    """Write synthetic facts below `folder` as the extract lays them: `assist/` and its rollups; give how many.

    The same numbers give the same facts, all of them marked synthetic. A run that was broken off is gone on with by
    the next. Raises FolderTaken.
    """
    asked = {"records": records, "seed": seed, "first_on": first_on.isoformat(), "days": days, "province": province}
    said, facts = folder / ASKED, folder / "assist"
    known = json.loads(said.read_text(encoding="utf-8")) if said.is_file() else None
    if known != asked and facts.is_dir() and any(facts.glob("*.parquet")):
        raise FolderTaken(folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    said.write_text(json.dumps(asked), encoding="utf-8")
    world = simulated_world(first_on, days, province)
    return extract.write_simulated(facts, world, records=records, seed=seed, rollups=rollups)
