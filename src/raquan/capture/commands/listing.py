"""What a record's row says beyond its place: the columns that people search and sort by."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from raquan.capture.commands.reading import AssistReading
from raquan.capture.models import Origin, Submission, Tombstone
from raquan.capture.rules import source_of
from raquan.catalogue import queries as catalogue
from raquan.kernel.clock import local_date
from raquan.kernel.text import fold

MAX_KEY = 4000


def listed_columns(rows: Sequence[Submission], readings: Mapping[UUID, AssistReading]) -> dict[UUID, dict[str, Any]]:
    """Give the search columns of the rows of some records, by submission; two queries, however many records."""
    sources = dict(
        Origin.objects.filter(submission__in=[row.id for row in rows]).values_list("submission_id", "source")
    )
    codes = {reading.fields.get("service_code", "") for reading in readings.values()} - {""}
    names = catalogue.service_names(codes) if codes else {}
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        reading = readings[row.id]
        fields = reading.fields
        occurred_at = fields.get("occurred_at", row.received_at)
        words = [row.instance_id, *leaves(reading.answers), *names.get(fields.get("service_code", ""), {}).values()]
        found[row.id] = {
            "outing_id": fields.get("outing_id"),
            "service_code": fields.get("service_code", ""),
            "occurred_at": occurred_at,
            "occurred_on": fields.get("occurred_on", local_date(row.received_at)),
            "source": sources.get(row.id, source_of(row.reported_device)),
            "issue_key": "".join(f"|{issue.value}|" for issue in reading.issues),
            "sender_key": fold(row.sent_by_name)[:200],
            "search_key": search_key(words),
        }
    return found


def search_key(words: Sequence[str]) -> str:
    """Fold what a record says into one text in which words are looked for; each said once."""
    return " ".join(dict.fromkeys(word for one in words for word in fold(one).split()))[:MAX_KEY]


def leaves(answers: Any) -> Iterator[str]:
    """Give every answer, whatever groups it stands in."""
    if isinstance(answers, dict):
        answers = list(answers.values())
    if isinstance(answers, list):
        for one in answers:
            yield from leaves(one)
    else:
        yield str(answers)


def deleted_among(rows: Sequence[Submission]) -> set[str]:
    """Tell which of some records were deleted, by their root ids: a deleted record takes no number again."""
    roots = {row.root_instance_id for row in rows}
    return set(Tombstone.objects.filter(root_instance_id__in=roots).values_list("root_instance_id", flat=True))
