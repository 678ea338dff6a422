"""Gives the demo what villagers said: taps, questions that wait, one with an answer, one where money was asked for."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo
from raquan.demo.rules import CU_MGAR_OUTING
from raquan.feedback import commands
from raquan.feedback.commands import Said
from raquan.feedback.rules import Mood, Topic
from raquan.kernel.actor import SYSTEM

ANSWER = "(Lời mô phỏng) Có, từ 6 giờ sáng. Bà con mang theo căn cước và điện thoại."


def load_feedback(now: datetime) -> None:
    """Send it as if in the hours before; the same again is the same."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    sent = {}
    with transaction.atomic():
        for number, said in enumerate(_said()):
            digest = hashlib.sha256(f"demo feedback {number}".encode()).digest()[:16]
            token = urlsafe_b64encode(digest).decode().rstrip("=")
            at = now - timedelta(minutes=37 * (number + 1))
            sent[number] = commands.send_feedback(now=at, token=token, campaign_id=campaign.id, said=said)
        commands.answer_feedback(by=SYSTEM, now=now, feedback_id=sent[0], text=ANSWER, seen=1)


def _said() -> list[Said]:
    mark = "(Lời mô phỏng) "
    taps = [
        Said(Mood.GOOD.value, (Topic.KIND.value,), about_code=CU_MGAR_OUTING),
        Said(Mood.GOOD.value, (Topic.CLEAR.value, Topic.KIND.value), about_code=CU_MGAR_OUTING),
        Said(Mood.FAIR.value, (Topic.WAIT.value,), about_code=CU_MGAR_OUTING),
        Said(
            Mood.POOR.value,
            (Topic.WORDS.value,),
            mark + "Tôi nói tiếng Ê Đê, người giúp không hiểu.",
            about_code=CU_MGAR_OUTING,
        ),
        Said(Mood.GOOD.value, (), mark + "Cảm ơn các cháu đoàn viên.", about_code=CU_MGAR_OUTING),
    ]
    return [
        Said(
            text=mark + "Thứ Bảy này ở chợ có người giúp cài VNeID không?", wants_answer=True, about_code=CU_MGAR_OUTING
        ),
        Said(text=mark + "Quên mật khẩu VNeID thì đến đâu làm lại?", wants_answer=True, about_code=CU_MGAR_OUTING),
        Said(
            Mood.POOR.value,
            (Topic.NOBODY.value,),
            mark + "Sao 8 giờ chưa có ai?",
            wants_answer=True,
            about_code=CU_MGAR_OUTING,
        ),
        Said("", (Topic.MONEY.value,), mark + "Có người gọi điện đòi cài ứng dụng lạ."),
        *taps,
    ]
