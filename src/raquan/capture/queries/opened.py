"""One record as it is opened: all its versions and what decides whose it is, read once for all that a page shows."""

from dataclasses import dataclass
from uuid import UUID

from raquan.capture.models import Assist, Submission, Tombstone
from raquan.capture.queries.scope import lets
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people.rules import Action


@dataclass(frozen=True, slots=True)
class Opened:
    """The version that was asked for, and all of them in the order in which one corrects the other.

    `assist` is what the record's current version became, `deletion` why it is gone.
    """

    record: Submission
    versions: tuple[Submission, ...]
    assist: Assist | None
    deletion: Tombstone | None

    @property
    def corrected_by(self) -> UUID | None:
        """Name the version that corrects the one that was asked for."""
        return next((one.id for one in self.versions if one.deprecated_id == self.record.instance_id), None)

    @property
    def corrects(self) -> UUID | None:
        """Name the version that it corrects."""
        return next((one.id for one in self.versions if one.instance_id == self.record.deprecated_id), None)

    def lets(self, actor: Actor, action: Action) -> bool:
        """Tell whether the record is the actor's to do this with."""
        return lets(actor, action, self.record, self.assist)


def open_record(actor: Actor, submission_id: UUID) -> Opened:
    """Read a record in three queries; raises NotFound, or NotAllowed where it is not the actor's to read."""
    family = Submission.objects.filter(id=submission_id).values("root_instance_id")
    found = Submission.objects.filter(root_instance_id__in=family).order_by("id")
    found = found.select_related("form_version__form", "answer_sheet", "correction", "origin")
    rows = {one.id: one for one in found.defer("payload", "form_version__xml")}
    record = rows.get(submission_id)
    if record is None:
        raise NotFound()
    assist = Assist.objects.filter(root_instance_id=record.root_instance_id).first()
    if not lets(actor, Action.RECORD_READ, record, assist):
        raise NotAllowed()
    if assist is not None:
        assist.submission = rows.get(assist.submission_id, record)
    stone = Tombstone.objects.filter(root_instance_id=record.root_instance_id).first()
    return Opened(record, _in_order(list(rows.values())), assist, stone)


def _in_order(rows: list[Submission]) -> tuple[Submission, ...]:
    by_corrected = {one.deprecated_id: one for one in rows}
    chain: list[Submission] = []
    following = by_corrected.get(None)
    while following is not None and following not in chain:
        chain.append(following)
        following = by_corrected.get(following.instance_id)
    return tuple(chain)
