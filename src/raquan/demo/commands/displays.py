"""Gives the demo places that must or may show, and what hangs there in every state; places and proofs are invented."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.demo.commands.ground import NotADemo
from raquan.demo.commands.market import MARK
from raquan.displays import commands
from raquan.displays import queries as displays
from raquan.displays.rules import Claim, Doer, Match, SiteKind, Way
from raquan.files import queries as files
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import local_date
from raquan.outreach import queries as outreach
from raquan.outreach.queries import ArtworkView
from raquan.outreach.rules import ArtworkState
from raquan.people import queries as people
from raquan.people.rules import Level

SHOPS = (
    "Điện máy Hồ Thử",
    "Tạp hóa Đất Đỏ",
    "Quán cà phê Mẫu",
    "Nhà sách Ví Dụ",
    "Nông cụ Cao Nguyên",
    "Thuốc tây Thử",
)
HANGS_LONG, ENDED, UNPROVEN, FRESH = (-6, 6), (-8, -1), (-4, 6), (0, 6)
"""First and last day of a display, counted from the demo's day."""


class _Planned(NamedTuple):
    """A place, what hangs there from when, and how far that goes."""

    name: str
    kind: SiteKind
    design: str
    state: str
    days: tuple[int, int]


def load_displays(now: datetime) -> None:
    """Make it all at once, or nothing; what is there stays as it is."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    shown = _shown(campaign, now)
    units = [(one.id, one.name) for one in people.organizations_of_level(Level.DISTRICT.value)]
    with transaction.atomic():
        if displays.sites(SYSTEM).total:
            return
        for number, one in enumerate(_planned()):
            unit_id, unit = units[number % len(units)]
            _hang(now, number, one, unit_id, unit, shown[one.design])
        commands.expire_displays(now=now)
        commands.remind_displays(now=now)


def _planned() -> list[_Planned]:
    """List the places: half of the state's own have a proof, some are late, some are over; shops do as they like."""
    portal = partial(_Planned, "Trang thông tin điện tử", SiteKind.PORTAL, "share")
    desk = partial(_Planned, "Bộ phận một cửa", SiteKind.ONE_STOP_SHOP, "poster")
    led = partial(_Planned, "Màn hình LED trung tâm", SiteKind.LED, "post")
    street = partial(_Planned, "Trục đường chính", SiteKind.STREET, "banner")
    states = {
        portal: [("page", HANGS_LONG)] * 6 + [("asked", UNPROVEN)] * 2 + [("stated", HANGS_LONG)],
        desk: [("photo", HANGS_LONG)] * 5 + [("stated", HANGS_LONG), ("agreed", UNPROVEN), ("asked", FRESH)],
        led: [("photo", HANGS_LONG), ("photo", ENDED), ("asked", UNPROVEN), ("removed", ENDED)],
        street: [("photo", ENDED), ("photo", HANGS_LONG), ("agreed", FRESH)],
    }
    owned = [make(state, days) for make, all_ in states.items() for state, days in all_]
    taken = ("photo", "agreed", "declined", "asked", "photo", "declined")
    shops = zip(SHOPS, taken, strict=True)
    return owned + [_Planned(name, SiteKind.SHOP, "poster", state, HANGS_LONG) for name, state in shops]


def _shown(campaign: CampaignView, now: datetime) -> dict[str, ArtworkView]:
    """Give the approved artwork that is for all units, by design."""
    found = outreach.artworks(SYSTEM, campaign.id, now=now, state=ArtworkState.APPROVED.value).items
    return {one.design.code: one for one in found if one.is_for_units}


def _hang(now: datetime, number: int, one: _Planned, unit_id: UUID, unit: str, artwork: ArtworkView) -> None:
    is_shop, is_page = one.kind is SiteKind.SHOP, one.kind is SiteKind.PORTAL
    url = f"https://trang-{number + 1}.mo-phong.invalid/" if is_page else ""  # RFC 2606: leads nowhere
    told = commands.SiteTold(
        name=f"{MARK}{one.name}" if is_shop else f"{MARK}{one.name} {unit.removeprefix('UBND ')}",
        kind=one.kind,
        claim=Claim.INVITED if is_shop else Claim.MUST,
        address="" if is_page else f"Số {number + 1}, đường Mô Phỏng",
        page_url=url,
    )
    site_id = commands.add_display_site(by=SYSTEM, now=now, organization_id=unit_id, told=told)
    today: date = local_date(now)
    first, last = (today + timedelta(days=day) for day in one.days)
    commands.ask_displays(
        by=SYSTEM,
        now=now,
        artwork_id=artwork.id,
        site_ids=[site_id],
        starts_on=first,
        ends_on=last,
        prints=Doer.SITE if is_page else Doer.OFFICE,
        pays=Doer.OFFICE,
        removes=Doer.UNIT if is_shop else Doer.SITE,
    )
    display_id = displays.displays(SYSTEM, site_id=site_id).items[0].id
    _go_on(now, one, display_id, artwork, url)


def _go_on(now: datetime, one: _Planned, display_id: UUID, artwork: ArtworkView, url: str) -> None:
    """Let a display come to its state: its shop answers, somebody proves it, it is taken down."""
    asked: dict[str, Any] = {"by": SYSTEM, "now": now, "display_id": display_id}
    request_id = uuid5(display_id, "proof")
    if one.state == "agreed":
        commands.agree_display(**asked, seen=1)
    elif one.state == "declined":
        commands.decline_display(**asked, seen=1)
    elif one.state == "stated":
        commands.state_shown(**asked, place=f"{MARK}Văn thư gọi điện báo đã đăng", request_id=request_id)
    elif one.state == "page":  # as a look at the page would have found it: the page itself is nowhere
        match = Match(Way.SAME_PICTURE, f"{url}anh.jpg", distance=12, difference=4.5)
        commands.prove_by_page(now=now, display_id=display_id, match=match, url=url, page="")
    elif one.state in ("photo", "removed"):
        # Nobody stood there with a camera: the artwork's own picture stands for the photo.
        photo, seen_at = files.read_file(artwork.picture_sha256), now + timedelta(days=one.days[0], hours=2)
        place = f"{MARK}Ảnh mẫu, không phải ảnh chụp thật"
        commands.prove_by_photo(**asked, photo=photo, seen_at=seen_at, place=place, request_id=request_id)
        if one.state == "removed":
            commands.remove_display(**asked, seen=2)
