"""What the matrix's units have of links, artwork and messages."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import SYSTEM
from raquan.kernel.ids import uuid7
from raquan.links.commands import count_visit, make_link, write_visits
from raquan.links.gateways import VISITS
from raquan.links.rules import Channel
from raquan.outreach import commands as outreach
from raquan.outreach.rules import Channel as PostChannel
from raquan.outreach.rules import Draft, Format, PostPlan
from raquan.people.rules import Action
from tests.matrix.hanging import hang

_DAYS = (date(2023, 9, 20), date(2023, 10, 15))
_SPACE = UUID("018b0000-0000-7000-8000-0000000000aa")
Told = dict[str, tuple[str, Action]]
"""Texts that stand on pages, by the names of their marks, and what lets one read them."""


def fill(things: dict[str, Any], now: datetime, unit: str) -> Told:
    """Give a unit what this is about; `things` learns the ids."""
    return _link(things, now, unit) | _outreach(things, now, unit) | hang(things, now, unit)


def _link(things: dict[str, Any], now: datetime, unit: str) -> Told:
    """Make the unit a link about its outing and let it be opened often, before the days that public figures count."""
    visits, channel = (73151, Channel.POSTER) if unit == "own" else (73152, Channel.ZALO)
    whose: dict[str, Any] = {"by": SYSTEM, "now": now, "channel": channel, "unit": things["organization_id"]}
    about = f"/2023/outings/{things['outing_code']}/"
    made = make_link(**whose, target=about, label=f"Đường dẫn riêng {unit}")
    day = date(2023, 9, 1)
    count_visit(link_id=made.id, day=day)
    VISITS.add(made.id, day, visits - 1)
    write_visits()
    things |= {"link_id": made.id, "link_code": made.code}
    return {
        "link": (f"Đường dẫn riêng {unit}", Action.LINK_MAKE),
        "visits": (f"{visits // 1000}.{visits % 1000}", Action.LINK_MAKE),
    }


def _outreach(things: dict[str, Any], now: datetime, unit: str) -> Told:
    """Give the unit a draft, an approved text and a message; a slogan, and a run over units, are the office's."""
    campaign_id = campaigns.campaigns()[0].id
    by: dict[str, Any] = {"by": SYSTEM, "now": now}
    texts = {"vi": "Dữ liệu số là tài sản"}
    request_id = uuid5(_SPACE, "slogan")
    slogan_id = outreach.add_slogan(**by, request_id=request_id, campaign_id=campaign_id, texts=texts)
    whose: dict[str, Any] = by | {
        "campaign_id": campaign_id, "organization_id": things["organization_id"], "slogan_id": slogan_id,
    }  # fmt: skip
    made = []
    for design, title, shared in (
        ("frame", f"Ấn phẩm riêng {unit}", False),
        ("loudspeaker", f"Lời đọc riêng {unit}", False),
        ("email", f"Chân thư chung {unit}", True),
    ):
        draft = Draft(design, title, *_DAYS, is_for_units=shared)
        made.append(outreach.draft_artwork(**whose, request_id=uuid7(), draft=draft))
    for one in made[1:]:
        outreach.submit_artwork(**by, artwork_id=one, seen=1)
        outreach.approve_artwork(**by, artwork_id=one, seen=2)
    run_id = outreach.start_artwork_run(**by, artwork_id=made[2], format_=Format.TXT)
    plan = PostPlan(PostChannel.FACEBOOK, now + timedelta(hours=2), f"Bài hẹn riêng {unit}", "Mời bà con dự lễ.")
    del whose["slogan_id"]
    post_id = outreach.plan_post(**whose, request_id=uuid7(), plan=plan)
    things |= {
        "slogan_id": slogan_id, "artwork_id": made[0], "approved_artwork": made[1], "shared_artwork": made[2],
        "artwork_run": run_id, "post_id": post_id,
    }  # fmt: skip
    return {
        "artwork": (f"Ấn phẩm riêng {unit}", Action.OUTREACH_WRITE),
        "post": (f"Bài hẹn riêng {unit}", Action.OUTREACH_WRITE),
    }
