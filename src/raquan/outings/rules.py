"""The words and rules of an outing: its kinds, its states, its public code and what a plan may not be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from raquan.kernel import clock
from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable
from raquan.kernel.text import fold


class State(StrEnum):
    """Where an outing stands."""

    PLANNED = "planned"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What takes an outing from one state to another; each is a command."""

    OPEN = "open_outing"
    CLOSE = "close_outing"
    CANCEL = "cancel_outing"


class SiteKind(StrEnum):
    """What sort of place people are met at."""

    ONE_STOP_SHOP = "one_stop_shop"
    MARKET = "market"
    VILLAGE_HALL = "village_hall"
    STREET = "street"
    SCHOOL = "school"
    SHOP = "shop"


class Aim(StrEnum):
    """To tell people, or to do it with them; an awareness session is never counted as assists."""

    AWARENESS = "awareness"
    HANDS_ON = "hands_on"


class Part(StrEnum):
    """A member's part in the team."""

    LEADER = "leader"
    HELPER = "helper"


class Presence(StrEnum):
    """What is known of a person's coming: awaited, come early, in time or late, or never come."""

    EXPECTED = "expected"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    ABSENT = "absent"


class PhoneState(StrEnum):
    """Whether the phone of somebody in the team can leave the signal for an outing, as far as it has said."""

    READY = "ready"
    SAID_EARLY = "said_early"
    WITHOUT_OUTING = "without_outing"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a villager looks for: within any of the places, between two days, a service, a language; empty: any."""

    place_codes: tuple[str, ...] = ()
    on_from: date | None = None
    on_to: date | None = None
    service_code: str = ""
    language: str = ""


ANY = Wish()


TRANSITIONS: StateTable[State, Step] = StateTable(
    (State.PLANNED, Step.OPEN, State.OPEN),
    (State.OPEN, Step.CLOSE, State.DONE),
    (State.PLANNED, Step.CANCEL, State.CANCELLED),
    (State.OPEN, Step.CANCEL, State.CANCELLED),
    begins={State.PLANNED: "plan_outing"},
    ends={State.DONE: "", State.CANCELLED: ""},
)

STATE_NAMES: Mapping[State, str] = {
    State.PLANNED: N_("Đã lên lịch"),
    State.OPEN: N_("Đang diễn ra"),
    State.DONE: N_("Đã xong"),
    State.CANCELLED: N_("Đã hủy"),
}
SITE_KIND_NAMES: Mapping[SiteKind, str] = {
    SiteKind.ONE_STOP_SHOP: N_("Bộ phận một cửa"),
    SiteKind.MARKET: N_("Chợ"),
    SiteKind.VILLAGE_HALL: N_("Nhà văn hóa thôn, buôn"),
    SiteKind.STREET: N_("Đường phố, nơi công cộng"),
    SiteKind.SCHOOL: N_("Trường học"),
    SiteKind.SHOP: N_("Cửa hàng, siêu thị"),
}
PART_NAMES: Mapping[Part, str] = {
    Part.LEADER: N_("Tổ trưởng"),
    Part.HELPER: N_("Người hỗ trợ"),
}
PRESENCE_NAMES: Mapping[Presence, str] = {
    Presence.EXPECTED: N_("Chưa điểm danh"),
    Presence.EARLY: N_("Đến sớm"),
    Presence.ON_TIME: N_("Đúng giờ"),
    Presence.LATE: N_("Đến muộn"),
    Presence.ABSENT: N_("Vắng"),
}
# A team sets up before the first person comes: half an hour is not early; ten minutes are not late.
EARLY_BEFORE = timedelta(minutes=30)
LATE_AFTER = timedelta(minutes=10)
PHONE_STATE_NAMES: Mapping[PhoneState, str] = {
    PhoneState.READY: N_("Máy đã sẵn sàng"),
    PhoneState.SAID_EARLY: N_("Cần kiểm tra lại"),
    PhoneState.WITHOUT_OUTING: N_("Chưa tải buổi này"),
    PhoneState.SILENT: N_("Chưa báo"),
}
READY_BEFORE = timedelta(days=1)
"""How many days before an outing a phone's word still holds: services and forms change until the day before."""

AIM_NAMES: Mapping[Aim, str] = {
    Aim.AWARENESS: N_("Tuyên truyền"),
    Aim.HANDS_ON: N_("Hướng dẫn, làm cùng người dân"),
}
# The languages that teams speak to people in, by ISO 639 code.
LANGUAGE_NAMES: Mapping[str, str] = {
    "vi": N_("Tiếng Việt"),
    "rad": N_("Tiếng Ê Đê"),
    "cmo": N_("Tiếng M’Nông"),
    "jra": N_("Tiếng Gia Rai"),
    "tyz": N_("Tiếng Tày"),
    "nut": N_("Tiếng Nùng"),
    "hmn": N_("Tiếng Mông"),
}


# Of signs that are taken for each other on a bad print (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) one at most.
CODE_ALPHABET = "234579ACDEFHJKMNPQRTWXY"
CODE_LENGTH = 4
# A help desk's code has one sign more than an outing's: the two never meet, though each is made without the other.
DESK_CODE_LENGTH = 5
PREFIX_LENGTH = 3


def code_prefix(place_name: str) -> str:
    """Give three letters for a place: BMT for Buôn Ma Thuột, CMG for Cư M’gar, LAK for Lắk."""
    words = ["".join(c for c in word if c.isascii() and c.isalnum()) for word in fold(place_name).split()]
    words = [word for word in words if word]
    if len(words) >= PREFIX_LENGTH:
        letters = "".join(word[0] for word in words)
    elif len(words) == 2:
        letters = words[0][0] + words[1] + words[0][1:]
    else:
        letters = "".join(words)
    return letters[:PREFIX_LENGTH].upper().ljust(PREFIX_LENGTH, "X")


def make_code(place_name: str, choose: Callable[[str], str], *, length: int = CODE_LENGTH) -> str:
    """Make a public code such as CMG-7K2Q; `choose` picks a sign of an alphabet at random."""
    return f"{code_prefix(place_name)}-{''.join(choose(CODE_ALPHABET) for _ in range(length))}"


def free_code(
    place_name: str, choose: Callable[[str], str], is_taken: Callable[[str], bool], *, length: int = CODE_LENGTH
) -> str:
    """Make a public code that nothing has yet."""
    while is_taken(code := make_code(place_name, choose, length=length)):
        pass
    return code


def is_desk_code(code: str) -> bool:
    """Tell whether a code, as `read_code` gives it, is of a help desk's shape."""
    return len(code) == PREFIX_LENGTH + 1 + DESK_CODE_LENGTH


def read_code(written: str) -> str:
    """Give a code as it is stored, from what a person typed: "cmg 7k2q" is CMG-7K2Q."""
    signs = "".join(c for c in fold(written).upper() if c.isascii() and c.isalnum())
    if len(signs) <= PREFIX_LENGTH:
        return signs
    return f"{signs[:PREFIX_LENGTH]}-{signs[PREFIX_LENGTH:]}"


def is_within(day: date, starts_on: date, ends_on: date) -> bool:
    """Tell whether a day lies in a window; both ends belong to it."""
    return starts_on <= day <= ends_on


def may_open_on(day: date, held_on: date) -> bool:
    """Tell whether an outing may be opened: on its day, or later when the team forgot, never before."""
    return day >= held_on


def is_over(held_on: date, ends_at: time, now: datetime) -> bool:
    """Tell whether the outing's hours have passed, in Viet Nam's time."""
    local = now.astimezone(clock.VIETNAM)
    return (held_on, ends_at) <= (local.date(), local.time())


def is_now(held_on: date, starts_at: time, ends_at: time, now: datetime) -> bool:
    """Tell whether people can be met there at this moment, by the timetable."""
    local = now.astimezone(clock.VIETNAM)
    return held_on == local.date() and starts_at <= local.time() < ends_at


def minutes_after_start(held_on: date, starts_at: time, at: datetime) -> int:
    """Count whole minutes from the outing's start to an arrival; below zero before the start."""
    start = datetime.combine(held_on, starts_at, tzinfo=clock.VIETNAM)
    return int((at - start).total_seconds() // 60)


def arrival(minutes: int) -> Presence:
    """Name an arrival so many minutes after the start; both bounds are in time."""
    after = timedelta(minutes=minutes)
    if after < -EARLY_BEFORE:
        return Presence.EARLY
    return Presence.LATE if after > LATE_AFTER else Presence.ON_TIME


def phone_state(said_on: date | None, *, holds_outing: bool, held_on: date) -> PhoneState:
    """Judge the last word of a phone for an outing; None when it has said nothing."""
    if said_on is None:
        return PhoneState.SILENT
    if not holds_outing:
        return PhoneState.WITHOUT_OUTING
    return PhoneState.READY if said_on >= held_on - READY_BEFORE else PhoneState.SAID_EARLY


def path_text(codes: Iterable[str]) -> str:
    """Write a place's path, province first, as it is stored and searched: /66/648/24271/."""
    return "/" + "".join(f"{code}/" for code in codes)


def naming_code(codes: Sequence[str]) -> str:
    """Give the unit whose letters begin a code: the district while there are districts, else the commune."""
    return codes[min(1, len(codes) - 1)]


def path_codes(text: str) -> tuple[str, ...]:
    """Read a stored path back."""
    return tuple(code for code in text.split("/") if code)


@dataclass(frozen=True, slots=True)
class OutingPlan:
    """What an outing is to be: two requests with equal plans ask for the same outing."""

    campaign_id: UUID
    task_id: UUID | None
    organization_id: UUID
    site_id: UUID
    held_on: date
    starts_at: time
    ends_at: time
    service_codes: tuple[str, ...]
    team: tuple[UUID, ...]
    aim: Aim = Aim.HANDS_ON
    language: str = "vi"
    expected_people: int | None = None
    capacity: int | None = None

    def differences(self, other: "OutingPlan") -> Sequence[str]:
        """Name the fields in which two plans differ; the order of services does not count."""
        found = [
            name
            for name in self.__dataclass_fields__
            if name != "service_codes" and getattr(self, name) != getattr(other, name)
        ]
        if set(self.service_codes) != set(other.service_codes):
            found.append("service_codes")
        return found
