"""Nothing of a document goes missing, or is read otherwise, on its way through the database."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import Refused
from raquan.readings import commands, queries
from raquan.readings.commands import starting
from raquan.readings.gateways import read_document
from raquan.readings.rules import STRETCH, DocumentText, PlanReading, ReadingState, Use, read_plan
from raquan.readings.tests.test_rules import _documents
from raquan.readings.tests.test_samples import SAMPLES

NOW = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)


def _comparable(reading: PlanReading) -> PlanReading:
    """Give a reading without what each line was taken for: a line of a task says so, whatever it was above it."""
    pieces = tuple(replace(piece, use=Use.PROSE) for piece in reading.pieces)
    return replace(reading, pieces=pieces)


@pytest.mark.slow
@pytest.mark.django_db
def test_every_sample_comes_back_as_it_was_read() -> None:
    came = 0
    for number, sample in enumerate(one for one in SAMPLES if one.stem != "bon-tram"):
        try:
            read = read_plan(read_document(sample.read_bytes(), sample.name))
        except Refused:
            continue
        reading = starting._begin(SYSTEM, NOW, f"{number:064}", sample.name, read)
        while starting._write_lines(reading.id, read, most=STRETCH):
            pass
        kept = queries.kept_plan(SYSTEM, reading.id)
        assert kept.reading.state is ReadingState.READ
        assert _comparable(kept.understood.reading) == _comparable(read), sample.name
        came += 1
    assert came >= 20


@pytest.mark.django_db
def test_the_example_leaves_nothing_over() -> None:
    example = Path(__file__).resolve().parents[4] / "examples/ke-hoach-138-2023.docx"
    started = commands.start_reading(by=SYSTEM, now=NOW, document=example.read_bytes(), file_name=example.name)
    kept = queries.kept_plan(SYSTEM, started.reading_id)
    assert kept.understood.reading.leftovers == ()
    assert len(kept.understood.reading.tasks) >= 10


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=_documents())
def test_no_paragraph_or_row_vanishes_in_a_kept_reading(document: DocumentText, settings: Any) -> None:
    read = read_plan(document)
    with transaction.atomic():
        reading = starting._begin(SYSTEM, NOW, "0" * 64, "a.docx", read)
        while starting._write_lines(reading.id, read, most=2):
            pass
        kept = queries.kept_plan(SYSTEM, reading.id).understood.reading
        transaction.set_rollback(True)
    assert [(one.source, one.text) for one in kept.pieces] == list(document.pieces())
    assert _comparable(kept) == _comparable(read)
