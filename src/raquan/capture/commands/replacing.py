"""A program sends the corrected record whole: the next version of the record that it has opened."""

from datetime import datetime

from raquan.capture.commands.receiving import OriginalUnknown, receive_submissions
from raquan.capture.gateways.xforms import read_head
from raquan.capture.models import Submission
from raquan.capture.queries.scope import check_record
from raquan.capture.rules import Envelope, Verdict
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.people.rules import Action


class CorrectsNothing(Refused):
    """The record does not say which version it corrects."""

    code = "edit.no_deprecated_id"
    message = N_("Bản sửa thiếu deprecatedID: mã của phiên bản được sửa.")
    status = 400


class CorrectsAnother(Refused):
    """The version that it corrects is one of another record."""

    code = "edit.other_record"
    message = N_("deprecatedID là của một bản ghi khác.")
    status = 400


def replace_submission(*, by: Actor, now: datetime, root_instance_id: str, envelope: Envelope) -> Verdict:
    """Take a correction of a record for who may correct it; its verdict is as of receive_submissions.

    The same again is a duplicate. Raises NotFound, NotAllowed, CorrectsNothing, CorrectsAnother, OriginalUnknown, and
    what a payload that cannot be read is refused with; a stale one is a conflict in the verdict.
    """
    head = read_head(envelope.payload)
    if not head.deprecated_id:
        raise CorrectsNothing()
    rows = Submission.objects.defer("payload").filter(instance_id__in=[head.deprecated_id, root_instance_id])
    found = {row.instance_id: row for row in rows}
    if root_instance_id not in found:
        raise NotFound()
    check_record(by, Action.RECORD_CORRECT, found[root_instance_id])
    if head.deprecated_id not in found:
        raise OriginalUnknown()
    if found[head.deprecated_id].root_instance_id != root_instance_id:
        raise CorrectsAnother()
    (verdict,) = receive_submissions(by=by, now=now, envelopes=[envelope])
    return verdict
