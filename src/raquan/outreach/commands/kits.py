"""The office says how a campaign looks and who answers for what is hung up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.files import commands as files
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.outreach import gateways
from raquan.outreach.commands.slogans import Changed
from raquan.outreach.models import IdentityKit
from raquan.outreach.rules import COLORS, contrast, is_color
from raquan.people import commands as people
from raquan.people.rules import Action

SUBJECT = "outreach.IdentityKit"
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: of text upon its ground."""


class NamesMissing(Refused):
    """The kit names the campaign and who holds it."""

    code = "outreach.names_missing"
    message = N_("Hãy ghi tên chiến dịch và đơn vị chủ trì.")


class ColorUnreadable(Refused):
    """A color is six hexadecimal digits."""

    code = "outreach.color"
    message = N_("Hãy ghi màu như #0b5d4e.")


class ColorsTooClose(Refused):
    """Letters cannot be read on their ground."""

    code = "outreach.colors_too_close"
    message = N_("Màu chữ và màu nhấn phải khác màu nền đủ để đọc được (ít nhất 4,5 : 1); hiện là {ratio} : 1.")


@dataclass(frozen=True, slots=True)
class KitTexts:
    """What a kit says; `doer` is the name and address that stand on what is hung up, `call` beside the code."""

    shown_name: str
    host: str
    doer: str = ""
    call: str = ""
    colors: Mapping[str, str] = field(default_factory=lambda: COLORS)


def set_kit(
    *, by: Actor, now: datetime, campaign_id: UUID, said: KitTexts, seen: int, emblem: bytes | None = None
) -> None:
    """Save a campaign's identity kit over the edition that was seen (0: none yet); None keeps its emblem, b"" takes it
    off. What is approved keeps the kit of its day. The same again does nothing.

    Raises NotAllowed, NotFound, NamesMissing, ColorUnreadable, ColorsTooClose, EmblemUnreadable, Changed.
    """
    people.check_whole(by, Action.OUTREACH_DECIDE, on=local_date(now))
    if not any(one.id == campaign_id for one in campaigns.campaigns()):
        raise NotFound()
    values = _columns(said)
    if emblem is not None:
        kept = files.store_file(by=by, data=gateways.clean_emblem(emblem), media_type="image/png") if emblem else None
        values["emblem_sha256"] = kept.sha256 if kept else ""
    found = IdentityKit.objects.filter(campaign_id=campaign_id).first()
    if found and all(getattr(found, name) == value for name, value in values.items()):
        return
    try:
        with transaction.atomic():
            if found is None and seen == 0:
                row = IdentityKit.objects.create(campaign_id=campaign_id, changed_at=now, **values)
            else:
                same = IdentityKit.objects.filter(campaign_id=campaign_id, edition=seen)
                if found is None or not same.update(edition=seen + 1, changed_at=now, **values):
                    raise Changed()
                row = found
            ledger.record(by=by, verb="set_kit", subject=SUBJECT, subject_id=row.id, detail={"host": values["host"]})
    except IntegrityError:
        raise Changed() from None


def _columns(said: KitTexts) -> dict[str, Any]:
    name, host = normalize(said.shown_name)[:200], normalize(said.host)[:300]
    if not name or not host:
        raise NamesMissing()
    colors = {key: said.colors.get(key, COLORS[key]).strip().lower() for key in COLORS}
    if not all(is_color(one) for one in colors.values()):
        raise ColorUnreadable()
    least = min(contrast(colors["ground"], colors[one]) for one in ("ink", "accent"))
    if least < LEAST_CONTRAST:
        raise ColorsTooClose(ratio=f"{least:.1f}".replace(".", ","))
    texts = {"doer": normalize(said.doer)[:400], "call": normalize(said.call)[:200]}
    return {"shown_name": name, "host": host, "colors": colors} | texts
