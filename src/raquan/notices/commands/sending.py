"""Gathers what a person has not been sent into one message, and sends it by each channel at most once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext, ngettext

from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound
from raquan.ledger import commands as ledger
from raquan.ledger.rules import MAX_ATTEMPTS
from raquan.notices.commands.subscribing import forget_browser
from raquan.notices.gateways import Doubtful, Gone, NotSent, Subscription, send_email, send_push, sms_gateway
from raquan.notices.models import Browser, Dispatch, Message, Telling
from raquan.notices.queries import ReachView, reaches, sent_to, ungathered
from raquan.notices.rules import GATHER, MOST_LINES, UNSENT, Channel, DispatchState, write_push, write_sms
from raquan.people import commands as people
from raquan.people.rules import Action

TOPIC = "notices.send"


def gather(*, now: datetime) -> int:
    """Make one message of what each person has not been sent yet; count the messages.

    Who has quiet hours, or was sent a message a moment ago, is left for later.
    """
    waiting = set(ungathered().values_list("user_id", flat=True))
    recent = set(
        Message.objects.filter(user_id__in=waiting, made_at__gt=now - GATHER).values_list("user_id", flat=True)
    )
    made = 0
    for user_id, reach in reaches(waiting - recent).items():
        if not reach.quiet.holds(now):
            made += _gather_for(user_id, reach, now)
    return made


def send_dispatch(*, now: datetime, real_now: datetime, dispatch_id: UUID) -> None:
    """Send a message by a channel; raises NotSent when it did not go out, so that the outbox tries again later.

    What is settled meanwhile is withdrawn; what would go out at night waits for the morning.
    """
    found = Dispatch.objects.filter(id=dispatch_id).select_related("message", "browser").first()
    if found is None or found.state not in (DispatchState.WAITING.value, DispatchState.SENDING.value):
        return
    if found.state == DispatchState.SENDING.value and found.channel == Channel.EMAIL.value:
        # A worker died while it was sending: an SMS gateway knows our id again, a browser shows a tag once,
        # a mail server sends twice.
        _end(found, DispatchState.UNKNOWN, now, "")
        return
    lines = _lines(found.message)
    if not lines or (found.browser and found.browser.ended_at):
        _end(found, DispatchState.WITHDRAWN, now, "")
        return
    reach = reaches([found.message.user_id])[found.message.user_id]
    if wait := reach.quiet.wait(now):
        _publish(found.id, real_now + wait)
        return
    taken = Dispatch.objects.filter(id=found.id, state=found.state, tries=found.tries)
    if taken.update(state=DispatchState.SENDING.value, tries=F("tries") + 1, tried_at=now):
        _hand_over(found, lines, now, real_now)


def dispatch_again(*, by: Actor, now: datetime, dispatch_id: UUID) -> bool:
    """Try once more what was not sent, or perhaps not; False when it is no longer so."""
    people.check(by, Action.PEOPLE_MANAGE)
    with transaction.atomic():
        if not sent_to(by, Action.PEOPLE_MANAGE).filter(id=dispatch_id).exists():
            raise NotFound()
        unsent = Dispatch.objects.filter(id=dispatch_id, state__in=[one.value for one in UNSENT])
        if not unsent.update(state=DispatchState.WAITING.value, tries=0, answer="", again=F("again") + 1):
            return False
        ledger.record(by=by, verb="dispatch_again", subject="notices.Dispatch", subject_id=dispatch_id)
        _publish(dispatch_id)
    return True


def _gather_for(user_id: UUID, reach: ReachView, now: datetime) -> int:
    with transaction.atomic():
        ids = list(ungathered().filter(user_id=user_id).values_list("id", flat=True))
        message = Message.objects.create(user_id=user_id, made_at=now)
        if not Telling.objects.filter(id__in=ids, message__isnull=True).update(message=message):
            message.delete()  # another clock gathered them at the same moment
            return 0
        for channel, address in _channels(reach).items():
            dispatch = Dispatch.objects.create(message=message, channel=channel.value, address=address)
            _publish(dispatch.id)
        for browser in _browsers(user_id):
            to = {"channel": Channel.PUSH.value, "browser": browser, "address": browser.name}
            dispatch = Dispatch.objects.create(message=message, **to)
            _publish(dispatch.id)
    return 1


def _channels(reach: ReachView) -> dict[Channel, str]:
    """Give where a message goes besides the person's own list: by what they gave and what is set up here."""
    found = {}
    if reach.email and settings.EMAIL_HOST:
        found[Channel.EMAIL] = reach.email
    if reach.phone and settings.RAQUAN_SMS_GATEWAY:
        found[Channel.SMS] = reach.phone
    return found


def _browsers(user_id: UUID) -> list[Browser]:
    if not settings.RAQUAN_WEB_PUSH:
        return []
    return list(Browser.objects.filter(user_id=user_id, ended_at__isnull=True).order_by("id"))


def _hand_over(dispatch: Dispatch, lines: list[tuple[str, str]], now: datetime, real_now: datetime) -> None:
    send: Mapping[str, Callable[[Dispatch, list[tuple[str, str]]], str]] = {
        Channel.EMAIL.value: _by_email,
        Channel.SMS.value: _by_sms,
        Channel.PUSH.value: partial(_by_push, now=now, real_now=real_now),
    }
    try:
        answer = send[dispatch.channel](dispatch, lines)
    except Doubtful as doubt:
        _end(dispatch, DispatchState.UNKNOWN, now, str(doubt))
    except NotSent as failure:
        is_last = failure.is_final or dispatch.tries + 1 >= MAX_ATTEMPTS
        _end(dispatch, DispatchState.FAILED if is_last else DispatchState.WAITING, now, str(failure))
        if not is_last:
            raise
    else:
        _end(dispatch, DispatchState.SENT, now, answer)


def _by_email(dispatch: Dispatch, lines: list[tuple[str, str]]) -> str:
    with translation.override("vi"):
        subject = lines[0][0] if len(lines) == 1 else _count(len(lines))
        more = [gettext("Còn %(count)s tin nữa.") % {"count": len(lines) - MOST_LINES}] * (len(lines) > MOST_LINES)
        own_page = gettext("Mọi tin báo của bạn: %(address)s") % {"address": _address("/desk/notices/")}
    told = [f"- {text}\n  {_address(href)}" for text, href in lines[:MOST_LINES]]
    host = settings.RAQUAN_PUBLIC_URL.partition("://")[2].partition(":")[0].partition("/")[0]
    return send_email(
        to=dispatch.address,
        subject=subject,
        body="\n".join([*told, *more, "", own_page, ""]),
        message_id=f"<{dispatch.id}@{host}>",
    )


def _by_sms(dispatch: Dispatch, lines: list[tuple[str, str]]) -> str:
    gateway = sms_gateway()
    if gateway is None:
        raise NotSent("RAQUAN_SMS_GATEWAY", is_final=True)
    with translation.override("vi"):
        more = gettext("(và %(count)s tin nữa)") % {"count": len(lines) - 1} if len(lines) > 1 else ""
    address = _address("/desk/notices/") if len(lines) > 1 else _address(lines[0][1])
    text = write_sms([one for one, _href in lines], more, address)
    # An administrator's "once more" is another request; the outbox's tries after a broken line are the same.
    return gateway.send(phone=dispatch.address, text=text, request_id=f"{dispatch.id}-{dispatch.again}")


def _by_push(dispatch: Dispatch, lines: list[tuple[str, str]], *, now: datetime, real_now: datetime) -> str:
    browser = dispatch.browser
    if browser is None or not settings.RAQUAN_WEB_PUSH:
        raise NotSent("RAQUAN_WEB_PUSH", is_final=True)
    with translation.override("vi"):
        title = gettext("Tin báo") if len(lines) == 1 else _count(len(lines))
    href = lines[0][1] if len(lines) == 1 else "/desk/notices/"
    payload = write_push(title, [text for text, _href in lines[:MOST_LINES]], href, str(dispatch.id))
    try:
        to = Subscription(browser.endpoint, browser.p256dh, browser.auth)
        return send_push(to=to, payload=payload, real_now=real_now)
    except Gone:
        forget_browser(now=now, browser_id=browser.id)
        raise


def _lines(message: Message) -> list[tuple[str, str]]:
    """Give what is still open of a message: text and address of each notice."""
    rows = Telling.objects.filter(message=message, notice__settled_at__isnull=True).select_related("notice")
    with translation.override("vi"):
        return [
            (gettext(one.notice.text).format(**one.notice.params), one.notice.href)
            for one in rows.order_by("made_at", "id")
        ]


def _end(dispatch: Dispatch, state: DispatchState, now: datetime, answer: str) -> None:
    said: dict[str, Any] = {"state": state.value, "answer": answer[:300], "tried_at": now}
    _live(dispatch.id).update(**said)


def _live(dispatch_id: UUID) -> QuerySet[Dispatch]:
    live = [DispatchState.WAITING.value, DispatchState.SENDING.value]
    return Dispatch.objects.filter(id=dispatch_id, state__in=live)


def _count(count: int) -> str:
    return ngettext("%(count)s tin báo mới", "%(count)s tin báo mới", count) % {"count": count}


def _address(href: str) -> str:
    return f"{settings.RAQUAN_PUBLIC_URL}{href}"


def _publish(dispatch_id: UUID, due_at: datetime | None = None) -> None:
    ledger.publish(topic=TOPIC, payload={"dispatch": str(dispatch_id)}, due_at=due_at)
