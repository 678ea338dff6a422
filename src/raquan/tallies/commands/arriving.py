"""What comes with a tally sheet as a file: its photo, and workbooks that hold many sheets."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from raquan.files import commands as files
from raquan.files.rules import strip_photo
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Refused
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.tallies.commands.sheets import enter_tally_sheet
from raquan.tallies.gateways import Problem, WorkbookUnreadable, read_workbook
from raquan.tallies.rules import TallySource

__all__ = ["Problem", "WorkbookEntered", "WorkbookRefused", "WorkbookUnreadable", "enter_tally_workbook", "store_photo"]


class WorkbookRefused(Refused):
    """Something in the workbook is wrong; nothing of it was taken. `problems` say where."""

    code = "workbook.refused"
    message = N_("Chưa nhập phiếu nào: trang “{sheet}”, dòng {row}, cột {column}: {text}")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        super().__init__(sheet=first.sheet, row=first.row, column=first.column, text=first.text)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class WorkbookEntered:
    """The sheets that were entered now, and those that had been before."""

    entered: tuple[str, ...]
    already: tuple[str, ...]


def store_photo(*, by: Actor, photo: bytes) -> str:
    """Keep the photo of a sheet, without place, time and owner; give its SHA-256."""
    people.check(by, Action.FORM_FILL)
    data, media_type = strip_photo(photo)
    return files.store_file(by=by, data=data, media_type=media_type).sha256


def enter_tally_workbook(*, by: Actor, now: datetime, workbook: bytes) -> WorkbookEntered:
    """Enter every sheet of a workbook on which something was filled in: all of them, or none.

    Raises WorkbookRefused with all that is wrong, by worksheet, row and column; WorkbookUnreadable; and what
    enter_tally_sheet raises. The same workbook again enters nothing twice.
    """
    people.check(by, Action.FORM_FILL)
    sheets = read_workbook(workbook)
    problems = tuple(problem for sheet in sheets for problem in sheet.problems)
    if problems:
        raise WorkbookRefused(problems)
    entered: list[str] = []
    already: list[str] = []
    with transaction.atomic():
        for sheet in sheets:
            changed = enter_tally_sheet(
                by=by,
                now=now,
                number=sheet.number,
                lines=sheet.cells,
                recorded_too=bool(sheet.recorded_too),
                source=TallySource.EXCEL,
            )
            (entered if changed else already).append(sheet.number)
    return WorkbookEntered(tuple(entered), tuple(already))
