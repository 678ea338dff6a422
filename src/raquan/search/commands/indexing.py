"""Keeps the index up: what a command touched is noted in its transaction and read again soon after."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from raquan.kernel.clock import VIETNAM
from raquan.ledger.commands import Act
from raquan.search.models import Entry, Touched, Word
from raquan.search.queries import KINDS
from raquan.search.rules import Entry as Said
from raquan.search.rules import Kind, code_of, index_words, spoken_key, title_key

BATCH = 300
"""So many things are read again in a transaction: on SQLite those who write wait meanwhile."""

EVERYTHING = "*"


def touch_acts(acts: Sequence[Act]) -> None:
    """Note which things of the index acts were done to, in the transaction of the acts.

    Nothing unique is written, so that no command waits for another here.
    """
    noted = {(act.subject, id_): None for act in acts if _changes_entries(act) for id_ in _ids(act)}
    if noted:
        Touched.objects.bulk_create([Touched(subject=subject, subject_id=id_) for subject, id_ in noted])


def touch_everything() -> None:
    """Ask for the whole index to be read again; what stands in it meanwhile stays."""
    Touched.objects.create(subject=EVERYTHING)


def refresh(*, limit: int = BATCH) -> bool:
    """Read again what was touched, the oldest first, in one transaction; False when nothing was left to do.

    Two that do it at once take turns, since both begin with the oldest row.
    """
    with transaction.atomic():
        rows = list(Touched.objects.select_for_update().order_by("id")[:limit])
        single = [one for one in rows if one.subject_id]
        if single:
            for kind in _found_kinds():
                _write(kind, _changed(kind, single))
            Touched.objects.filter(id__in=[one.id for one in single]).delete()
        elif rows:
            _go_on(rows[0], limit)
        return bool(rows)


def _changes_entries(act: Act) -> bool:
    return any(
        act.subject in kind.touched or (act.subject == kind.subject and act.verb not in kind.unmoved_by)
        for kind in _found_kinds()
    )


def _ids(act: Act) -> Iterable[str]:
    """Give what an act was done to; "" for a whole kind, where it names no single thing."""
    for said in act.detail.get("ids") or [act.subject_id]:
        yield str(said) if _uuid(said) else ""


def _uuid(said: object) -> UUID | None:
    try:
        return said if isinstance(said, UUID) else UUID(str(said))
    except ValueError:
        return None


def _found_kinds() -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.is_found]


def _changed(kind: Kind, rows: Collection[Touched]) -> set[UUID]:
    found = {UUID(one.subject_id) for one in rows if one.subject == kind.subject}
    for subject, things in kind.touched.items():
        ids = {one.subject_id for one in rows if one.subject == subject}
        found.update(things(ids) if ids else ())
    return found


def _go_on(row: Touched, limit: int) -> None:
    """Read the next things of a whole kind; after the last one forget those that are gone."""
    kind = KINDS.get(row.subject)
    if kind is None:  # a subject of the ledger, or everything: a row for each kind that it changes, by its key
        watching = [one for one in _found_kinds() if row.subject in (EVERYTHING, one.subject, *one.touched)]
        Touched.objects.bulk_create([Touched(subject=one.key) for one in watching])
        row.delete()
        return
    things = kind.rows().order_by("pk")
    things = things.filter(pk__gt=row.after) if row.after else things
    ids = list(things.values_list("pk", flat=True)[:limit])
    _write(kind, ids)
    if ids:
        row.after = ids[-1]
        row.save(update_fields=["after"])
    else:
        Entry.objects.filter(kind=kind.key).exclude(object_id__in=kind.rows().values("pk")).delete()
        row.delete()


def _write(kind: Kind, ids: Collection[UUID]) -> None:
    """Put things into the index as they are now; those that are none any more leave it."""
    if not ids:
        return
    said = list(kind.entries(kind.rows().filter(pk__in=ids)))
    Word.objects.filter(entry__kind=kind.key, entry__object_id__in=ids).delete()
    Entry.objects.filter(kind=kind.key, object_id__in=set(ids) - {one.id for one in said}).delete()
    rows = Entry.objects.bulk_create(
        [_row(kind, one) for one in said],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["title", "line", "href", "code", "title_key", "spoken_key", "at", "public_href"],
    )
    words = [Word(entry_id=row.pk, word=word) for row, one in zip(rows, said, strict=True) for word in index_words(one)]
    Word.objects.bulk_create(words, batch_size=5000)


def _moment(at: datetime | date | None) -> datetime | None:
    """Give noon of a day, so that days and moments stand in one order."""
    return at if at is None or isinstance(at, datetime) else datetime.combine(at, time(12), VIETNAM)


def _row(kind: Kind, said: Said) -> Entry:
    return Entry(
        kind=kind.key,
        object_id=said.id,
        title=said.title[:400],
        line=said.line[:400],
        href=said.href,
        code=code_of(said.code),
        title_key=title_key(said.title)[:400],
        spoken_key=spoken_key(f"{said.title} {said.line}")[:900],
        at=_moment(said.at),
        public_href=said.public_href,
    )
