"""The shapes of OData: rows with typed answers, the service document and the description of its types."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from raquan.capture.queries import RowView
from raquan.forms.queries import FormDetail
from raquan.kernel.refused import N_, Refused
from raquan.odk.central import Json, moment, review_state

TABLE = "Submissions"
GROUPS = frozenset({"group", "repeat"})
EDM = {"int": "Edm.Int64", "decimal": "Edm.Double", "geopoint": "Edm.GeographyPoint"}
SYSTEM = {
    "submissionDate": "Edm.DateTimeOffset",
    "updatedAt": "Edm.DateTimeOffset",
    "submitterId": "Edm.String",
    "submitterName": "Edm.String",
    "attachmentsPresent": "Edm.Int64",
    "attachmentsExpected": "Edm.Int64",
    "status": "Edm.String",
    "reviewState": "Edm.String",
    "deviceId": "Edm.String",
    "edits": "Edm.Int64",
    "formVersion": "Edm.String",
    "deletedAt": "Edm.DateTimeOffset",
}


class SkipTokenWrong(Refused):
    """The address of the next page was changed on its way."""

    code = "odata.skiptoken_wrong"
    message = N_("$skiptoken không đúng. Hãy đọc lại từ trang đầu.")
    status = 400


def skip_token(number: int) -> str:
    """Write where a page ended."""
    return base64.urlsafe_b64encode(f"below:{number}".encode()).decode()


def read_skip_token(token: str) -> int:
    """Read where the last page ended; raises SkipTokenWrong."""
    try:
        name, _, number = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SkipTokenWrong() from None
    if name != "below" or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise SkipTokenWrong()
    return int(number)


def row_json(row: RowView, form: FormDetail, *, wkt: bool, expand: bool) -> Json:
    """Shape a row: its ids, what the system knows, and the answers as the form nests and types them."""
    system = {
        "submissionDate": moment(row.received_at),
        "updatedAt": moment(row.updated_at),
        "submitterId": str(row.submitter),
        "submitterName": row.submitter_name,
        "attachmentsPresent": row.files_present,
        "attachmentsExpected": row.files_expected,
        "status": None,
        "reviewState": review_state(row.review_state),
        "deviceId": row.device_id or None,
        "edits": row.edits,
        "formVersion": row.form_version,
        "deletedAt": None,
    }
    shaped = _group(_tree(form.fields), row.answers, wkt=wkt, expand=expand)
    return {"__id": row.root_instance_id, "__system": system, "meta": {"instanceID": row.instance_id}, **shaped}


def select(row: Json, paths: Sequence[tuple[str, ...]]) -> Json:
    """Keep the parts of a row that $select names, and its id."""
    kept: Json = {"__id": row["__id"]}
    for path in paths:
        source, target = row, kept
        for name in path[:-1]:
            source = source.get(name) or {}
            target = target.setdefault(name, {})
        if path[-1] in source:
            target[path[-1]] = source[path[-1]]
    return kept


def service_json(base: str) -> Json:
    """Name the one table."""
    return {
        "@odata.context": f"{base}/$metadata",
        "value": [{"name": TABLE, "kind": "EntitySet", "url": TABLE}],
    }


def metadata(form: FormDetail) -> str:
    """Describe the table's columns as spreadsheets want to know them (CSDL 4.0)."""
    space = "org.opendatakit.submission"
    types: list[str] = []

    def describe(name: str, tree: Mapping[str, Any]) -> str:
        lines = []
        for child, kind in tree.items():
            if isinstance(kind, dict):
                kind = describe(f"{name}.{child}", kind)
            lines.append(f'<Property Name="{escape(child)}" Type="{escape(kind)}"/>')
        types.append(f'<ComplexType Name="{escape(name)}">{"".join(lines)}</ComplexType>')
        return f"{space}.{name}"

    tree = _tree(form.fields)
    columns = {"__system": dict(SYSTEM), "meta": {"instanceID": "Edm.String"}, **_edm(tree)}
    lines = []
    for child, kind in columns.items():
        kind = describe(f"{TABLE}.{child}", kind) if isinstance(kind, dict) else kind
        lines.append(f'<Property Name="{escape(child)}" Type="{escape(kind)}"/>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>'
        f'<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="{space}">{"".join(types)}'
        f'<EntityType Name="{TABLE}"><Key><PropertyRef Name="__id"/></Key>'
        f'<Property Name="__id" Type="Edm.String" Nullable="false"/>{"".join(lines)}</EntityType>'
        f'<EntityContainer Name="{escape(form.form_id)}"><EntitySet Name="{TABLE}" EntityType="{space}.{TABLE}"/>'
        "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
    )


def _edm(tree: Mapping[str, Any]) -> Json:
    """Give the types of columns; repeats are no columns."""
    found: Json = {}
    for name, kind in tree.items():
        if isinstance(kind, dict):
            if not kind.get(""):
                found[name] = _edm(kind)
        else:
            found[name] = EDM.get(kind, "Edm.String")
    return found


@lru_cache(maxsize=64)
def _tree(fields: tuple[tuple[str, str], ...]) -> Mapping[str, Any]:
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


def _group(tree: Mapping[str, Any], answers: Any, *, wkt: bool, expand: bool) -> Json:
    said = answers if isinstance(answers, dict) else {}
    shaped: Json = {}
    for name, kind in tree.items():
        if name == "":
            continue
        answer = said.get(name)
        if not isinstance(kind, dict):
            shaped[name] = _typed(kind, answer, wkt=wkt) if isinstance(answer, str) else None
        elif not kind.get(""):
            shaped[name] = _group(kind, answer, wkt=wkt, expand=expand)
        elif expand:
            ones = answer if isinstance(answer, list) else [answer] if answer else []
            shaped[name] = [_group(kind, one, wkt=wkt, expand=True) for one in ones]
    return shaped


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
