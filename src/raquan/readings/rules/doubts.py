"""What an officer should look at before a plan is brought into force, and how uses of the text are called."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.people.rules import is_collective
from raquan.readings.rules.dates import is_always
from raquan.readings.rules.reading import TaskRead, Use

SURE_ENOUGH = 0.9
"""From this score on, the words of a written unit are taken for the organization's name without a second look."""


class Doubt(StrEnum):
    """Why a task may have been misread."""

    NO_LEAD = "no_lead"
    UNKNOWN_LEAD = "unknown_lead"
    UNSURE_LEAD = "unsure_lead"
    NO_TIME = "no_time"
    PART_LEFT = "part_left"


DOUBT_NAMES: Mapping[Doubt, str] = {
    Doubt.NO_LEAD: N_("Không thấy đơn vị chủ trì"),
    Doubt.UNKNOWN_LEAD: N_("Đơn vị chủ trì chưa có trong danh bạ"),
    Doubt.UNSURE_LEAD: N_("Đơn vị chủ trì chỉ khớp gần đúng"),
    Doubt.NO_TIME: N_("Không thấy thời gian"),
    Doubt.PART_LEFT: N_("Còn phần chưa xếp được"),
}

USE_NAMES: Mapping[Use, str] = {
    Use.HEAD: N_("Phần đầu văn bản"),
    Use.TITLE: N_("Tên kế hoạch"),
    Use.BASIS: N_("Căn cứ"),
    Use.HEADING: N_("Đề mục"),
    Use.PROSE: N_("Lời văn"),
    Use.OBJECTIVE: N_("Mục đích"),
    Use.THEME: N_("Chủ đề"),
    Use.WINDOW: N_("Thời gian thực hiện"),
    Use.TASK: N_("Nhiệm vụ"),
    Use.DETAIL: N_("Nói thêm về mục ở trên"),
    Use.SECTION: N_("Nhóm nhiệm vụ"),
    Use.TABLE_HEADING: N_("Đầu bảng"),
    Use.CLOSING: N_("Nơi nhận, chữ ký"),
    Use.APPENDIX: N_("Tên phụ lục"),
    Use.NOTE: N_("Ghi chú"),
    Use.LEFTOVER: N_("Chưa xếp được"),
    Use.DISMISSED: N_("Không phải nhiệm vụ"),
}


def doubts_of(
    task: TaskRead, *, known_units: Collection[str], left: Collection[str], unsure_units: Collection[str] = ()
) -> tuple[Doubt, ...]:
    """List the doubts about a task: `known_units` were found in the directory, `left` are sources of leftovers.

    `unsure_units` are those of the known ones that only resemble what the directory has.
    """
    found = doubts_of_units(
        [(unit, unit in known_units) for unit in task.lead_units],
        has_time=task.starts_on is not None or task.due_on is not None,
        time_as_written=task.time_as_written,
    )
    if any(unit in unsure_units for unit in task.lead_units):
        found = (*found, Doubt.UNSURE_LEAD)
    return (*found, Doubt.PART_LEFT) if task.source in left else found


def doubts_of_units(leads: Sequence[tuple[str, bool]], *, has_time: bool, time_as_written: str) -> tuple[Doubt, ...]:
    """List the doubts about who leads a task (each as written, and whether it is in the directory) and about when.

    A collective ("các sở, ban, ngành") is in no directory, and that is no doubt.
    """
    found: list[Doubt] = []
    if not leads:
        found.append(Doubt.NO_LEAD)
    elif not all(known or is_collective(unit) for unit, known in leads):
        found.append(Doubt.UNKNOWN_LEAD)
    if not has_time and not is_always(time_as_written):
        found.append(Doubt.NO_TIME)
    return tuple(found)
