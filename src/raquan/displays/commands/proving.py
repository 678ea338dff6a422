"""Proofs that people give: a photo with its place and time, or their word, which counts for less."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.displays.commands.running import SUBJECT, Changed, better, load_display, settle_proven
from raquan.displays.models import Display, DisplayProof
from raquan.displays.rules import BEST_FIRST, DISPLAY_TRANSITIONS, DisplayState, DisplayStep, ProofKind
from raquan.files.commands import store_file
from raquan.files.rules import strip_photo
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger


class PhotoMissing(Refused):
    """A proof by photo has one."""

    code = "displays.photo_missing"
    message = N_("Hãy chụp hoặc chọn một ảnh.")


class SeenLater(Refused):
    """Nothing is seen before it is."""

    code = "displays.seen_later"
    message = N_("Lúc chụp không thể ở sau bây giờ.")


def prove_by_photo(
    *, by: Actor, now: datetime, display_id: UUID, photo: bytes, seen_at: datetime, place: str, request_id: UUID
) -> UUID:
    """Keep a photo as proof that a display was there; what the camera wrote beside the picture is taken out.

    `seen_at` and `place` are what the officer declares. The same request again is the same proof. Raises NotFound,
    NotAllowed, PhotoMissing, PhotoUnreadable, PhotoTooLarge, SeenLater, Changed where nothing can be proven any more.
    """
    found = load_display(by, display_id)
    if not photo:
        raise PhotoMissing()
    data, media_type = strip_photo(photo)
    kept = store_file(by=by, data=data, media_type=media_type)
    more: dict[str, Any] = {"place": place, "picture_sha256": kept.sha256, "request_id": request_id}
    return prove(found, ProofKind.PHOTO, by=by, now=now, seen_at=seen_at, **more)


def state_shown(*, by: Actor, now: datetime, display_id: UUID, place: str, request_id: UUID) -> UUID:
    """Keep somebody's word that a display is there; it is counted apart and is no proof for compliance.

    Raises NotFound, NotAllowed, Changed.
    """
    found = load_display(by, display_id)
    return prove(found, ProofKind.STATED, by=by, now=now, seen_at=now, place=place, request_id=request_id)


def prove(
    found: Display,
    kind: ProofKind,
    *,
    by: Actor,
    now: datetime,
    seen_at: datetime,
    place: str = "",
    picture_sha256: str = "",
    request_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
    by_name: str = "",
) -> UUID:
    """Keep a proof; the display is up from then on. `by_name` is who saw it, where another acts on their word.

    Raises SeenLater, Changed.
    """
    if seen_at > now:
        raise SeenLater()
    known = DisplayProof.objects.filter(request_id=request_id).first() if request_id else None
    if known is not None:
        return known.id
    if DISPLAY_TRANSITIONS.leads_to(DisplayState(found.state), DisplayStep.PROVE) is None:
        raise Changed()
    row = DisplayProof(display=found, kind=kind.value, seen_at=seen_at, said_at=now, by_name=by_name or by.name)
    row.place, row.picture_sha256, row.request_id = normalize(place)[:300], picture_sha256, request_id
    row.detail = detail or {}
    best = better(kind.value, found.proof_kind)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            same = Display.objects.filter(id=found.id, edition=found.edition)
            values = {"state": DisplayState.UP.value, "proof_kind": best, "proven_at": seen_at, "changed_at": now}
            if not same.update(edition=found.edition + 1, **values):
                raise Changed()
            said = {"kind": kind.value}
            ledger.record(by=by, verb="prove_display", subject=SUBJECT, subject_id=found.id, detail=said)
            if kind is not ProofKind.STATED:
                settle_proven(by, now, found.id)
    except IntegrityError:  # the same request at the same moment
        return DisplayProof.objects.get(request_id=request_id).id
    return row.id


def withdraw_proof(*, by: Actor, now: datetime, proof_id: UUID) -> None:
    """Let a proof count no more, since what it stood on was corrected or deleted; the display has the best of the rest.

    The same again does nothing. For use in the transaction of whoever finds that out. Raises Changed.
    """
    row = DisplayProof.objects.select_related("display").get(id=proof_id)
    if not DisplayProof.objects.filter(id=proof_id, withdrawn_at=None).update(withdrawn_at=now):
        return
    found, left = row.display, row.display.proofs.filter(withdrawn_at=None).order_by("-seen_at", "-id")
    best = next((one for kind in BEST_FIRST for one in left.filter(kind=kind.value)[:1]), None)
    values: dict[str, Any] = {"proof_kind": best.kind if best else "", "proven_at": best.seen_at if best else None}
    target = DISPLAY_TRANSITIONS.leads_to(DisplayState(found.state), DisplayStep.UNPROVE)
    if best is None and target is not None:
        values["state"] = target.value
    same = Display.objects.filter(id=found.id, edition=found.edition)
    if not same.update(edition=found.edition + 1, changed_at=now, **values):
        raise Changed()
    ledger.record(by=by, verb="withdraw_proof", subject=SUBJECT, subject_id=found.id, detail={"proof": str(proof_id)})
