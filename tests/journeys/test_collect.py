"""A telephone that records, sends, loses answers, sends again and corrects, in any order: nothing ever sticks."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.journeys.collect import Collect
from tests.journeys.conftest import copy_of
from tests.journeys.installation import Installation
from tests.journeys.test_crashes import OPEN_OUTING

pytestmark = [pytest.mark.journey, pytest.mark.slow]

HOWS = st.sampled_from(["self", "guided", "done_for"])
FILES = st.dictionaries(st.sampled_from(["a.bin", "b.bin", "c.bin"]), st.binary(min_size=1, max_size=200), max_size=3)


@dataclass
class Kept:
    """A finished record as the telephone keeps it, whatever became of it."""

    instance_id: str
    payload: bytes
    files: dict[str, bytes]
    root: str
    is_corrected: bool = False
    answers: list[int] = field(default_factory=list)


@pytest.fixture
def own(demo_home: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of its own, so that nothing else writes into what is counted."""
    copy = copy_of(demo_home, tmp_path_factory)  # type: ignore[arg-type]
    copy.start()
    yield copy
    copy.stop()


class Telephone(RuleBasedStateMachine):
    """What a person and a bad line can do with Collect; after it all, each record is there once, with its files."""

    waiting = Bundle("waiting")
    taken = Bundle("taken")

    def __init__(self, collect: Collect, server: Installation) -> None:
        super().__init__()
        self.collect, self.server = collect, server
        self.kept: list[Kept] = []

    @initialize()
    def set_up(self) -> None:
        """Fetch the form."""
        self.collect.prepare()

    @rule(target=waiting, how=HOWS, files=FILES)
    def finish(self, how: str, files: dict[str, bytes]) -> Kept:
        """Fill a form in."""
        return self._keep(how, files)

    @rule(record=waiting, parts=st.integers(1, 3), data=st.data())
    def break_off(self, record: Kept, parts: int, data: st.DataObject) -> None:
        """Send, and lose the line before an answer: the record waits on."""
        cut = data.draw(st.integers(0, parts - 1))
        assert self.collect.send_with(record.payload, record.files, parts=parts, cut_at=cut) == 0

    @rule(target=taken, record=consumes(waiting), parts=st.integers(1, 3))
    def send(self, record: Kept, parts: int) -> Kept:
        """Send; whatever came before, it is taken."""
        assert self.collect.send_with(record.payload, record.files, parts=parts) == 201
        return record

    @rule(record=taken, parts=st.integers(1, 2))
    def send_again(self, record: Kept, parts: int) -> None:
        """Send once more what was taken, corrected since or not."""
        assert self.collect.send_with(record.payload, record.files, parts=parts) == 201

    @rule(target=taken, record=taken, how=HOWS)
    def correct(self, record: Kept, how: str) -> Kept:
        """Correct a record that was sent: taken once for each version, and told to read the latest otherwise."""
        edit = self._keep(how, {}, corrects=record)
        status = self.collect.send(edit.payload)
        assert status == (409 if record.is_corrected else 201)
        if status == 409:
            self.kept.remove(edit)
            return record
        record.is_corrected = True
        return edit

    @rule(record=taken)
    def change(self, record: Kept) -> None:
        """Send other bytes under an id that was taken."""
        assert self.collect.send(record.payload.replace(b"</data>", b"<more>x</more></data>")) == 409

    @rule(how=HOWS)
    def correct_nothing(self, how: str) -> None:
        """Correct a record that never came."""
        record = self.collect.record(f"uuid:{uuid4()}", how=how, corrects=f"uuid:{uuid4()}")
        assert self.collect.send(record) == 404

    def teardown(self) -> None:
        """Send what is left: each is taken, and stands in the database once, byte for byte, with its files."""
        for record in self.kept:
            assert self.collect.send_with(record.payload, record.files, parts=1) == 201
            rows = self.server.ask(
                "SELECT id, sha256, root_instance_id FROM capture_submission WHERE instance_id = ?", record.instance_id
            )
            assert [row[1:] for row in rows] == [(hashlib.sha256(record.payload).hexdigest(), record.root)]
            files = self.server.ask(
                "SELECT name, sha256 FROM capture_attachment WHERE submission_id = ? AND replaced_at IS NULL",
                rows[0][0],
            )
            assert dict(files) == {name: hashlib.sha256(data).hexdigest() for name, data in record.files.items()}

    def _keep(self, how: str, files: dict[str, bytes], corrects: Kept | None = None) -> Kept:
        instance_id = f"uuid:{uuid4()}"
        payload = self.collect.record(instance_id, how=how, corrects=corrects.instance_id if corrects else "")
        record = Kept(instance_id, payload, files, corrects.root if corrects else instance_id)
        self.kept.append(record)
        return record


def test_nothing_that_a_telephone_does_makes_it_stick(own: Installation) -> None:
    collect = Collect(own.address, own.ask(OPEN_OUTING)[0][0])
    run_state_machine_as_test(
        lambda: Telephone(collect, own),  # type: ignore[arg-type]  # anything that makes one will do
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
