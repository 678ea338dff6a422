"""Which version a record answers: asked for every record that comes, so kept in the process's memory.

A published version never changes and is kept for good. A form's state and audience change: they are believed for
TRUSTED_FOR at most, and a process that changes them forgets them as it commits.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from types import MappingProxyType
from uuid import UUID

from django.db import connection

from raquan.forms.models import Form, FormVersion
from raquan.forms.rules import FormState

TRUSTED_FOR = 2.0
"""How many seconds a state that was read is believed: so long at most another process goes on taking records for a
form that was closed. A person closes forms, and devices send when they find a signal: two seconds change nothing."""


@dataclass(frozen=True, slots=True)
class ServedForm:
    """A form by its row, whether it takes records, and from whom: an empty `audience` is everybody."""

    id: UUID
    form_id: str
    state: FormState
    audience: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class ServedVersion:
    """What a version asks: `projection` names the question that feeds each field of an assist, `uploads` are for files.

    `form_row` is the form's row, `form_id` what devices call it.
    """

    id: UUID
    form_row: UUID
    form_id: str
    version: str
    projection: Mapping[str, str]
    uploads: tuple[str, ...]

    @property
    def is_assist(self) -> bool:
        """Tell whether its records are assists: a form that feeds some field feeds all that an assist needs."""
        return bool(self.projection)


class _Memory:
    """What this process has read, safe for several threads.

    A transaction of its own sees what may never come to be, so that nothing is kept from inside one; and what was
    asked before somebody forgot is not kept either, since the answer may be the old one.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._forgotten = 0
        self._forms: dict[str, tuple[float, ServedForm]] = {}
        self._versions: dict[tuple[UUID, str], ServedVersion] = {}
        self._by_id: dict[UUID, ServedVersion] = {}

    def forms(self, form_ids: Collection[str]) -> dict[str, ServedForm]:
        asked_at, inside = monotonic(), connection.in_atomic_block
        with self._lock:
            forgotten = self._forgotten
            found = {} if inside else self._believed(form_ids, asked_at)
        missing = set(form_ids) - set(found)
        if missing:
            fresh = _read_forms(missing)
            found |= fresh
            with self._lock:
                if not inside and self._forgotten == forgotten:
                    self._forms |= {one: (asked_at, form) for one, form in fresh.items()}
        return found

    def _believed(self, form_ids: Collection[str], at: float) -> dict[str, ServedForm]:
        known = {one: self._forms[one] for one in form_ids if one in self._forms}
        return {one: form for one, (read_at, form) in known.items() if at - read_at < TRUSTED_FOR}

    def versions(self, asked: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], ServedVersion]:
        with self._lock:
            found = {one: self._versions[one] for one in asked if one in self._versions}
        missing = set(asked) - set(found)
        if missing:
            rows, names = {row for row, _ in missing}, {version for _, version in missing}
            fresh = _read_versions(form_id__in=rows, version__in=names)
            self._keep(fresh)
            found |= {(one.form_row, one.version): one for one in fresh if (one.form_row, one.version) in missing}
        return found

    def versions_by_id(self, ids: Collection[UUID]) -> dict[UUID, ServedVersion]:
        with self._lock:
            found = {one: self._by_id[one] for one in ids if one in self._by_id}
        missing = set(ids) - set(found)
        if missing:
            fresh = _read_versions(id__in=missing)
            self._keep(fresh)
            found |= {one.id: one for one in fresh}
        return found

    def forget(self) -> None:
        with self._lock:
            self._forgotten += 1
            self._forms.clear()

    def _keep(self, fresh: Collection[ServedVersion]) -> None:
        if connection.in_atomic_block:
            return
        with self._lock:
            self._versions |= {(one.form_row, one.version): one for one in fresh}
            self._by_id |= {one.id: one for one in fresh}


_MEMORY = _Memory()


def served_forms(form_ids: Collection[str]) -> dict[str, ServedForm]:
    """Give the forms of some ids by their ids, closed ones too; an id of no form is left out.

    For the room that takes records; the state may be up to TRUSTED_FOR old where another process changed it.
    """
    return _MEMORY.forms(form_ids)


def served_versions(asked: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], ServedVersion]:
    """Give versions by their form's row (ServedForm.id) and their name; what was never published is left out."""
    return _MEMORY.versions(asked)


def served_versions_by_id(ids: Collection[UUID]) -> dict[UUID, ServedVersion]:
    """Give versions by their row's id."""
    return _MEMORY.versions_by_id(ids)


def forget_states() -> None:
    """Ask for the forms' states anew; whoever changes one calls this once that is committed."""
    _MEMORY.forget()


def _read_forms(form_ids: Collection[str]) -> dict[str, ServedForm]:
    columns = ("id", "xml_form_id", "state", "audience__organization_id")
    found: dict[str, ServedForm] = {}
    audiences: dict[str, set[UUID]] = {}
    for row, form_id, state, organization in Form.objects.filter(xml_form_id__in=form_ids).values_list(*columns):
        audience = audiences.setdefault(form_id, set())
        if organization is not None:
            audience.add(organization)
        found[form_id] = ServedForm(row, form_id, FormState(state), frozenset(audience))
    return found


def _read_versions(**narrowed: Collection[UUID] | Collection[str]) -> list[ServedVersion]:
    columns = ("id", "form_id", "form__xml_form_id", "version", "projection", "uploads")
    return [
        ServedVersion(row, form_row, form_id, version, MappingProxyType(projection), tuple(uploads))
        for row, form_row, form_id, version, projection, uploads in FormVersion.objects.filter(**narrowed).values_list(
            *columns
        )
    ]
