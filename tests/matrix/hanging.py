"""What the matrix's units have of displays: an invited place with a photo, and a place of its own that must show."""

import io
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.apps import apps
from PIL import Image

from raquan.displays import commands as displays
from raquan.displays.rules import Claim, Doer, SiteKind
from raquan.kernel.actor import SYSTEM
from raquan.people.rules import Action


def hang(things: dict[str, Any], now: datetime, unit: str) -> dict[str, tuple[str, Action]]:
    """Give the unit an invited place where an artwork hangs, with a photo, and a place of its own that must show."""
    whose = things["organization_id"]
    shop = displays.SiteTold(f"Siêu thị riêng {unit}", SiteKind.SHOP, Claim.INVITED, page_url="https://sieu-thi.vn/")
    desk = displays.SiteTold(f"Một cửa riêng {unit}", SiteKind.ONE_STOP_SHOP, Claim.MUST)
    spare = displays.SiteTold(f"Màn hình riêng {unit}", SiteKind.LED, Claim.MUST)
    sites = [
        displays.add_display_site(by=SYSTEM, now=now, organization_id=whose, told=one) for one in (shop, desk, spare)
    ]
    displays.ask_displays(
        by=SYSTEM,
        now=now,
        artwork_id=things["shared_artwork"],
        site_ids=sites[:2],
        starts_on=date(2023, 10, 1),
        ends_on=date(2023, 10, 12),
        prints=Doer.UNIT,
        pays=Doer.UNIT,
        removes=Doer.SITE,
    )
    hung = apps.get_model("displays.Display").objects.get(site_id=sites[0]).id
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(written, "JPEG")
    proof = displays.prove_by_photo(
        by=SYSTEM,
        now=now,
        display_id=hung,
        photo=written.getvalue(),
        seen_at=now,
        place=f"Cửa chính {unit}",
        request_id=uuid4(),
    )
    report = apps.get_model("displays.DisplayReport").objects.create(
        root_instance_id=f"uuid:treo-{unit}",
        submission_id=things["submission_id"],
        is_new=False,
        state="unknown",
        organization_id=whose,
        seen_at=now,
        received_at=now,
        place=f"Cổng chợ {unit}",
        by_name=f"Người chụp {unit}",
        picture_sha256=apps.get_model("displays.DisplayProof").objects.get(id=proof).picture_sha256,
    )
    things |= {"display_report_id": report.id}
    things |= {"display_code": apps.get_model("displays.Display").objects.get(id=hung).code}
    ids = {"display_site_id": sites[0], "spare_display_site": sites[2], "display_id": hung, "proof_id": proof}
    things |= ids
    return {
        "display site": (f"Siêu thị riêng {unit}", Action.DISPLAY_MANAGE),
        "proof": (f"Cửa chính {unit}", Action.DISPLAY_MANAGE),
        "display report": (f"Người chụp {unit}", Action.DISPLAY_MANAGE),
    }
