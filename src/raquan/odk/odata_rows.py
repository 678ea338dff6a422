"""The rows of OData: answers nested and typed as the form says, and a repeat's rows as a table of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1
from typing import Any

from raquan.capture.queries import RowView
from raquan.capture.rules import is_envelope
from raquan.forms.queries import FormDetail
from raquan.odk.central import Json, moment, review_state

TABLE = "Submissions"
GROUPS = frozenset({"group", "repeat"})

Tree = Mapping[str, Any]
"""A form's questions by name: a type, or a mapping of a group; a repeat's has "" in it."""

Step = tuple[str, str | None]
"""A group or repeat on the way down, and which row of the repeat, where one is meant."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows are written: places as WKT instead of GeoJSON, repeats within their rows instead of apart."""

    wkt: bool = False
    expand: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A row: its table, its id, and the address that leads to what is within it."""

    table: str
    row_id: str
    link: str

    def child(self, within: Sequence[str], index: int) -> "Place":
        """Give a row of a repeat within this one; its id is the same whenever it is asked for."""
        row_id = sha1(f"{self.row_id} {'/'.join(within)} {index}".encode(), usedforsecurity=False).hexdigest()
        return Place(".".join((self.table, *within)), row_id, f"{self.link}/{'/'.join(within)}('{row_id}')")


def row_json(row: RowView, form: FormDetail, shape: Shape) -> Json:
    """Shape a record: its ids, what the system knows, and the answers as the form nests and types them."""
    system = {
        "submissionDate": moment(row.received_at),
        "updatedAt": moment(row.updated_at),
        "submitterId": str(row.submitter),
        "submitterName": row.submitter_name,
        "attachmentsPresent": row.files_present,
        "attachmentsExpected": row.files_expected,
        "status": "notDecrypted" if is_envelope(row.answers) else None,
        "reviewState": review_state(row.review_state),
        "deviceId": row.device_id or None,
        "edits": row.edits,
        "formVersion": row.form_version,
        "deletedAt": None,
    }
    shaped = _group(tree_of(form.fields), row.answers, _place(row), (), shape)
    return {"__id": row.root_instance_id, "__system": system, "meta": {"instanceID": row.instance_id}, **shaped}


def repeat_rows(row: RowView, form: FormDetail, steps: Sequence[Step], shape: Shape) -> Iterator[Json]:
    """Give a record's rows of the repeat that the steps lead to, in their order."""
    for kind, one, place, parent in _occurrences(tree_of(form.fields), row.answers, _place(row), steps):
        yield _repeated(kind, one, place, parent, shape)


def repeat_paths(form: FormDetail) -> tuple[str, ...]:
    """Name the form's repeats by their paths."""
    return tuple(path for path, kind in form.fields if kind == "repeat")


def is_repeat(tree: Tree) -> bool:
    """Tell a repeat from a group."""
    return "" in tree


def select(row: Json, paths: Sequence[tuple[str, ...]]) -> Json:
    """Keep the parts of a row that $select names, and its ids."""
    kept: Json = {name: value for name, value in row.items() if name == "__id" or name.startswith(f"__{TABLE}")}
    for path in paths:
        source, target = row, kept
        for name in path[:-1]:
            source = source.get(name) or {}
            target = target.setdefault(name, {})
        if path[-1] in source:
            target[path[-1]] = source[path[-1]]
    return kept


@lru_cache(maxsize=64)
def tree_of(fields: tuple[tuple[str, str], ...]) -> Tree:
    """Nest (path, type) pairs: groups become mappings, a repeat one with "" in it. Once a form, not once a row."""
    tree: dict[str, Any] = {}
    for path, kind in fields:
        *above, name = path.split("/")
        place = tree
        for one in above:
            place = place.setdefault(one, {})
        if kind in GROUPS:
            place[name] = {"": True} if kind == "repeat" else {}
        else:
            place[name] = kind
    return tree


def _place(row: RowView) -> Place:
    quoted = row.root_instance_id.replace("'", "''")
    return Place(TABLE, row.root_instance_id, f"{TABLE}('{quoted}')")


def _occurrences(
    tree: Tree, answers: Any, place: Place, steps: Sequence[Step]
) -> Iterator[tuple[Tree, Any, Place, Place]]:
    """Walk down to the last step; give what was answered there, its row and the row that it is within."""
    within: tuple[str, ...] = ()
    for number, (name, wanted) in enumerate(steps):
        kind = tree.get(name)
        if not isinstance(kind, dict):
            return
        within, answer = (*within, name), _said(answers).get(name)
        if not is_repeat(kind):
            tree, answers = kind, answer
            continue
        for index, one in enumerate(_ones(answer)):
            child = place.child(within, index)
            if wanted not in (None, child.row_id):
                continue
            if number == len(steps) - 1:
                yield kind, one, child, place
            else:
                yield from _occurrences(kind, one, child, steps[number + 1 :])
        return


def _group(tree: Tree, answers: Any, place: Place, within: tuple[str, ...], shape: Shape) -> Json:
    said, shaped = _said(answers), {}
    for name, kind in tree.items():
        if name == "":
            continue
        answer, path = said.get(name), (*within, name)
        if not isinstance(kind, dict):
            shaped[name] = _typed(kind, answer, wkt=shape.wkt) if isinstance(answer, str) else None
        elif not is_repeat(kind):
            shaped[name] = _group(kind, answer, place, path, shape)
        elif shape.expand:
            ones = enumerate(_ones(answer))
            shaped[name] = [_repeated(kind, one, place.child(path, index), place, shape) for index, one in ones]
        else:
            shaped[f"{name}@odata.navigationLink"] = f"{place.link}/{'/'.join(path)}"
    return shaped


def _repeated(kind: Tree, answers: Any, place: Place, parent: Place, shape: Shape) -> Json:
    ids = {"__id": place.row_id, f"__{parent.table.replace('.', '-')}-id": parent.row_id}
    return ids | _group(kind, answers, place, (), shape)


def _said(answers: Any) -> Mapping[str, Any]:
    return answers if isinstance(answers, dict) else {}


def _ones(answer: Any) -> list[Any]:
    """List the times that a repeat was answered: the payload's reader gives one alone without a list."""
    return answer if isinstance(answer, list) else [answer] if answer else []


def _typed(kind: str, answer: str, *, wkt: bool) -> Any:
    """Type an answer; what cannot be of its type is nothing, since a column has one type (its bytes are kept)."""
    if not answer:
        return None
    try:
        if kind == "int":
            return int(answer)
        if kind == "decimal":
            number = float(answer)
            return number if abs(number) != float("inf") and number == number else None
        if kind == "geopoint":
            return _point([float(part) for part in answer.split()], wkt=wkt)
    except ValueError:
        return None
    return answer


def _point(parts: Sequence[float], *, wkt: bool) -> Any:
    """Turn "latitude longitude [altitude [accuracy]]" about: longitude comes first outside of ODK."""
    if len(parts) < 2:
        return None
    altitude = parts[2] if len(parts) > 2 else 0.0
    if wkt:
        return f"POINT Z ({parts[1]} {parts[0]} {altitude})"
    accuracy = parts[3] if len(parts) > 3 else None
    return {
        "type": "Point",
        "coordinates": [parts[1], parts[0], altitude],
        "properties": {"accuracy": accuracy},
    }
