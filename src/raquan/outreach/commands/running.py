"""Makes an approved artwork with the names of many units, a batch at a time, and packs it; may stop at any point."""

import io
import tempfile
import zipfile
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.files import commands as files
from raquan.files import queries as stored
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound
from raquan.ledger import commands as ledger
from raquan.outreach import gateways, queries
from raquan.outreach.models import Artwork, ArtworkRun
from raquan.outreach.rules import ArtworkState, Format, Wording, note_of, plain_name, stamp_of
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action

RUN_WANTED = "outreach.run"
SUBJECT = "outreach.ArtworkRun"
ZIP = "application/zip"
AT_ONCE = 50
"""So many units are made in one go: some seconds, well within a job's lease."""
_ZIP_TIME = (2020, 3, 5, 0, 0, 0)


class NotApproved(Conflict):
    """Only what is approved, and for all units, is made for them."""

    code = "outreach.not_for_units"
    message = N_("Chỉ ấn phẩm đã duyệt và dùng chung cho các đơn vị mới làm được cho nhiều đơn vị.")


def start_artwork_run(*, by: Actor, now: datetime, artwork_id: UUID, format_: Format) -> UUID:
    """Ask for an artwork with the name of every unit; give the run's id. A worker makes them.

    Where the same run is under way, that one is given. Raises NotAllowed, NotFound, NotApproved.
    """
    people.check_whole(by, Action.OUTREACH_DECIDE, on=local_date(now))
    found = Artwork.objects.filter(id=artwork_id).first()
    if found is None or format_ not in queries.design(found.design).formats:
        raise NotFound()
    if found.state != ArtworkState.APPROVED.value or not found.is_for_units:
        raise NotApproved()
    wanted = [str(one.id) for one in queries.units()]
    said = {"asked_at": now, "asked_by": by.name, "owner_id": by.id, "wanted": wanted}
    try:
        with transaction.atomic():
            run = ArtworkRun.objects.create(artwork_id=artwork_id, format=format_.value, **said)
            _ask(run.id)
            ledger.record(by=by, verb="start_artwork_run", subject=SUBJECT, subject_id=run.id)
    except IntegrityError:
        under_way = ArtworkRun.objects.get(artwork_id=artwork_id, format=format_.value, finished_at__isnull=True)
        _ask(under_way.id)
        return under_way.id
    return run.id


def continue_artwork_run(*, by: Actor, now: datetime, run_id: UUID) -> None:
    """Let a worker go on with a run that has stopped. Raises NotAllowed, NotFound."""
    people.check_whole(by, Action.OUTREACH_DECIDE, on=local_date(now))
    with transaction.atomic():
        if not ArtworkRun.objects.filter(id=run_id).exists():
            raise NotFound()
        if ArtworkRun.objects.filter(id=run_id, finished_at__isnull=True).exists() and _ask(run_id):
            ledger.record(by=by, verb="continue_artwork_run", subject=SUBJECT, subject_id=run_id)


def run_artwork(*, now: datetime, run_id: UUID, most: int = AT_ONCE) -> bool:
    """Make the next units of a run; True when some are left. What was made before a crash is not made again.

    Two workers at once do no harm: the same batch is the same file, and `reached` moves a batch at a time.
    """
    run = ArtworkRun.objects.select_related("artwork", "artwork__campaign").filter(id=run_id).first()
    if run is None or run.finished_at is not None:
        return False
    left = run.wanted[run.reached : run.reached + most]
    if left:
        part = files.store_file(by=SYSTEM, data=_batch(run, left), media_type=ZIP).sha256
        here = ArtworkRun.objects.filter(id=run.id, reached=run.reached)
        here.update(reached=run.reached + len(left), parts=[*run.parts, part])
        run.refresh_from_db()
    if run.reached < len(run.wanted):
        return True
    _finish(run, now)
    return False


def _batch(run: ArtworkRun, wanted: list[str]) -> bytes:
    names = people_queries.organization_names([UUID(one) for one in wanted])
    row, format_ = run.artwork, Format(run.format)
    said, made_from = Wording(**(row.wording or {})), queries.design(row.design)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as package:
        for number, one in enumerate(wanted, start=run.reached + 1):
            name = names.get(UUID(one), "")
            if not name:  # the unit has been closed meanwhile
                continue
            stamp = stamp_of(row.campaign.is_synthetic)
            made = gateways.make(
                made_from,
                said.of_unit(name),
                format_,
                note=note_of(made_from, row.code, name, local_date(row.approved_at) if row.approved_at else None),
                stamp=stamp,
            )
            part = zipfile.ZipInfo(f"{row.code}/{number:03}-{plain_name(name)}.{made.suffix}", date_time=_ZIP_TIME)
            package.writestr(part, made.data)
    return archive.getvalue()


def _finish(run: ArtworkRun, now: datetime) -> None:
    """Put the batches together; doing so again after a crash comes to the same file."""
    with tempfile.TemporaryFile() as archive:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as package:
            for sha256 in run.parts:
                with zipfile.ZipFile(io.BytesIO(stored.read_file(sha256))) as part:
                    for one in part.infolist():
                        package.writestr(one, part.read(one))
        archive.seek(0)
        kept = files.store_file(by=SYSTEM, data=archive, media_type=ZIP)
    with transaction.atomic():
        mine = ArtworkRun.objects.filter(id=run.id, finished_at__isnull=True)
        if mine.update(finished_at=now, zip_sha256=kept.sha256):
            ledger.record(by=SYSTEM, verb="run_artwork", subject=SUBJECT, subject_id=run.id)


def _ask(run_id: UUID) -> bool:
    return ledger.publish(topic=RUN_WANTED, payload={"run": str(run_id)}, key=f"{RUN_WANTED}:{run_id}")
