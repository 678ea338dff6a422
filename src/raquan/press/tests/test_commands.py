"""A publication is written, published, corrected in the open, withdrawn."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from raquan.analytics.tests.conftest import Send
from raquan.capture.tests.world import Field
from raquan.files import queries as files
from raquan.kernel.actor import SYSTEM
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import Conflict, NotAllowed, NotFound
from raquan.press import commands, queries
from raquan.press.commands import ItemSaid, PictureSaid, Written
from raquan.press.rules import Kind, PhotoConsent
from raquan.press.tests.conftest import TEXT, Draft

OTHER = Written(title="Tiêu đề khác", body="Nội dung khác.", dated_on=date(2023, 10, 6), number="12", contact="Sở")


def publish(field: Field, now: datetime, one: UUID, **when: Any) -> None:
    commands.publish_publication(by=field.office, now=now, publication_id=one, seen=1, **when)


def shown(now: datetime, kind: Kind = Kind.RELEASE) -> queries.PublicationView | None:
    return queries.shown_publication(2023, kind, 1, now=now)


def test_figures_are_filled_from_the_snapshot_and_stay(
    field: Field, send: Send, snapshot_id: UUID, draft: Draft, now: datetime
) -> None:
    one = draft(body=TEXT, snapshot_id=snapshot_id)
    assert shown(now) is None
    publish(field, now, one)
    send({})
    view = shown(now)
    assert view
    assert view.line.state == "published"
    assert view.snapshot
    assert "".join(span.text for span in view.blocks[0].rows[0]) == "Đã có 8 lượt hỗ trợ."
    (figure,) = view.figures
    assert str(snapshot_id) in figure.address
    assert figure.definition
    assert figure.grade


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("{{assists}", queries.PlaceWrong),
        ("{{ghosts}}", queries.FigureUnknown),
        ("{{assists by planet = 3}}", queries.FigureUnknown),
        ("{{assists by district = 000}}", queries.FigureHidden),
    ],
)
def test_a_place_that_cannot_be_filled_stops_it(
    field: Field, snapshot_id: UUID, draft: Draft, now: datetime, body: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        publish(field, now, draft(body=body, snapshot_id=snapshot_id))


def test_small_numbers_are_not_published(field: Field, send: Send, draft: Draft, now: datetime) -> None:
    from raquan.analytics.commands import freeze_snapshot

    send({}, {}, {})
    frozen = freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    with pytest.raises(queries.FigureHidden):
        publish(field, now, draft(body=TEXT, snapshot_id=frozen))


def test_places_need_a_snapshot_and_a_release_its_number(field: Field, draft: Draft, now: datetime) -> None:
    with pytest.raises(queries.SnapshotMissing):
        publish(field, now, draft(body=TEXT))
    with pytest.raises(commands.NumberMissing):
        publish(field, now, draft(number=""))
    publish(field, now, draft(Kind.NEWS, number="", contact=""))
    with pytest.raises(NotFound):
        draft(snapshot_id=uuid7())


def test_only_the_office_writes(field: Field, draft: Draft, now: datetime) -> None:
    one = draft()
    with pytest.raises(NotAllowed):
        commands.publish_publication(by=field.officer, now=now, publication_id=one, seen=1)
    with pytest.raises(NotAllowed):
        queries.publication(field.officer, one)


def test_sending_a_draft_twice_makes_one(field: Field, now: datetime) -> None:
    told: dict[str, Any] = {"by": field.office, "now": now, "publication_id": uuid7(), "campaign_id": field.campaign_id}
    written = Written(title="Tin", body="Nội dung", dated_on=date(2023, 10, 6))
    for _ in range(2):
        commands.start_publication(**told, kind=Kind.NEWS, written=written)
    assert queries.publications(field.office, field.campaign_id).total == 1
    with pytest.raises(Conflict):
        commands.start_publication(**told, kind=Kind.NEWS, written=OTHER)


def test_of_two_officers_one_is_told(field: Field, draft: Draft, now: datetime) -> None:
    one = draft()
    told: dict[str, Any] = {"by": field.office, "now": now, "publication_id": one, "seen": 1}
    commands.change_publication(**told, written=OTHER)
    commands.change_publication(**told, written=OTHER)
    with pytest.raises(commands.ChangedMeanwhile):
        publish(field, now, one)
    assert queries.publication(field.office, one).version == 2


def test_a_correction_says_what_and_why_and_keeps_the_old_text(field: Field, draft: Draft, now: datetime) -> None:
    one = draft()
    publish(field, now, one)
    publish(field, now, one)
    told: dict[str, Any] = {"by": field.office, "now": now, "publication_id": one, "seen": 2, "written": OTHER}
    with pytest.raises(commands.ReasonMissing):
        commands.correct_publication(**told, what="", why="Sai")
    for _ in range(2):
        commands.correct_publication(**told, what="Sửa tiêu đề", why="Ghi nhầm nơi")
    view = shown(now)
    assert view
    assert view.line.state == "corrected"
    assert view.line.title == "Tiêu đề khác"
    (correction,) = view.corrections
    assert (correction.what, correction.why) == ("Sửa tiêu đề", "Ghi nhầm nơi")
    assert correction.before_title == "Hơn một tuần ra quân ở Cư M’gar"
    with pytest.raises(commands.ChangedMeanwhile):
        commands.change_publication(
            by=field.office,
            now=now,
            publication_id=one,
            seen=3,
            written=Written(title="Lặng lẽ", body="Sửa", dated_on=date(2023, 10, 6)),
        )


def test_withdrawn_keeps_its_address_and_says_why(field: Field, draft: Draft, now: datetime) -> None:
    one = draft()
    publish(field, now, one)
    told: dict[str, Any] = {"by": field.office, "now": now, "publication_id": one, "seen": 2}
    with pytest.raises(commands.ReasonMissing):
        commands.withdraw_publication(**told, reason=" ")
    for _ in range(2):
        commands.withdraw_publication(**told, reason="Số liệu sai")
    view = shown(now)
    assert view
    assert view.line.withdraw_reason == "Số liệu sai"
    assert view.blocks == ()
    assert view.line.lead == ""


def test_news_come_at_their_moment_and_end(field: Field, draft: Draft, now: datetime) -> None:
    one = draft(Kind.NEWS)
    hour = timedelta(hours=1)
    with pytest.raises(commands.EndsBeforeBegin):
        publish(field, now, one, shown_from=now + hour, shown_until=now + hour)
    publish(field, now, one, shown_from=now + hour, shown_until=now + 3 * hour)
    seen = [shown(now + n * hour, Kind.NEWS) is not None for n in range(4)]
    assert seen == [False, True, True, False]
    commands.end_publication(by=field.office, now=now + 2 * hour, publication_id=one, seen=2)
    assert shown(now + 2 * hour, Kind.NEWS) is None


def test_a_draft_can_be_dropped_and_not_published_then(field: Field, draft: Draft, now: datetime) -> None:
    one = draft()
    for _ in range(2):
        commands.drop_publication(by=field.office, now=now, publication_id=one, seen=1)
    with pytest.raises(commands.ChangedMeanwhile):
        commands.publish_publication(by=field.office, now=now, publication_id=one, seen=2)


def photo(width: int = 900) -> bytes:
    file = BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "Máy của bà H’Trang"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (width, width // 2), (90, 120, 60)).save(file, "JPEG", exif=exif)
    return file.getvalue()


SAID = PictureSaid("Cán bộ chỉ cách dùng điện thoại", "Ở chợ", "Sở TT&TT", "cc_by", PhotoConsent.NOBODY)


def test_a_photo_is_small_in_several_widths_and_says_nothing_of_its_camera(
    field: Field, draft: Draft, now: datetime
) -> None:
    one = draft()
    told: dict[str, Any] = {"by": field.office, "now": now, "publication_id": one}
    made = commands.add_picture(**told, data=photo(), said=SAID)
    assert commands.add_picture(**told, data=photo(), said=SAID) == made
    with pytest.raises(NotFound):
        queries.picture_file(2023, made, 360, now=now)
    publish(field, now, one)
    for width in (360, 720, 900):
        data = files.read_file(queries.picture_file(2023, made, width, now=now))
        opened = Image.open(BytesIO(data))
        assert opened.width == width
        assert not opened.getexif()
    commands.take_off_picture(by=field.office, now=now, picture_id=made, reason="Rút lại sự đồng ý")
    with pytest.raises(NotFound):
        queries.picture_file(2023, made, 360, now=now)


def test_a_photo_of_people_needs_their_consent_to_its_publication(field: Field, draft: Draft, now: datetime) -> None:
    told: dict[str, Any] = {"by": field.office, "now": now, "publication_id": draft(), "data": photo()}
    people = PictureSaid("Bà con ở chợ", "Chợ", "Sở", "cc_by", PhotoConsent.AGREED)
    with pytest.raises(commands.ConsentMissing):
        commands.add_picture(**told, said=people)
    with pytest.raises(commands.AlternativeMissing):
        commands.add_picture(**told, said=PictureSaid("", "Chợ", "Sở", "cc_by", PhotoConsent.NOBODY))


def test_the_programme_is_added_changed_cancelled(field: Field, now: datetime) -> None:
    told: dict[str, Any] = {"by": field.office, "now": now, "item_id": uuid7()}
    said = ItemSaid(time(8), "Quảng trường 10/3", "Lễ phát động", time(9, 30), "UBND tỉnh")
    for _ in range(2):
        commands.add_programme_item(**told, campaign_id=field.campaign_id, said=said)
    later = ItemSaid(time(8, 30), "Quảng trường 10/3", "Lễ phát động", time(9, 30), "UBND tỉnh")
    for _ in range(2):
        commands.change_programme_item(**told, seen=1, said=later)
    with pytest.raises(commands.ChangedMeanwhile):
        commands.cancel_programme_item(**told, seen=1, reason="Mưa")
    commands.cancel_programme_item(**told, seen=2, reason="Mưa")
    (line,) = queries.programme(field.campaign_id)
    assert (line.when, line.cancel_reason) == ("08:30–09:30", "Mưa")
    with pytest.raises(commands.ItemIncomplete):
        commands.add_programme_item(
            by=field.office,
            now=now,
            item_id=uuid7(),
            campaign_id=field.campaign_id,
            said=ItemSaid(time(9), "Chợ", "Hội", time(8)),
        )
