"""Reads the list of what teams take along, from a CSV file that an office may change."""

import csv
from dataclasses import dataclass
from pathlib import Path

from raquan.kernel.localized import localized
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import nfc
from raquan.outings.rules import Aim, SiteKind

PACKAGED = Path(__file__).parent / "data" / "kit.csv"


class KitUnreadable(Refused):
    """The file is missing, or a row of it does not say what it must."""

    code = "kit.unreadable"
    message = N_("Không đọc được danh mục đồ mang theo: {file}, dòng {line}: {reason}.")


@dataclass(frozen=True, slots=True)
class KitRow:
    """An item; an empty `aim` or `site_kind` means every one."""

    code: str
    aim: str
    site_kind: str
    name: dict[str, str]


def read_kit(path: Path | None = None) -> tuple[KitRow, ...]:
    """Read a CSV with the columns code, aim, site_kind, vi, en (the packaged one without a path).

    Raises KitUnreadable.
    """
    file = path or PACKAGED
    try:
        text = nfc(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise KitUnreadable(file=file.name, line=0, reason=str(error)) from error
    found: dict[str, KitRow] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            aim = Aim(row["aim"]).value if row["aim"] else ""
            kind = SiteKind(row["site_kind"]).value if row["site_kind"] else ""
            item = KitRow(row["code"].strip(), aim, kind, localized(row["vi"].strip(), en=row["en"].strip()))
            if not item.code or item.code in found:
                raise ValueError(f"code {item.code!r}")
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise KitUnreadable(file=file.name, line=number, reason=str(error)) from error
        found[item.code] = item
    return tuple(found.values())
