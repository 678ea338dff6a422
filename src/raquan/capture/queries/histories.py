"""All that happened to a record: its versions with their differences, what was done to them, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from raquan.capture.models import Correction, Origin, Submission
from raquan.capture.queries.opened import Opened
from raquan.capture.rules import ACT_NAMES, REVIEW_STATE_NAMES, SOURCE_NAMES, RecordSource, ReviewState, source_of
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page
from raquan.ledger import queries as ledger
from raquan.ledger.commands import sign_receipt


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A question by its path, and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A question whose answer a version changed; "" where one of them says nothing."""

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of a record: who made it when, why it corrects the one before, and what it changed.

    `receipt` is the signed receipt of the device's very bytes; "" for what no device of ours sent.
    """

    number: int
    submission_id: UUID
    instance_id: str
    made_at: datetime
    made_by_name: str
    reason: str
    sha256: str
    differences: tuple[Difference, ...]
    receipt: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ActView:
    """Something that was done to a record; `at` is the machine's time, `detail` says more in words."""

    at: datetime
    actor_name: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Deletion:
    """Why a record was deleted, by whom and when."""

    reason: str
    deleted_at: datetime
    deleted_by_name: str


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """A record's whole history; `versions` oldest first, `reference` says where in which file it came from."""

    versions: tuple[VersionView, ...]
    acts: Page[ActView]
    deletion: Deletion | None
    source_name: str
    reference: str


def history_of(actor: Actor, opened: Opened, *, page: int = 1) -> RecordHistory:
    """Collect what happened to a record through all its versions; two queries."""
    chain, stone = opened.versions, opened.deletion
    flat = [dict(_pairs(answers_of(one))) for one in chain]
    origins = [came for one in chain if (came := getattr(one, "origin", None))]
    origin: Origin | None = min(origins, key=lambda one: one.brought_in_at, default=None)
    source = RecordSource(origin.source) if origin else source_of(chain[0].reported_device if chain else "")
    return RecordHistory(
        versions=tuple(
            _version(place, row, flat[place - 2 if place > 1 else 0], flat[place - 1], len(chain))
            for place, row in enumerate(chain, 1)
        ),
        acts=_acts(actor, [one.id for one in chain], page),
        deletion=Deletion(stone.reason, stone.deleted_at, stone.deleted_by_name) if stone else None,
        source_name=gettext(SOURCE_NAMES[source]),
        reference=origin.reference if origin else "",
    )


def answers_of(row: Submission) -> Any:
    """Give a version's answers, nested; none where it has not been read yet."""
    sheet = getattr(row, "answer_sheet", None)
    return sheet.answers if sheet else {}


def flat_answers(answers: Any) -> tuple[AnswerView, ...]:
    """List the answers by the paths of their questions, in their order."""
    return tuple(AnswerView(path, said) for path, said in _pairs(answers))


def _version(number: int, row: Submission, before: dict[str, str], after: dict[str, str], versions: int) -> VersionView:
    correction: Correction | None = getattr(row, "correction", None)
    receipt = ""
    if row.device_id is not None and correction is None:
        receipt = sign_receipt(
            record_id=row.instance_id, sha256=row.sha256, received_at=row.received_at, device_id=row.device_id
        )
    paths = dict.fromkeys([*before, *after])
    return VersionView(
        number=number,
        submission_id=row.id,
        instance_id=row.instance_id,
        made_at=correction.made_at if correction else row.received_at,
        made_by_name=correction.made_by_name if correction else row.sent_by_name,
        reason=correction.reason if correction else "",
        sha256=row.sha256,
        differences=tuple(
            Difference(path, before.get(path, ""), after.get(path, ""))
            for path in paths
            if before.get(path, "") != after.get(path, "")
        ),
        receipt=receipt,
        is_current=number == versions,
    )


def _acts(actor: Actor, ids: Sequence[UUID], page: int) -> Page[ActView]:
    found = ledger.history_of_all(actor, "capture.Submission", ids, page)
    acts = [
        ActView(one.at, one.actor_name, gettext(ACT_NAMES.get(one.verb, one.verb)), _told(one.detail))
        for one in found.items
    ]
    return Page(acts, found.number, found.size, found.total)


def _told(detail: dict[str, Any]) -> str:
    """Say in words what an act says of itself: the reason, or from which state to which."""
    if "reason" in detail:
        return str(detail["reason"])
    states = {state.value: name for state, name in REVIEW_STATE_NAMES.items()}
    if detail.get("from") in states and detail.get("to") in states:
        return f"{gettext(states[ReviewState(detail['from'])])} → {gettext(states[ReviewState(detail['to'])])}"
    return ", ".join(detail["names"]) if isinstance(detail.get("names"), list) else ""


def _pairs(answers: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(answers, dict):
        return [pair for name, value in answers.items() for pair in _pairs(value, f"{path}/{name}" if path else name)]
    if isinstance(answers, list):
        return [pair for number, value in enumerate(answers, 1) for pair in _pairs(value, f"{path}[{number}]")]
    return [(path, str(answers))]
