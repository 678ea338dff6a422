"""The shapes of OData: where a page ended, the service document and the description of its types."""

import base64
import binascii
from collections.abc import Mapping
from html import escape
from typing import Any

from raquan.forms.queries import FormDetail
from raquan.kernel.refused import N_, Refused
from raquan.odk.central import Json
from raquan.odk.odata_rows import TABLE, Tree, is_repeat, repeat_paths, tree_of

SPACE = "org.opendatakit.submission"
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


def skip_token(number: int, place: int = 0) -> str:
    """Write where a page ended: after a record, or after so many rows of a record's repeat."""
    return base64.urlsafe_b64encode(f"below:{number}:{place}".encode()).decode()


def read_skip_token(token: str) -> tuple[int, int]:
    """Read where the last page ended; raises SkipTokenWrong."""
    try:
        name, *numbers = base64.urlsafe_b64decode(token.encode()).decode().split(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SkipTokenWrong() from None
    if name != "below" or len(numbers) != 2 or not all(_is_number(one) for one in numbers):
        raise SkipTokenWrong()
    return int(numbers[0]), int(numbers[1])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def service_json(base: str, form: FormDetail) -> Json:
    """Name the tables: the records, and one for each repeat."""
    names = [TABLE, *(f"{TABLE}.{path.replace('/', '.')}" for path in repeat_paths(form))]
    return {
        "@odata.context": f"{base}/$metadata",
        "value": [{"name": name, "kind": "EntitySet", "url": name} for name in names],
    }


def metadata(form: FormDetail) -> str:
    """Describe the tables' columns as spreadsheets want to know them (CSDL 4.0)."""
    written = _Description()
    tree = tree_of(form.fields)
    written.table(TABLE, {"__system": dict(SYSTEM), "meta": {"instanceID": "Edm.String"}, **_edm(tree)}, "")
    written.repeats(TABLE, tree, ())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>'
        f'<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="{SPACE}">{"".join(written.types)}'
        f'<EntityContainer Name="{escape(form.form_id)}">{"".join(written.sets)}'
        "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
    )


class _Description:
    """Collects the types of tables and of the groups in them."""

    def __init__(self) -> None:
        self.types: list[str] = []
        self.sets: list[str] = []

    def table(self, name: str, columns: Mapping[str, Any], parent: str) -> None:
        """Describe a table by its columns; a repeat's names the table whose rows its rows are within."""
        above = f'<Property Name="{escape(parent)}" Type="Edm.String"/>' if parent else ""
        lines = "".join(self._column(name, child, kind) for child, kind in columns.items())
        self.types.append(
            f'<EntityType Name="{escape(name)}"><Key><PropertyRef Name="__id"/></Key>'
            f'<Property Name="__id" Type="Edm.String" Nullable="false"/>{above}{lines}</EntityType>'
        )
        self.sets.append(f'<EntitySet Name="{escape(name)}" EntityType="{SPACE}.{escape(name)}"/>')

    def repeats(self, table: str, tree: Tree, within: tuple[str, ...]) -> None:
        """Describe the tables of the repeats within a table, and of those within them."""
        for name, kind in tree.items():
            if not isinstance(kind, dict):
                continue
            if not is_repeat(kind):
                self.repeats(table, kind, (*within, name))
                continue
            child = ".".join((table, *within, name))
            self.table(child, _edm(kind), f"__{table.replace('.', '-')}-id")
            self.repeats(child, kind, ())

    def _column(self, table: str, name: str, kind: Any) -> str:
        if isinstance(kind, dict):
            lines = "".join(self._column(f"{table}.{name}", child, inner) for child, inner in kind.items())
            kind = f"{table}.{name}"
            self.types.append(f'<ComplexType Name="{escape(kind)}">{lines}</ComplexType>')
            kind = f"{SPACE}.{kind}"
        return f'<Property Name="{escape(name)}" Type="{escape(kind)}"/>'


def _edm(tree: Tree) -> Json:
    """Give the types of columns; repeats are tables of their own."""
    found: Json = {}
    for name, kind in tree.items():
        if isinstance(kind, dict) and not is_repeat(kind):
            found[name] = _edm(kind)
        elif isinstance(kind, str):
            found[name] = EDM.get(kind, "Edm.String")
    return found
