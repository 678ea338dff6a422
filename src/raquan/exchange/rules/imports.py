"""How a table exported from ODK Central or KoboToolbox is understood: its columns, and the values in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from html import escape
from typing import Any

from raquan.kernel.refused import N_
from raquan.kernel.text import normalize


class ImportSource(StrEnum):
    """The systems whose exports we read."""

    CENTRAL = "central"
    KOBO = "kobo"


SOURCE_NAMES: Mapping[ImportSource, str] = {
    ImportSource.CENTRAL: N_("ODK Central"),
    ImportSource.KOBO: N_("KoboToolbox"),
}


class Meta(StrEnum):
    """What a column says about a record beside its answers."""

    ID = "id"
    SENT_AT = "sent_at"
    VERSION = "version"
    SENDER = "sender"
    DEVICE = "device"
    REVIEW = "review"
    STATUS = "status"
    INDEX = "index"
    PARENT = "parent"
    PARENT_TABLE = "parent_table"


CENTRAL_META: Mapping[str, Meta] = {
    "KEY": Meta.ID,
    "SubmissionDate": Meta.SENT_AT,
    "FormVersion": Meta.VERSION,
    "SubmitterName": Meta.SENDER,
    "DeviceID": Meta.DEVICE,
    "ReviewState": Meta.REVIEW,
    "Status": Meta.STATUS,
    "PARENT_KEY": Meta.PARENT,
}
KOBO_META: Mapping[str, Meta] = {
    "_uuid": Meta.ID,
    "_submission_time": Meta.SENT_AT,
    "__version__": Meta.VERSION,
    "_submitted_by": Meta.SENDER,
    "_validation_status": Meta.REVIEW,
    "_index": Meta.INDEX,
    "_parent_index": Meta.PARENT,
    "_parent_table_name": Meta.PARENT_TABLE,
}
_IGNORED = frozenset(
    {
        *("SubmitterID", "AttachmentsPresent", "AttachmentsExpected", "Edits", "instanceID", "instanceName"),
        *("_id", "_notes", "_status", "_tags", "_xform_id_string", "_attachments", "_geolocation", "formhub/uuid"),
        *("_bamboo_dataset_id", "meta/rootUuid", "meta/deprecatedID", "meta/instanceID", "meta/instanceName"),
        *("meta-instanceID", "meta-instanceName", "meta-entity", "meta-entity-label", "meta/audit", "meta-audit"),
        *("_uuid", "_submission_time", "_validation_status", "_submitted_by", "__version__"),
    }
)
"""Columns of the two systems that say nothing which we keep."""

REVIEWS: Mapping[str, str] = {
    "hasissues": "hasIssues",
    "edited": "",
    "approved": "approved",
    "rejected": "rejected",
    "not approved": "rejected",
    "on hold": "hasIssues",
    "validation_status_approved": "approved",
    "validation_status_not_approved": "rejected",
    "validation_status_on_hold": "hasIssues",
}

_GEO_PARTS = {
    ImportSource.CENTRAL: ("{0}-Latitude", "{0}-Longitude", "{0}-Altitude", "{0}-Accuracy"),
    ImportSource.KOBO: ("{1}_{2}_latitude", "{1}_{2}_longitude", "{1}_{2}_altitude", "{1}_{2}_precision"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """A form's words: which questions a label heads, and which value of a question's choices a label means.

    Folded as `label_key` does; a label that stands for two values is left out.
    """

    questions: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)


def label_key(text: str) -> str:
    """Give a label as it is compared: composed, single spaces, no case."""
    return normalize(text).casefold()


@dataclass(frozen=True, slots=True)
class TableMap:
    """What the columns of one table mean, by their place.

    `questions` gives a question's path, `points` a geopoint's path and part (0 to 3), `choices` a question's path
    and the choice that a column of 1 and 0 stands for. `ignored` are known columns that we do not keep, `unknown`
    those that nothing is known of.
    """

    questions: Mapping[int, str]
    points: Mapping[int, tuple[str, int]]
    choices: Mapping[int, tuple[str, str]]
    meta: Mapping[Meta, int]
    ignored: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def answered(self) -> frozenset[str]:
        """Give the questions that the table has columns for."""
        return frozenset(
            [*self.questions.values(), *(p for p, _ in self.points.values()), *(p for p, _ in self.choices.values())]
        )


def source_of_table(header: Sequence[str]) -> ImportSource | None:
    """Tell by its header from which system a main table comes; None for neither."""
    names = set(header)
    if "KEY" in names and names & {"SubmissionDate", "SubmitterID", "AttachmentsPresent", "ReviewState"}:
        return ImportSource.CENTRAL
    if names & {"_uuid", "meta/instanceID"} and "KEY" not in names:
        return ImportSource.KOBO
    return None


def map_columns(
    header: Sequence[str],
    fields: Sequence[tuple[str, str]],
    source: ImportSource,
    repeat: str = "",
    labels: Mapping[str, str] | None = None,
) -> TableMap:
    """Match a table's columns with a form's questions by path or, where it is one question's alone, by name.

    `repeat` is the path of the repeat whose rows the table lists; "" for the main table. A form whose groups are
    others than ours is matched by the names of its questions; an export with labels by `labels`.
    """
    own = _own_fields(fields, repeat)
    spellings = _spellings(own, repeat)
    parts = _geo_spellings(own, source, repeat)
    known_meta = CENTRAL_META if source is ImportSource.CENTRAL else KOBO_META
    questions: dict[int, str] = {}
    points: dict[int, tuple[str, int]] = {}
    choices: dict[int, tuple[str, str]] = {}
    meta: dict[Meta, int] = {}
    ignored, unknown = [], []
    for place, name in enumerate(header):
        path = _lookup(spellings, name) or _by_label(labels or {}, name) or _by_end(spellings, name)
        above, slash, choice = name.rpartition("/")
        if name in known_meta:
            meta.setdefault(known_meta[name], place)
        elif name in parts:
            points[place] = parts[name]
        elif path is not None and path not in questions.values():
            questions[place] = path
        elif slash and (of := _lookup(spellings, above)) is not None:
            choices[place] = (of, choice)
        elif name in _IGNORED or name.startswith(("SET-OF-", "_submission__")) or not name:
            ignored.append(name)
        else:
            unknown.append(name)
    if source is ImportSource.KOBO and "meta/instanceID" in header and not repeat:
        meta[Meta.ID] = list(header).index("meta/instanceID")
    if source is ImportSource.CENTRAL and Meta.DEVICE not in meta and "_id" in header:
        ignored.append("_id")
    whole = set(questions.values())
    return TableMap(
        questions=questions,
        points={place: one for place, one in points.items() if one[0] not in whole},
        choices={place: one for place, one in choices.items() if one[0] not in whole},
        meta=meta,
        ignored=tuple(name for name in ignored if name),
        unknown=tuple(unknown),
    )


def _own_fields(fields: Sequence[tuple[str, str]], repeat: str) -> list[tuple[str, str]]:
    """Give the questions of a table: those below its repeat, and below no other repeat in it."""
    repeats = [path for path, kind in fields if kind == "repeat" and path != repeat]
    inside = [(path, kind) for path, kind in fields if not repeat or path.startswith(f"{repeat}/")]
    return [
        (path, kind)
        for path, kind in inside
        if kind not in ("group", "repeat")
        and not any(path.startswith(f"{one}/") and one.startswith(f"{repeat}/" if repeat else "") for one in repeats)
    ]


def _spellings(own: Sequence[tuple[str, str]], repeat: str) -> dict[str, str | None]:
    """Give the ways in which questions head columns; None where two questions share one."""
    found: dict[str, str | None] = {}
    for path, _ in own:
        inner = path.removeprefix(f"{repeat}/") if repeat else path
        names = {
            path,
            inner,
            *(one.replace("/", sign) for one in (path, inner) for sign in "-.:_"),
            path.rsplit("/", 1)[-1],
        }
        for name in names:
            found[name] = path if found.get(name, path) == path else None
    for path, _ in own:  # a whole path is never ambiguous
        found[path] = path
        found[path.replace("/", "-")] = found.get(path.replace("/", "-")) or path
    return found


def _lookup(spellings: Mapping[str, str | None], name: str) -> str | None:
    if name in spellings:
        return spellings[name]
    near = {path for spelling, path in spellings.items() if spelling.casefold() == name.casefold()}
    return near.pop() if len(near) == 1 else None


def _by_label(labels: Mapping[str, str], name: str) -> str | None:
    """Match a label, with or without those of its groups before it."""
    return labels.get(label_key(name)) or labels.get(label_key(name.rpartition("/")[2]))


def _by_end(spellings: Mapping[str, str | None], name: str) -> str | None:
    """Match a question that stands in a group which our form does not have."""
    ends = {end for sign in "/-" if (end := name.rpartition(sign)[2]) != name}
    if name.startswith(("_", "meta", "SET-OF-")) or name.rpartition("/")[0] in spellings:
        return None
    return next((path for end in ends if (path := spellings.get(end)) is not None), None)


def _geo_spellings(own: Sequence[tuple[str, str]], source: ImportSource, repeat: str) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for path, kind in own:
        if kind != "geopoint":
            continue
        for place, shape in enumerate(_GEO_PARTS[source]):
            for spelling in {path, path.removeprefix(f"{repeat}/"), path.rsplit("/", 1)[-1]}:
                above, slash, name = spelling.rpartition("/")
                forms = {spelling, spelling.replace("/", "-")}
                for one in forms:
                    found[shape.format(one, above + slash if slash else "", name)] = (path, place)
                found[f"_{spelling}{shape.rsplit('}', 1)[-1]}"] = (path, place)
    return found


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a file as a record: where it stands, who it is, when it was sent, what it answers.

    `answers` maps a question's path to its text; `repeats` a repeat's path to its rows, each with answers and
    repeats of its own.
    """

    line: int
    instance_id: str
    sent_at: datetime | None
    version: str
    sender: str
    device: str
    review: str
    answers: Mapping[str, str]
    repeats: Mapping[str, Sequence["ChildRow"]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A row of a repeat."""

    answers: Mapping[str, str]
    repeats: Mapping[str, Sequence["ChildRow"]] = field(default_factory=dict)


def answers_of(cells: Sequence[str], table: TableMap) -> dict[str, str]:
    """Read the answers of a row: a geopoint is put together from its parts, a choice from its columns."""
    answers = {path: cells[place].strip() for place, path in table.questions.items()}
    points: dict[str, list[str]] = {}
    for place, (path, part) in table.points.items():
        points.setdefault(path, ["", "", "0", "0"])[part] = cells[place].strip() or ("0" if part > 1 else "")
    for path, parts in points.items():
        answers[path] = " ".join(parts) if parts[0] and parts[1] else ""
    chosen: dict[str, list[str]] = {}
    for place, (path, choice) in table.choices.items():
        picked = cells[place].strip().casefold() in ("1", "1.0", "true", "yes")
        chosen.setdefault(path, []).extend([choice] if picked else [])
    return answers | {path: " ".join(picked) for path, picked in chosen.items()}


def read_moment(text: str) -> datetime | None:
    """Read a time as the two systems write it, in UTC where it names no zone; None for "". Raises ValueError."""
    said = text.strip()
    if not said:
        return None
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_instance_id(text: str) -> str:
    """Give a record's instance id; Kobo leaves "uuid:" out."""
    said = text.strip()
    return f"uuid:{said}" if said and ":" not in said else said


def review_of(text: str) -> str:
    """Give the review state that a file says; "" for none or one that is no decision."""
    return REVIEWS.get(text.strip().casefold(), "")


def write_instance(row: ReadRow, *, form_id: str, version: str, fields: Sequence[tuple[str, str]]) -> bytes:
    """Write a row as the XForm instance that a device would have sent; the same row gives the same bytes."""
    tree: dict[str, Any] = {}
    for path, kind in fields:
        names = path.split("/")
        here = tree
        for name in names[:-1]:
            here = here.setdefault(name, {})
        if kind in ("group", "repeat"):
            here.setdefault(names[-1], {})
        else:
            here.setdefault(names[-1], None)
    repeats = frozenset(path for path, kind in fields if kind == "repeat")
    body = _elements(tree, "", row.answers, row.repeats, repeats)
    head = f'id="{escape(form_id)}" version="{escape(version)}"'
    meta = f"<orx:meta><orx:instanceID>{escape(row.instance_id)}</orx:instanceID></orx:meta>"
    xml = f'<data xmlns:orx="http://openrosa.org/xforms" {head}>{body}{meta}</data>'
    return f"<?xml version='1.0' encoding='UTF-8'?>{xml}".encode()


def _elements(
    tree: Mapping[str, Any],
    above: str,
    answers: Mapping[str, str],
    repeats: Mapping[str, Sequence[ChildRow]],
    repeating: frozenset[str],
) -> str:
    written = []
    for name, below in tree.items():
        path = f"{above}/{name}" if above else name
        if below is None:
            said = answers.get(path, "")
            written.append(f"<{name}>{escape(said, quote=False)}</{name}>" if said else f"<{name}/>")
        elif path in repeating:
            for child in repeats.get(path, ()):
                written.append(f"<{name}>{_elements(below, path, child.answers, child.repeats, repeating)}</{name}>")
        else:
            written.append(f"<{name}>{_elements(below, path, answers, repeats, repeating)}</{name}>")
    return "".join(written)
