"""What the office has published and is still writing, and the cases of its pages."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.people.rules import Action
from raquan.press import commands
from raquan.press.commands import ItemSaid, PictureSaid, Written
from raquan.press.rules import Kind, PhotoConsent, PressItemSaid
from tests.matrix.case import NEW, Case, Write, change, listing
from tests.matrix.world import Mark, World

REPORTED = "Bài báo mà chỉ cơ quan thường trực theo dõi"
SECRET = "Bản nháp chưa ai được đọc"
TEXT = {"title": "Tin thử", "body": "Nội dung thử", "dated_on": "6/10/2023"}
ITEM = {"starts_at": "10:00", "ends_at": "11:00", "what": "Hội thảo", "place": "Hội trường"}
SAID = {"alternative": "Chợ", "caption": "Ở chợ", "credit": "Sở", "licence": "cc_by", "consent": "nobody"}


def add_press(world: World, now: datetime) -> None:
    """Publish a release with a photo and a piece of news, and leave a draft of each; put an item on the programme."""
    draft, news_draft = (_write(world, now, kind, f"{SECRET}: {kind}") for kind in Kind)
    release, news = (_write(world, now, kind, f"Đã đăng: {kind}") for kind in Kind)
    hidden, shown = (_photograph(now, one) for one in (draft, release))
    for one in (release, news):
        commands.publish_publication(by=SYSTEM, now=now, publication_id=one, seen=1)
    said = ItemSaid(time(8), "Quảng trường 10/3", "Lễ phát động", time(9, 30), "UBND tỉnh")
    item = commands.add_programme_item(
        by=SYSTEM, now=now, item_id=uuid7(), campaign_id=world.base.campaign_id, said=said
    )
    commands.pack_results(by=SYSTEM, now=now, campaign_id=world.base.campaign_id)
    world.things |= {
        "publication_id": draft,
        "news_draft_id": news_draft,
        "release_id": release,
        "news_id": news,
        "hidden_picture_id": hidden,
        "picture_id": shown,
        "item_id": item,
    }
    noted = PressItemSaid("Báo thử", REPORTED, now, reply_due_on=local_date(now))
    world.things["press_item_id"] = commands.note_press_item(
        by=SYSTEM, now=now, item_id=uuid7(), campaign_id=world.base.campaign_id, said=noted
    )
    world.marks["press item"] = Mark(REPORTED, (Action.PRESS_WRITE,), "")
    world.marks["release draft"] = Mark(f"{SECRET}: {Kind.RELEASE}", (Action.PRESS_WRITE,), "")
    world.marks["news draft"] = Mark(f"{SECRET}: {Kind.NEWS}", (Action.PRESS_WRITE,), "")


def _write(world: World, now: datetime, kind: Kind, title: str) -> UUID:
    written = Written(title=title, body="Nội dung", dated_on=date(2023, 10, 5), number="12/TCBC", contact="Sở")
    campaign_id = world.base.campaign_id
    return commands.start_publication(
        by=SYSTEM, now=now, publication_id=uuid7(), campaign_id=campaign_id, kind=kind, written=written
    )


def _photograph(now: datetime, publication_id: UUID) -> UUID:
    said = PictureSaid("Chợ", "Ở chợ", "Sở", "cc_by", PhotoConsent.NOBODY)
    return commands.add_picture(by=SYSTEM, now=now, publication_id=publication_id, data=_picture(400), said=said)


def _picture(width: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, 300), (10, 90, 80)).save(file, "JPEG")
    return file.getvalue()


def _photo_form(world: World) -> dict[str, Any]:
    return {**SAID, "file": SimpleUploadedFile("a.jpg", _picture(300), "image/jpeg")}


NOTED = {"outlet": "Báo thử", "title": "Bài khác", "on": "4/10/2023"}
_PRESS_ITEM = {"item_id": "press_item_id"}
_RELEASE, _NEWS = {"publication_id": "release_id"}, {"publication_id": "news_id"}

PRESS = {
    "desk/press/": listing("release draft", "news draft", queries=("", "?state=draft", "?state=published&sort=title")),
    "desk/press/start/": listing(writes=(Write({**TEXT, "ticket": NEW, "kind": "news"}),)),
    "desk/press/<uuid:publication_id>/": listing(
        "release draft", writes=(Write({**TEXT, "seen": "1"}), Write({"seen": "1"}, keeps=True))
    ),
    "desk/press/<uuid:publication_id>/publish/": change(None, {"seen": "1"}),
    "desk/press/<uuid:publication_id>/drop/": change(None, {"seen": "1"}),
    "desk/press/<uuid:publication_id>/withdraw/": Case(
        get=None, writes=(Write({"seen": "2", "reason": "Sai"}),), fills=_RELEASE
    ),
    "desk/press/<uuid:publication_id>/end/": Case(get=None, writes=(Write({"seen": "2"}),), fills=_NEWS),
    "desk/press/<uuid:publication_id>/photos/": change(None, _photo_form),
    "desk/press/<uuid:publication_id>/photos/<uuid:picture_id>/take-off/": Case(
        get=None, writes=(Write({"reason": "Rút lại"}),), fills={"picture_id": "hidden_picture_id"}
    ),
    "desk/press/photos/<uuid:picture_id>-<int:width>.jpg": Case(
        fills={"width": 360, "picture_id": "hidden_picture_id"}
    ),
    "desk/press/items/": listing(
        "press item", queries=("", "?state=late", "?state=owed&outlet=Báo thử&sort=outlet", "?q=bai bao")
    ),
    "desk/press/items/new/": listing(writes=(Write({**NOTED, "ticket": NEW}), Write({"title": "x"}, keeps=True))),
    "desk/press/items/<uuid:item_id>/": listing("press item", fills=_PRESS_ITEM),
    "desk/press/items/<uuid:item_id>/change/": listing(
        "press item", fills=_PRESS_ITEM, writes=(Write({**NOTED, "seen": "1"}), Write({"seen": "1"}, keeps=True))
    ),
    "desk/press/items/<uuid:item_id>/reply/": Case(
        get=None,
        fills=_PRESS_ITEM,
        writes=(Write({"seen": "1", "how": "Công văn", "who": "Sở", "on": "5/10/2023", "at": "9:00"}),),
    ),
    "desk/press/items/<uuid:item_id>/set-aside/": Case(
        get=None, fills=_PRESS_ITEM, writes=(Write({"seen": "1", "reason": "Trùng"}),)
    ),
    "desk/press/programme/": listing(writes=(Write({**ITEM, "ticket": NEW}), Write({"what": "x"}, keeps=True))),
    "desk/press/programme/<uuid:item_id>/": Case(writes=(Write({**ITEM, "seen": "1"}),)),
    "desk/press/programme/<uuid:item_id>/cancel/": change(None, {"seen": "1", "reason": "Mưa"}),
}
_SECOND = {"serial": 2}
PUBLISHED = {
    "<int:year>/press/": Case(is_public=True),
    "<int:year>/press.atom": Case(is_public=True),
    "<int:year>/press/<int:serial>/": Case(is_public=True, fills=_SECOND),
    "<int:year>/press/photos/<uuid:picture_id>-<int:width>.jpg": Case(is_public=True, fills={"width": 360}),
    "<int:year>/news/": Case(is_public=True),
    "<int:year>/news.atom": Case(is_public=True),
    "<int:year>/news/<int:serial>/": Case(is_public=True, fills=_SECOND),
    "<int:year>/results/": Case(is_public=True),
    "<int:year>/results.zip": Case(is_public=True),
    "<int:year>/day/": Case(is_public=True),
    "<int:year>/day/now/": Case(is_public=True),
    "<int:year>/day.ics": Case(is_public=True),
}
