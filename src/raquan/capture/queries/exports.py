"""Records as other programs take them away: in the order of their numbers, a bounded piece at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.capture.models import Attachment
from raquan.capture.queries.names import place_names
from raquan.capture.queries.search import found_rows
from raquan.capture.rules import RecordFilter
from raquan.catalogue import queries as catalogue
from raquan.forms import queries as form_queries
from raquan.kernel.actor import Actor
from raquan.kernel.localized import in_language
from raquan.outings import queries as outings
from raquan.people import queries as people


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A record in its current version; `files` are the (name, SHA-256) of those that have come."""

    number: int
    submission_id: UUID
    root_instance_id: str
    form_id: str
    form_version: str
    review_state: str
    occurred_at: datetime
    received_at: datetime
    place_code: str
    place_name: str
    organization_name: str
    outing_code: str
    service_code: str
    service_name: str
    sender: str
    source: str
    edits: int
    is_synthetic: bool
    answers: Mapping[str, Any]
    files: tuple[tuple[str, str], ...]


def export_size(actor: Actor, filters: RecordFilter, *, upto: int) -> int:
    """Count the records that a filter finds up to a number."""
    return found_rows(actor, filters).filter(number__lte=upto).count()


def export_fields(actor: Actor, filters: RecordFilter, *, upto: int) -> tuple[tuple[str, str], ...]:
    """List the questions of the forms among the found records as (path, type), in the order of the forms."""
    found = found_rows(actor, filters).filter(number__lte=upto).order_by()
    forms = list(found.values_list("form_id", flat=True).distinct())
    return form_queries.fields_of(forms)


def export_rows(
    actor: Actor, filters: RecordFilter, *, above: int, upto: int, limit: int, language: str = "vi"
) -> tuple[ExportRow, ...]:
    """Give the found records with numbers above one and up to another, the lowest first; six queries."""
    found = found_rows(actor, filters).filter(number__gt=above, number__lte=upto).order_by("number")
    needed = found.select_related("form", "submission__form_version", "submission__answer_sheet")
    rows = list(needed.defer("search_key", "submission__payload", "submission__form_version__xml")[:limit])
    services = catalogue.service_names({row.service_code for row in rows if row.service_code})
    units = place_names({(row.place_code, row.occurred_on) for row in rows if row.place_code})
    owners = people.organization_names({row.organization_id for row in rows if row.organization_id})
    codes = outings.outing_codes({row.outing_id for row in rows if row.outing_id})
    files: dict[UUID, list[tuple[str, str]]] = {}
    sent = Attachment.objects.filter(submission__in=[row.submission_id for row in rows], replaced_at__isnull=True)
    for owner, name, sha256 in sent.order_by("name").values_list("submission_id", "name", "sha256"):
        if sha256:
            files.setdefault(owner, []).append((name, sha256))
    return tuple(
        ExportRow(
            number=row.number,
            submission_id=row.submission_id,
            root_instance_id=row.root_instance_id,
            form_id=row.form.xml_form_id,
            form_version=row.submission.form_version.version,
            review_state=row.submission.review_state,
            occurred_at=row.occurred_at,
            received_at=row.received_at,
            place_code=row.place_code,
            place_name=units.get((row.place_code, row.occurred_on), ""),
            organization_name=owners.get(row.organization_id, "") if row.organization_id else "",
            outing_code=codes.get(row.outing_id, "") if row.outing_id else "",
            service_code=row.service_code,
            service_name=in_language(services[row.service_code], language) if row.service_code in services else "",
            sender=row.submission.sent_by_name,
            source=row.source,
            edits=row.edits,
            is_synthetic=row.submission.is_synthetic,
            answers=row.submission.answer_sheet.answers if hasattr(row.submission, "answer_sheet") else {},
            files=tuple(files.get(row.submission_id, ())),
        )
        for row in rows
    )
