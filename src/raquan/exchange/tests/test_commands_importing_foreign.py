"""Exports that somebody wrote who has not seen the reader: what it makes of them is held against what they expect."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import raquan
from raquan.capture import queries as capture
from raquan.capture.commands import project_pending
from raquan.capture.models import Submission
from raquan.capture.tests.world import Field
from raquan.exchange import commands, queries
from raquan.kernel.refused import Refused

FOREIGN = Path(raquan.__file__).parents[2] / "tests" / "fixtures" / "imports" / "foreign"
LATER = datetime(2023, 11, 1, tzinfo=UTC)
SAMPLES = sorted(path.name.removesuffix(".expected.json") for path in FOREIGN.glob("*.expected.json"))


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_read_as_expected(field: Field, name: str) -> None:
    expected = json.loads((FOREIGN / f"{name}.expected.json").read_text())
    (path,) = (one for one in FOREIGN.glob(f"{name}.*") if not one.name.endswith(".expected.json"))

    def read() -> Any:
        file = io.BytesIO(path.read_bytes())
        return commands.read_import(by=field.office, now=LATER, form_id="assist", file=file, file_name=path.name)

    if "refused_whole" in expected:
        with pytest.raises(Refused):
            read()
        assert Submission.objects.count() == 0
        return
    import_id = read()
    commands.start_import(by=field.office, now=LATER, import_id=import_id)
    while commands.run_import(now=LATER, import_id=import_id):
        pass
    done = queries.import_(field.office, import_id)
    lines = [one.line for one in queries.import_refusals(field.office, import_id).items]
    assert lines == [one["line"] for one in expected["refused"]]
    assert (done.total, done.accepted, done.known) == (expected["rows"], expected["accepted"], expected["duplicates"])
    _check_first(field, expected["first"])


def _check_first(field: Field, first: dict[str, Any]) -> None:
    project_pending(now=LATER)
    one = Submission.objects.get(instance_id__endswith=first["instance_id"].removeprefix("uuid:"))
    record = capture.submission(field.office, one.id)
    answers = {answer.question: answer.answer for answer in record.answers}
    for question, said in first["answers"].items():
        if question != "start":
            assert answers[question] == said
    assert record.assist is not None
    assert record.assist.occurred_at == datetime.fromisoformat(first["answers"]["start"])
    assert one.received_at == datetime.fromisoformat(first["submitted_at"])
