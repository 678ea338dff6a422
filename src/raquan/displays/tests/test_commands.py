"""Places are asked, agree or decline; what hangs is proven; pages are looked at; what must show is counted."""

import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from PIL import Image

from raquan.displays import commands, queries
from raquan.displays.rules import Claim, Doer, Match, Outcome, PublicCounts, SiteKind, Way, named_after
from raquan.displays.tests.website import Website, copy_of
from raquan.files.queries import read_file
from raquan.kernel.clock import install_offset, real_now
from raquan.kernel.refused import NotAllowed
from raquan.outreach.commands import draw_artwork
from raquan.outreach.queries import artworks_by_id
from raquan.outreach.rules import Format
from raquan.outreach.tests.conftest import Make, Outreach
from raquan.people import queries as people_queries

Display = apps.get_model("displays.Display")
DisplayProof = apps.get_model("displays.DisplayProof")
DisplaySite = apps.get_model("displays.DisplaySite")
PageCheck = apps.get_model("displays.PageCheck")
OutboxMessage = apps.get_model("ledger.OutboxMessage")
Notice = apps.get_model("notices.Notice")


def _photo() -> bytes:
    """Take a photo that says where its camera was."""
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh của H’Trang"
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


PHOTO = _photo()


def _site(outreach: Outreach, now: datetime, kind: SiteKind, whose: int = 0, **more: Any) -> UUID:
    told = commands.SiteTold(more.pop("name", f"Nơi {kind.value}"), kind, more.pop("claim", Claim.MUST), **more)
    unit = outreach.units[whose]
    return commands.add_display_site(by=outreach.officers[whose], now=now, organization_id=unit, told=told)


def _ask(outreach: Outreach, now: datetime, artwork: UUID, *sites: UUID, **more: Any) -> int:
    days: dict[str, Any] = {"starts_on": date(2023, 10, 1), "ends_on": date(2023, 10, 12)} | more
    who: dict[str, Any] = {"prints": Doer.UNIT, "pays": Doer.OFFICE, "removes": Doer.SITE}
    return commands.ask_displays(by=outreach.office, now=now, artwork_id=artwork, site_ids=sites, **days, **who)


@pytest.fixture
def artwork(make: Make) -> UUID:
    """An approved post, picture and all."""
    return make(until="approved", design="post")


def test_a_shop_is_invited_declines_and_is_left_alone(outreach: Outreach, artwork: UUID, now: datetime) -> None:
    shop = _site(outreach, now, SiteKind.SHOP)
    assert DisplaySite.objects.get().claim == "invited"
    assert _ask(outreach, now, artwork, shop) == 1
    assert _ask(outreach, now, artwork, shop) == 0
    one = Display.objects.get()
    commands.decline_display(by=outreach.officers[0], now=now, display_id=one.id, seen=1)
    commands.decline_display(by=outreach.officers[0], now=now, display_id=one.id, seen=1)
    commands.remind_displays(now=now + timedelta(days=3))
    assert Notice.objects.filter(kind__startswith="displays").count() == 0
    assert queries.shares(outreach.office, outreach.campaign_id, now=now).total == 0


def test_who_must_show_is_reminded_until_there_is_a_proof(outreach: Outreach, artwork: UUID, now: datetime) -> None:
    desk = _site(outreach, now, SiteKind.ONE_STOP_SHOP)
    _ask(outreach, now, artwork, desk)
    one = Display.objects.get()
    with pytest.raises(commands.MustShow):
        commands.decline_display(by=outreach.office, now=now, display_id=one.id, seen=1)
    commands.remind_displays(now=now)
    commands.remind_displays(now=now)
    told = Notice.objects.get(kind="displays.unproven")
    assert told.settled_at is None
    by = outreach.officers[0]
    commands.state_shown(by=by, now=now, display_id=one.id, place="Anh Y Thử nói", request_id=uuid4())
    share = queries.shares(outreach.office, outreach.campaign_id, now=now).items[0]
    assert (share.proven, share.wanted, share.stated) == (0, 1, 1)
    request_id = uuid4()
    photo = {"photo": PHOTO, "seen_at": now, "place": "Trước quầy số 1", "request_id": request_id}
    first = commands.prove_by_photo(by=by, now=now, display_id=one.id, **photo)  # type: ignore[arg-type]
    assert commands.prove_by_photo(by=by, now=now, display_id=one.id, **photo) == first  # type: ignore[arg-type]
    assert b"Exif" in PHOTO
    kept = read_file(DisplayProof.objects.get(kind="photo").picture_sha256)
    assert b"Exif" not in kept
    share = queries.shares(outreach.office, outreach.campaign_id, now=now).items[0]
    assert (share.proven, share.wanted, share.part) == (1, 1, 1.0)
    told.refresh_from_db()
    assert told.settled_at is not None
    with pytest.raises(commands.SeenLater):
        commands.prove_by_photo(
            by=by,
            now=now,
            display_id=one.id,
            photo=PHOTO,
            seen_at=now + timedelta(hours=1),
            place="",
            request_id=uuid4(),
        )
    assert commands.expire_displays(now=now) == 0
    assert commands.expire_displays(now=now + timedelta(days=10)) == 1
    one.refresh_from_db()
    assert one.state == "due_down"
    commands.remove_display(by=by, now=now, display_id=one.id, seen=one.edition)
    assert Notice.objects.filter(settled_at__isnull=True).filter(kind__startswith="displays").count() == 0


def test_a_unit_touches_its_own_places_alone(outreach: Outreach, artwork: UUID, make: Make, now: datetime) -> None:
    desk, other = _site(outreach, now, SiteKind.LED), _site(outreach, now, SiteKind.LED, 1)
    _ask(outreach, now, artwork, desk, other)
    assert queries.displays(outreach.officers[0]).total == 1
    theirs = Display.objects.get(site_id=other)
    with pytest.raises(NotAllowed):
        commands.agree_display(by=outreach.officers[0], now=now, display_id=theirs.id, seen=1)
    with pytest.raises(NotAllowed):
        commands.end_display_site(
            by=outreach.officers[0], now=now, site_id=other, on=date(2023, 10, 5), reason="x", seen=1
        )
    commands.agree_display(by=outreach.office, now=now, display_id=theirs.id, seen=1)
    with pytest.raises(commands.Changed):
        commands.agree_display(by=outreach.office, now=now, display_id=theirs.id, seen=0)
    with pytest.raises(commands.ArtworkNotApproved):
        _ask(outreach, now, make(until="drafted"), desk)


@pytest.mark.slow
def test_a_page_proves_what_it_shows(outreach: Outreach, artwork: UUID, now: datetime, website: Website) -> None:
    picture = read_file(apps.get_model("outreach.Artwork").objects.get(id=artwork).picture_sha256)
    website.put("/", '<div data-bg="/anh.webp"></div><img src="/bieu-trung.png">', ETag='"1"')
    website.put("/anh.webp", copy_of(picture, 0.4, "WEBP", 40), "image/webp")
    page = _site(outreach, now, SiteKind.PORTAL, page_url=f"{website.url}/")
    assert commands.check_page(now=now, site_id=page) is None  # nothing is asked of it yet
    _ask(outreach, now, artwork, page)
    assert commands.claim_checks(now=now) == 1
    assert commands.claim_checks(now=now) == 0
    assert OutboxMessage.objects.get(topic=commands.CHECK_TOPIC).payload == {"site": str(page)}
    assert commands.check_page(now=now, site_id=page) is Outcome.FOUND
    proof = DisplayProof.objects.get()
    assert proof.detail["way"] == "same_picture"
    assert proof.detail["picture"] == f"{website.url}/anh.webp"
    assert len(proof.detail["page"]) == 64
    assert read_file(proof.picture_sha256).startswith(b"\xff\xd8")
    assert Display.objects.get().state == "up"
    later = now + timedelta(days=1)
    assert commands.check_page(now=later, site_id=page) is Outcome.UNCHANGED
    assert Display.objects.get().proven_at == later
    website.put("/", "<p>Không còn</p>", ETag='"2"')
    assert commands.check_page(now=later, site_id=page) is Outcome.MISSING
    assert website.asked[-1][1].get("If-None-Match") == '"1"'
    assert PageCheck.objects.count() == 3
    website.pages.clear()
    website.put("/", "", status=500)
    assert commands.check_page(now=later, site_id=page) is Outcome.UNREACHED


def test_a_short_link_on_the_page_proves_it_too(
    outreach: Outreach, artwork: UUID, now: datetime, website: Website
) -> None:
    row = apps.get_model("outreach.Artwork").objects.get(id=artwork)
    row.wording = {**(row.wording or {}), "link": f"{settings.RAQUAN_PUBLIC_URL}/l/7k2qw"}
    row.save()
    website.put("/", f'<a href="{settings.RAQUAN_PUBLIC_URL}/l/7K2QW">Ra quân</a>')
    page = _site(outreach, now, SiteKind.PORTAL, page_url=f"{website.url}/")
    _ask(outreach, now, artwork, page)
    assert commands.check_page(now=now, site_id=page) is Outcome.FOUND
    assert DisplayProof.objects.get().detail["way"] == "link"


def test_a_checker_never_looks_inside(
    outreach: Outreach, artwork: UUID, now: datetime, website: Website, settings: Any
) -> None:
    settings.RAQUAN_CHECK_PRIVATE = False
    page = _site(outreach, now, SiteKind.PORTAL, page_url=f"{website.url}/")
    _ask(outreach, now, artwork, page)
    assert commands.check_page(now=now, site_id=page) is Outcome.UNREACHED
    assert website.asked == []


def test_everybody_is_told_of_places_by_their_best_proof(
    outreach: Outreach, make: Make, artwork: UUID, now: datetime, client: Client
) -> None:
    kinds = (SiteKind.ONE_STOP_SHOP, SiteKind.LED, SiteKind.STREET, SiteKind.SHOP)
    sites = [_site(outreach, now, kind, name=f"Nơi {kind.value}") for kind in kinds]
    _ask(outreach, now, artwork, *sites)
    _ask(outreach, now, make(until="approved", design="banner"), sites[0])  # a place of two counts once
    _ask(outreach, now, artwork, _site(outreach, now, SiteKind.OTHER, name="Mai mới treo"), starts_on=date(2023, 10, 9))
    of = {one.site.kind: one.id for one in Display.objects.filter(artwork_id=artwork).select_related("site")}
    match: dict[str, Any] = {"match": Match(Way.SAME_FILE), "url": "https://xa.example/", "page": ""}
    commands.prove_by_page(now=now, display_id=of["one_stop_shop"], **match)
    said: dict[str, Any] = {"by": outreach.office, "now": now, "place": "Trước cửa"}
    commands.state_shown(display_id=of["led"], request_id=uuid4(), **said)
    assert queries.public_counts(outreach.campaign_id, now=now) == PublicCounts(3, 1, 0, 1, 0)
    for kind in ("led", "shop"):
        commands.prove_by_photo(display_id=of[kind], photo=PHOTO, seen_at=now, request_id=uuid4(), **said)
    assert queries.public_counts(outreach.campaign_id, now=now) == PublicCounts(3, 1, 1, 0, 1)
    install_offset(now - real_now())
    page = client.get("/2023/results/").content.decode()
    install_offset(timedelta(0))
    assert "2 trên 3 nơi" in page
    assert "Nơi shop" not in page


@pytest.mark.slow
def test_a_unit_s_own_print_is_known_on_its_page_and_another_s_is_not(
    outreach: Outreach, make: Make, now: datetime, website: Website
) -> None:
    shared = make(until="approved", by=outreach.office, is_for_units=True, design="post")
    view = artworks_by_id([shared], now=now)[shared]
    names = ("Xã Ea Kpam", "Ủy ban nhân dân phường Buôn Ma Thuột, trung tâm tỉnh Đắk Lắk")
    own, other = (draw_artwork(view, Format.PNG, unit_name=name).data for name in names)
    website.put("/", '<img src="/anh.jpg">')
    page = _site(outreach, now, SiteKind.PORTAL, page_url=f"{website.url}/")
    _ask(outreach, now, shared, page)
    website.put("/anh.jpg", copy_of(other, 0.6, "JPEG", 75), "image/jpeg")
    assert commands.check_page(now=now, site_id=page) is Outcome.MISSING
    website.put("/anh.jpg", copy_of(own, 0.6, "JPEG", 75), "image/jpeg")
    assert commands.check_page(now=now, site_id=page) is Outcome.FOUND
    assert DisplayProof.objects.get().detail["way"] == Way.SAME_PICTURE.value


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ("UBND xã Ea Tu", "Ea Tu"),
        ("Ủy ban nhân dân phường Buôn Ma Thuột", "Buôn Ma Thuột"),
        ("Uỷ ban nhân dân thị xã Buôn Hồ", "Buôn Hồ"),
        ("Xã Ea Kpam", "Ea Kpam"),
        ("Sở Y tế", "Sở Y tế"),
        ("Xã", "Xã"),
    ],
)
def test_a_unit_is_called_after_its_place(unit: str, place: str) -> None:
    assert named_after(unit) == place


def test_a_code_begins_with_the_place_and_older_ones_still_hold(
    outreach: Outreach, artwork: UUID, make: Make, now: datetime
) -> None:
    cumgar = people_queries.organization(outreach.field.cumgar_id)
    assert cumgar is not None
    told = commands.SiteTold("Ngã ba", SiteKind.STREET, Claim.MUST)
    there = commands.add_display_site(by=outreach.office, now=now, organization_id=cumgar.id, told=told)
    _ask(outreach, now, artwork, there, _site(outreach, now, SiteKind.STREET))
    codes = dict(Display.objects.values_list("site__name", "code"))
    assert {name: code[:4] for name, code in codes.items()} == {"Ngã ba": "CMG-", "Nơi street": "EKP-"}
    assert {len(code) for code in codes.values()} == {10}, "neither an outing's nor a help desk's"
    Display.objects.filter(site_id=there).update(code="UBN-7K2QAD")  # printed before codes said where
    found = queries.meant_by(outreach.office, "ubn 7k2qad", now=now)
    assert found == queries.Meant(Display.objects.get(site_id=there).id)
