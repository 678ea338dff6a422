"""The matrix of who may do what, the matching of names, the throttle."""

import unicodedata
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Duty
from raquan.people.gateways import read_organizations
from raquan.people.rules import MAY, ROLE_NAMES, Action, Role, covers, may
from raquan.people.rules.matching import Candidate, Matcher, expand, is_collective
from raquan.people.rules.naming import ABBREVIATIONS
from raquan.people.rules.signing_in import MAX_BY_LOGIN, WINDOW, is_login, normalize_login, wait_needed

CU_MGAR, EA_KAR = uuid4(), uuid4()
REGISTRY = [Candidate(row.name, row.name, (row.short_name, *row.aliases)) for row in read_organizations(None)]
MATCHER = Matcher(REGISTRY)


def _holder(role: Role, organization_id: object = CU_MGAR, place: str | None = "648") -> Actor:
    return Actor(ActorKind.USER, uuid4(), duties=(Duty(role, organization_id, place),))  # type: ignore[arg-type]


MATRIX = """
                  admin steering unit leader helper reviewer viewer enterprise
plan.read           -      x      x     x      x       -       x         -
plan.import         -      x      -     -      -       -       -         -
plan.manage         -      x      -     -      -       -       -         -
plan.write          -      -      x     -      -       -       -         -
outing.read         -      x      x     x      x       -       x         -
outing.plan         -      x      x     -      -       -       -         -
outing.run          -      x      x     x      -       -       -         -
form.publish        x      x      -     -      -       -       -         -
form.fill           -      x      x     x      x       -       -         -
submission.send     -      x      x     x      x       -       -         -
record.read         -      x      x     x      -       x       -         -
record.review       -      x      x     -      -       x       -         -
record.correct      -      x      x     -      -       -       -         -
record.delete       -      x      x     -      -       -       -         -
record.export       -      x      x     -      -       -       -         -
record.import       -      x      -     -      -       -       -         -
webhook.manage      -      x      -     -      -       -       -         -
card.make           -      x      x     -      -       -       -         -
feedback.answer     -      x      x     -      -       -       -         -
recording.make      -      x      x     x      x       -       -         -
recording.check     -      x      x     x      -       -       -         -
offer.write         -      x      -     -      -       -       -         x
offer.decide        -      x      -     -      -       -       -         -
link.make           -      x      x     -      -       -       -         -
display.manage      -      x      x     -      -       -       -         -
exhibition.read     -      x      x     -      -       -       -         x
exhibition.manage   -      x      x     -      -       -       -         -
booth.apply         -      -      -     -      -       -       -         x
press.write         -      x      -     -      -       -       -         -
outreach.write      -      x      x     -      -       -       -         -
outreach.decide     -      x      -     -      -       -       -         -
figure.read         -      x      x     -      -       -       x         -
snapshot.freeze     -      x      -     -      -       -       -         -
report.build        -      x      -     -      -       -       -         -
report.write        -      -      x     -      -       -       -         -
report.decide       -      x      -     -      -       -       -         -
round.manage        -      x      -     -      -       -       -         -
people.read         x      x      -     -      -       -       -         -
people.manage       x      -      -     -      -       -       -         -
places.load         x      -      -     -      -       -       -         -
catalogue.load      x      -      -     -      -       -       -         -
history.read        x      x      -     -      -       -       -         -
"""
"""Written out by hand, so that a change of the matrix is made twice, on purpose."""

ROLES = (
    Role.ADMINISTRATOR, Role.STEERING_OFFICER, Role.UNIT_OFFICER, Role.TEAM_LEADER, Role.HELPER,
    Role.REVIEWER, Role.VIEWER, Role.ENTERPRISE_OFFICER,
)  # fmt: skip
CELLS = [
    (role, Action(row.split()[0]), cell == "x")
    for row in MATRIX.strip().splitlines()[1:]
    for role, cell in zip(ROLES, row.split()[1:], strict=True)
]


def test_every_role_has_its_row_and_its_name() -> None:
    assert set(MAY) == set(ROLE_NAMES) == set(Role)


def test_the_matrix_has_every_role_and_action_once() -> None:
    assert sorted((role, action) for role, action, _ in CELLS) == sorted((r, a) for r in Role for a in Action)


@pytest.mark.parametrize(("role", "action", "allowed"), CELLS)
def test_a_role_may_what_its_row_says_and_only_at_home(role: Role, action: Action, allowed: bool) -> None:
    actor = _holder(role)
    assert may(actor, action) is allowed
    assert may(actor, action, organization_id=CU_MGAR, place_path=("66", "648", "24280")) is allowed
    assert not may(actor, action, organization_id=EA_KAR, place_path=("66", "648"))
    assert not may(actor, action, organization_id=CU_MGAR, place_path=("66", "651"))
    assert not may(ANONYMOUS, action)
    assert may(SYSTEM, action)


def test_a_duty_without_organization_covers_all() -> None:
    officer = _holder(Role.STEERING_OFFICER, None, None)
    assert may(officer, Action.OUTING_PLAN, organization_id=EA_KAR, place_path=("66", "651"))


def test_to_give_power_over_all_one_must_have_it_over_all() -> None:
    own, everywhere = _holder(Role.ADMINISTRATOR), _holder(Role.ADMINISTRATOR, None, None)
    manage = Action.PEOPLE_MANAGE
    assert covers(own, manage, organization_id=CU_MGAR, place_path=("66", "648", "24280"))
    assert not covers(own, manage, organization_id=CU_MGAR)
    assert not covers(own, manage, place_path=("66", "648"))
    assert not covers(own, manage, organization_id=EA_KAR, place_path=("66", "648"))
    assert not covers(own, Action.PLAN_IMPORT, organization_id=CU_MGAR, place_path=("66", "648"))
    assert covers(everywhere, manage)
    assert covers(everywhere, manage, organization_id=EA_KAR, place_path=("66",))
    assert covers(SYSTEM, manage)
    assert not covers(ANONYMOUS, manage, organization_id=CU_MGAR, place_path=("648",))


def test_who_takes_part_in_the_field_does_not_freeze_or_import() -> None:
    for role in (Role.TEAM_LEADER, Role.HELPER, Role.REVIEWER, Role.VIEWER, Role.UNIT_OFFICER):
        assert not MAY[role] & {Action.SNAPSHOT_FREEZE, Action.PLAN_IMPORT, Action.PEOPLE_MANAGE}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở Thông tin và truyền thông tỉnh", "Sở Thông tin và Truyền thông"),
        ("SỞ TTTT", "Sở Thông tin và Truyền thông"),
        ("UBND huyện Cư M'gar", "UBND huyện Cư M’gar"),
        ("Ủy ban nhân dân huyện Cư M’gar", "UBND huyện Cư M’gar"),
        ("UBND TP. Buôn Ma Thuột", "UBND thành phố Buôn Ma Thuột"),
        ("UBND thành phố Buôn Ma Thuột", "UBND thành phố Buôn Ma Thuột"),
        ("VNPT Đắk Lắk", "VNPT Đắk Lắk"),
        ("Đoàn TNCS Hồ Chí Minh tỉnh", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐTB và XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở Lao động – Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở VH, TT&DL tỉnh Đắk Lắk", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở KH và ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở Thông tin và Truyền thông (cơ quan thường trực)", "Sở Thông tin và Truyền thông"),
        ("UBND TP.BMT", "UBND thành phố Buôn Ma Thuột"),
        ("UBND huyện EaH'leo", "UBND huyện Ea H’leo"),
        ("UBND HUYỆN LẮK", "UBND huyện Lắk"),
        ("UBND TỈNH ĐẮK LẮK", "UBND tỉnh Đắk Lắk"),
        ("UBND tỉnh", "UBND tỉnh Đắk Lắk"),
        ("Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk", "Văn phòng UBND tỉnh"),
        ("Ban Quản lý các khu công nghiệp tỉnh", "Ban Quản lý các khu công nghiệp tỉnh"),
        ("NHNN chi nhánh tỉnh Đắk Lắk", "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh Đắk Lắk"),
        ("Tỉnh Đoàn", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh"),
        ("Công an tỉnh", "Công an tỉnh Đắk Lắk"),
        ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
    ],
)
def test_names_as_offices_write_them(written: str, name: str) -> None:
    found = MATCHER.match(written)
    assert found is not None
    assert found.candidate.name == name
    assert found.score >= 0.9


@pytest.mark.parametrize(
    "written",
    [
        "các sở, ban, ngành",
        "Các sở, ban, ngành, đoàn thể",
        "UBND các huyện, thị xã, thành phố",
        "các đơn vị liên quan",
        "UBND các xã, thị trấn",
        "Các doanh nghiệp viễn thông, công nghệ thông tin",
        "Phòng Kinh tế các huyện, thị xã",
    ],
)
def test_a_collective_is_nobody_in_particular(written: str) -> None:
    assert is_collective(written)
    assert MATCHER.match(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "Trường mầm non Hoa Hồng",
        "x",
        "",
        "()",
        "&",
        "Hợp tác xã cà phê",
        "UBND huyện",
        "huyện Krông",
        "Sở",
        "các",
        "Công an huyện Cư M’gar",
        "Phòng Văn hóa và Thông tin huyện Cư M’gar",
        "UBND xã Ea M’nang",
        "Chi cục Thuế Cư Kuin",
        "Hội Chữ thập đỏ huyện Lắk",
        "Văn phòng HĐND và UBND huyện",
        "UBND tỉnh Gia Lai",
        "Văn phòng UBND huyện Lắk",
        "UBND thị xã Buôn Hồ và UBND huyện Lắk",
        "Đoàn TNCS Hồ Chí Minh huyện Lắk",
    ],
)
def test_an_unknown_name_is_not_guessed(written: str) -> None:
    assert MATCHER.match(written) is None


@given(st.sampled_from(REGISTRY), st.booleans(), st.booleans(), st.booleans())
def test_accents_case_and_composition_do_not_matter(one: Candidate, upper: bool, bare: bool, decomposed: bool) -> None:
    written = one.name.upper() if upper else one.name
    if bare:
        written = "".join(c for c in unicodedata.normalize("NFD", written) if not unicodedata.combining(c))
    if decomposed:
        written = unicodedata.normalize("NFD", written)
    found = MATCHER.match(written)
    assert found is not None
    assert (found.candidate.name, found.score) == (one.name, 1.0)


_SHORT = {long: short for short, long in ABBREVIATIONS.items() if len(long.split()) > 1}


@given(st.sampled_from(REGISTRY), st.sampled_from([" và ", " & ", "&", "-", " - ", ", "]), st.data())
def test_any_abbreviation_of_a_name_finds_it(one: Candidate, joint: str, data: st.DataObject) -> None:
    """What stands in the table for some of a name's words may be written instead of them."""
    folded = " ".join(expand(one.name))
    fitting = [long for long in _SHORT if f" {long} " in f" {folded} "]
    if fitting:
        long = data.draw(st.sampled_from(sorted(fitting)))
        folded = f" {folded} ".replace(f" {long} ", f" {_SHORT[long].upper()} ", 1).strip()
    found = MATCHER.match(folded)
    assert found is not None
    assert (found.candidate.name, found.score) == (one.name, 1.0)
    assert MATCHER.match(one.name.replace(" và ", joint)) == found


@given(st.text(max_size=60))
def test_whatever_is_written_gets_an_answer(written: str) -> None:
    found = MATCHER.match(written)
    assert found is None or 0 < found.score <= 1


def test_two_bodies_of_one_name_are_told_apart_by_accents_or_not_at_all() -> None:
    two = Matcher([Candidate(1, "Hội Cá", ()), Candidate(2, "Hội Cà", ())])
    found = two.match("Hội Cà")
    assert found is not None
    assert found.candidate.id == 2
    assert two.match("Hoi Ca") is None


def test_the_throttle_opens_again_when_the_window_has_passed() -> None:
    now = datetime(2023, 10, 5, tzinfo=UTC)
    tries = [now - timedelta(minutes=10) + timedelta(seconds=n) for n in range(MAX_BY_LOGIN)]
    assert wait_needed(tries[1:], [], now) == timedelta(0)
    wait = wait_needed(tries, [], now)
    assert timedelta(0) < wait <= WINDOW
    assert wait_needed(tries, [], now + wait) == timedelta(0)


def test_logins_are_compared_as_people_type_them() -> None:
    assert normalize_login(" H.Trang@Example.VN ") == "h.trang@example.vn"
    assert normalize_login("+84 905.123.456") == normalize_login("0905 123 456") == "0905123456"
    assert normalize_login("84905123456") == "0905123456"


@pytest.mark.parametrize("login", ["0905123456", "trang@daklak.gov.vn", "a.b+c@x-y.vn"])
def test_phone_numbers_and_addresses_are_logins(login: str) -> None:
    assert is_login(normalize_login(login))


@pytest.mark.parametrize(
    "login", ["", "trang", "12345", "@x.vn", "a@b", "a b@c.vn", "0905123456789", "đ@x.vn", "0" * 300]
)
def test_anything_else_is_not(login: str) -> None:
    assert not is_login(normalize_login(login))
