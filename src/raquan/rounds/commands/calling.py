"""Notes what was said in a call to a unit that is behind."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people import queries as units
from raquan.people.rules import Action
from raquan.rounds.models import Call
from raquan.rounds.queries import units_of


class NothingSaid(Refused):
    """A call is noted with what was said, if only that nobody answered."""

    code = "call.nothing_said"
    message = N_("Hãy ghi đơn vị trả lời thế nào; không ai nghe máy thì ghi “không nghe máy”.")


class AgainInThePast(Refused):
    """The time to call again has passed."""

    code = "call.again_in_the_past"
    message = N_("Giờ gọi lại phải sau lúc này.")


def record_call(
    *,
    by: Actor,
    now: datetime,
    campaign_id: UUID,
    organization_id: UUID,
    said: str,
    spoke_with: str = "",
    again_at: datetime | None = None,
    request_id: UUID | None = None,
) -> UUID:
    """Note a call to a unit on whose reports the actor decides; nothing noted is ever changed. Gives the call's id.

    Raises NotAllowed, NotFound, NothingSaid, AgainInThePast.
    """
    people.check(by, Action.REPORT_DECIDE)
    decided = units_of(by, Action.REPORT_DECIDE)
    if (decided is not None and organization_id not in decided) or units.organization(organization_id) is None:
        raise NotFound()
    answer = normalize(said)[:1000]
    if not answer:
        raise NothingSaid()
    if again_at is not None and again_at <= now:
        raise AgainInThePast()
    of = {"campaign_id": campaign_id, "organization_id": organization_id}
    noted = {"spoke_with": normalize(spoke_with)[:200], "said": answer, "again_at": again_at}
    digest = sha256(repr(of | noted).encode()).hexdigest()

    def do() -> dict[str, str]:
        row = Call.objects.create(**of, **noted, called_at=now, by_name=by.name)
        ledger.record(by=by, verb="record_call", subject="rounds.Call", subject_id=row.id, detail={"said": answer})
        return {"id": str(row.id)}

    with transaction.atomic():
        return UUID(ledger.once(request_id=request_id, by=by, digest=digest, do=do)["id"])
