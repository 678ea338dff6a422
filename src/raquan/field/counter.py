"""The routes of counters: a phone becomes one, and sends what it redeemed."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse

from raquan.field import counter_shapes
from raquan.field.entry import KeyUnknown, field_route, read_json
from raquan.kernel import clock
from raquan.kernel.actor import Actor
from raquan.ui.http import Request
from raquan.vouchers import commands, queries
from raquan.vouchers.queries import ToldCounter
from raquan.vouchers.rules import REASON_TEXTS, Verdict


class CounterUnknown(KeyUnknown):
    """No counter has this token."""

    code = "counter.unknown"


def _counter(token: str, on: date) -> Actor:
    actor = queries.actor_by_counter_token(token)
    if actor is None:
        raise CounterUnknown()
    return actor


@field_route("POST", keyed=False)
def enroll(request: Request) -> HttpResponse:
    """Make a phone a counter by its enterprise's code."""
    asked = counter_shapes.read_enrolment(read_json(request))
    made = commands.enroll_counter(
        code=asked.code,
        name=asked.name,
        address=request.META.get("REMOTE_ADDR", ""),
        now=request.now,
        real_now=clock.real_now(),
    )
    said = {
        "token": made.token,
        "counter": {"id": str(made.counter_id), "name": made.name},
        "enterprise": made.enterprise,
        "now": request.now.isoformat(timespec="milliseconds"),
    }
    return JsonResponse(said)


@field_route("POST", who=_counter)
def sync(request: Request) -> HttpResponse:
    """Take what a counter sends, and give what it works with offline, once all is committed."""
    said, unreadable = counter_shapes.read_said(read_json(request))
    verdicts = commands.sync_counter(by=request.actor, now=request.now, said=said)
    told = queries.counter_state(request.actor, now=request.now)
    outcomes = [_outcome(one) for one in (*verdicts, *unreadable)]
    return JsonResponse(
        {"now": request.now.isoformat(timespec="milliseconds"), "outcomes": outcomes, **_told(told)},
        json_dumps_params={"ensure_ascii": False},
    )


def _outcome(verdict: Verdict) -> dict[str, str]:
    return {
        "id": verdict.id,
        "outcome": verdict.outcome.value,
        "code": verdict.reason.value,
        "message": REASON_TEXTS[verdict.reason],
    }


def _told(told: ToldCounter) -> dict[str, Any]:
    return {
        "counter": {"id": str(told.id), "name": told.name, "withdrawn": told.is_withdrawn},
        "enterprise": told.enterprise,
        "leases": [
            {
                "id": str(one.id),
                "run": str(one.run_id),
                "granted": one.granted,
                "expires_at": one.expires_at.isoformat(timespec="milliseconds"),
                "state": one.state,
            }
            for one in told.leases
        ],
        "runs": [asdict(one) | {"id": str(one.id)} for one in told.runs],
        "doubles": [
            {
                "redemption": str(one.redemption_id),
                "counter": one.counter_name,
                "redeemed_at": one.redeemed_at.isoformat(timespec="milliseconds"),
            }
            for one in told.doubles
        ],
    }
