"""Photos of a booth: small, without their camera, with consent, by whom and until when; taken off they are gone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from PIL import Image

from raquan.exhibitions import commands, queries
from raquan.exhibitions.commands import PhotoSaid
from raquan.exhibitions.rules import MOST_PHOTOS
from raquan.exhibitions.tests.conftest import Apply, Fair, Hold, Running, edition
from raquan.files import queries as files
from raquan.files.rules import PhotoTooLarge, PhotoUnreadable
from raquan.kernel.refused import NotAllowed, NotFound

AuditEntry = apps.get_model("ledger.AuditEntry")
Notice = apps.get_model("notices.Notice")
BoothPhoto = apps.get_model("exhibitions.BoothPhoto")

SAID = PhotoSaid("Máy sấy cà phê", agrees=True)


def picture(tint: int = 0, width: int = 1600) -> bytes:
    """Give a photo as a phone makes it, with the place in it."""
    file = BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "Máy của bà H’Trang"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (width, width * 3 // 4), (tint, 120, 60)).save(file, "JPEG", exif=exif)
    return file.getvalue()


Add = Callable[..., UUID]


@pytest.fixture
def add(fair: Fair, running: Running, now: datetime) -> Add:
    """Add a photo to the booth that is there, by its enterprise unless told otherwise."""

    def make(tint: int = 0, said: PhotoSaid = SAID, **other: Any) -> UUID:
        told: dict[str, Any] = {"by": fair.officers[0], "now": now, "application_id": running.booth}
        return commands.add_booth_photo(**told | {"data": picture(tint)} | other, said=said)

    return make


def _shown(running: Running, now: datetime) -> list[str]:
    found = queries.public_booth(running.code, now=now)
    return [one.caption for one in queries.booth_photos(found[0])] if found else []


def test_a_photo_is_small_and_says_nothing_of_its_camera(add: Add, running: Running, fair: Fair, now: datetime) -> None:
    made = add()
    assert add() == made
    for width, most in ((240, 12_000), (1080, 120_000)):
        data = files.read_file(queries.public_photo_file(2023, made, width))
        opened = Image.open(BytesIO(data))
        assert (opened.width, opened.height, len(data) < most) == (width, width * 3 // 4, True)
        assert not opened.getexif()
        assert files.read_file(queries.photo_file(fair.unit, made, width, now=now)) == data
    with pytest.raises(NotFound):
        queries.public_photo_file(2023, made, 1600)
    with pytest.raises(NotFound):
        queries.public_photo_file(2022, made, 240)
    with pytest.raises(NotAllowed):
        queries.photo_file(fair.officers[1], made, 240, now=now)
    found = queries.public_booth(running.code, now=now)
    assert found is not None
    (view,) = queries.booth_photos(found[0])
    assert [(one.width, one.height) for one in view.files] == [(240, 180), (1080, 810)]
    assert AuditEntry.objects.filter(verb="add_booth_photo", subject_id=running.booth).count() == 1


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({"said": PhotoSaid(" ", agrees=True)}, commands.CaptionMissing),
        ({"said": PhotoSaid("Quầy", agrees=False)}, commands.PhotoConsentMissing),
        ({"data": b"GIF89a"}, PhotoUnreadable),
        ({"data": b"\xff\xd8" + bytes(12 * 1024 * 1024)}, PhotoTooLarge),
        ({"application_id": uuid4()}, NotFound),
    ],
)
def test_what_cannot_be_shown_is_refused(add: Add, other: dict[str, Any], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        add(**other)
    assert not BoothPhoto.objects.exists()


def test_only_the_enterprise_and_the_organizer_add_and_no_more_than_fit(add: Add, fair: Fair) -> None:
    with pytest.raises(NotAllowed):
        add(by=fair.officers[1])
    add(by=fair.unit)
    for tint in range(1, MOST_PHOTOS):
        add(tint * 40)
    with pytest.raises(commands.PhotosFull):
        add(250)
    add(by=fair.unit)  # it stands there already
    assert BoothPhoto.objects.count() == MOST_PHOTOS


def test_a_booth_takes_photos_from_its_allocation_until_the_end(
    add: Add, fair: Fair, running: Running, hold: Hold, apply: Apply, now: datetime
) -> None:
    waits = apply(hold(name="Triển lãm khác"))
    with pytest.raises(commands.PhotosClosed):
        add(application_id=waits)
    made = add()
    late = now + timedelta(days=3)
    with pytest.raises(commands.PhotosClosed):
        add(40, now=late)
    with pytest.raises(commands.PhotosClosed):
        commands.take_off_booth_photo(by=fair.officers[0], now=late, photo_id=made)
    commands.take_off_booth_photo(by=fair.unit, now=late, photo_id=made, reason="Bà con rút lại đồng ý")
    assert not _shown(running, late)


def test_the_enterprise_takes_off_freely_the_organizer_with_a_reason(
    add: Add, fair: Fair, running: Running, now: datetime
) -> None:
    first, second = add(), add(90, PhotoSaid("Tem truy xuất", agrees=True))
    with pytest.raises(NotAllowed):
        commands.take_off_booth_photo(by=fair.officers[1], now=now, photo_id=first)
    with pytest.raises(commands.ReasonMissing):
        commands.take_off_booth_photo(by=fair.unit, now=now, photo_id=first, reason=" ")
    commands.take_off_booth_photo(by=fair.officers[0], now=now, photo_id=first)
    assert _shown(running, now) == ["Tem truy xuất"]
    for _again in range(2):
        commands.take_off_booth_photo(by=fair.unit, now=now, photo_id=second, reason="Nhận ra trẻ em")
    assert not _shown(running, now)
    with pytest.raises(NotFound):
        queries.public_photo_file(2023, second, 240)
    taken_off = AuditEntry.objects.filter(verb="take_off_booth_photo")
    assert [one.detail["reason"] for one in taken_off.order_by("id")] == ["", "Nhận ra trẻ em"]
    told = Notice.objects.get(kind__startswith="exhibitions.photo.")  # what the enterprise did itself it knows
    assert (told.params["why"], told.organization_id) == ("Nhận ra trẻ em", fair.enterprises[0])
    add()  # what was taken off may be put up again
    assert _shown(running, now) == ["Máy sấy cà phê"]


def test_a_booth_that_was_given_back_shows_none(add: Add, fair: Fair, running: Running, now: datetime) -> None:
    made = add()
    seen = queries.application(fair.unit, running.booth, now=now).edition
    commands.withdraw_application(by=fair.officers[0], now=now, application_id=running.booth, seen=seen)
    with pytest.raises(NotFound):
        queries.public_photo_file(2023, made, 240)
    assert not queries.booth_photos(queries.application(fair.unit, running.booth, now=now))


def test_a_cancelled_exhibition_shows_none(add: Add, fair: Fair, running: Running, now: datetime) -> None:
    made = add()
    seen = edition(fair, running.held, now)
    commands.cancel_exhibition(by=fair.unit, now=now, exhibition_id=running.held, seen=seen, reason="Bão")
    with pytest.raises(NotFound):
        queries.public_photo_file(2023, made, 240)
