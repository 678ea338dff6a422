"""A person's browsers that are told by web push: they come, they are ended, and those that are gone are forgotten."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import N_, Conflict, NotAllowed, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.notices.gateways import Subscription, is_subscription
from raquan.notices.models import Browser
from raquan.notices.rules import MOST_BROWSERS, name_browser


class BrowserUnreadable(Refused):
    """What the browser gave is no address of a push service, or holds no keys."""

    code = "notices.browser_unreadable"
    message = N_("Trình duyệt không cho địa chỉ nhận tin đúng. Hãy thử lại, hoặc dùng trình duyệt khác.")


class TooManyBrowsers(Conflict):
    """The person has as many browsers as are told."""

    code = "notices.too_many_browsers"
    message = N_("Bạn đã nhận tin trên {most} trình duyệt. Hãy bấm “Ngừng” ở một trình duyệt không dùng nữa.")


def subscribe_browser(*, by: Actor, now: datetime, endpoint: str, p256dh: str, auth: str, user_agent: str = "") -> UUID:
    """Tell the actor by this browser from now on; give its id. The same again is the same one.

    A browser tells one person: who signs in on it and asks takes it over from whoever was told by it before.
    `user_agent` only names it. Raises BrowserUnreadable, TooManyBrowsers.
    """
    if by.id is None:
        raise NotAllowed()
    given = {"endpoint": endpoint, "p256dh": p256dh, "auth": auth}
    if not is_subscription(Subscription(**given)):
        raise BrowserUnreadable()
    try:
        return _subscribe(by, by.id, now, given, name_browser(user_agent))
    except IntegrityError:  # the same browser came twice at one moment: the other was first
        return _subscribe(by, by.id, now, given, name_browser(user_agent))


def end_browser(*, by: Actor, now: datetime, browser_id: UUID) -> bool:
    """Tell the actor no more by a browser of theirs; False when it was ended. Raises NotFound."""
    if by.id is None:
        raise NotAllowed()
    if not Browser.objects.filter(id=browser_id, user_id=by.id).exists():
        raise NotFound()
    return _end(by, now, browser_id, "asked")


def forget_browser(*, now: datetime, browser_id: UUID) -> bool:
    """End a browser of which its push service says that it is gone; False when it was ended."""
    return _end(SYSTEM, now, browser_id, "gone")


def _subscribe(by: Actor, user_id: UUID, now: datetime, given: dict[str, str], name: str) -> UUID:
    with transaction.atomic():
        known = Browser.objects.filter(endpoint=given["endpoint"], ended_at__isnull=True).first()
        if known and known.user_id == user_id:
            Browser.objects.filter(id=known.id, ended_at__isnull=True).update(**given)
            return known.id
        if Browser.objects.filter(user_id=user_id, ended_at__isnull=True).count() >= MOST_BROWSERS:
            raise TooManyBrowsers(most=MOST_BROWSERS)
        if known:
            _end(by, now, known.id, "taken over")
        made = Browser.objects.create(user_id=user_id, name=name, made_at=now, **given)
        _record(by, "subscribe_browser", made.id, {"browser": name})
    return made.id


def _end(by: Actor, now: datetime, browser_id: UUID, why: str) -> bool:
    with transaction.atomic():
        live = Browser.objects.filter(id=browser_id, ended_at__isnull=True)
        if not live.update(ended_at=now, endpoint="", p256dh="", auth=""):
            return False
        _record(by, "end_browser", browser_id, {"why": why})
    return True


def _record(by: Actor, verb: str, browser_id: UUID, detail: dict[str, Any]) -> None:
    ledger.record(by=by, verb=verb, subject="notices.Browser", subject_id=browser_id, detail=detail)
