"""Random days of several phones against the real server: what a phone called saved is received once, or accounted for.

A random day is told as steps that Hypothesis chooses and, when something fails, makes as few as it can.
"""

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from raquan.demo.rules.accounts import CU_MGAR_OUTING, FIELD_CODE, LEADER_LOGIN, PASSWORD
from tests.journeys.conftest import copy_of
from tests.journeys.installation import Installation, wait_until
from tests.journeys.whole_phone import Desk, Died, Failed, WholePhone, bundle_app

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("outbox"), pytest.mark.slow, pytest.mark.front]

MINUTES = float(os.environ.get("RAQUAN_OUTBOX_MINUTES", "0"))
"""How long random days are tried; 0 tries the same few each time."""
FEW, STEPS = 12, 24
PHONES = 3
SERVICES = ("birth_registration", "death_registration", "bank_app")
CLOCKS = {"true": 0.0, "1970": None, "a day on": 86400e3, "a year on": 366 * 86400e3}

RECEIVED = "SELECT instance_id, sha256, root_instance_id, deprecated_id FROM capture_submission WHERE NOT is_synthetic"
ASSISTS = """SELECT a.root_instance_id, s.instance_id, a.service_code FROM capture_assist a
  JOIN capture_submission s ON s.id = a.submission_id WHERE NOT a.is_synthetic AND a.withdrawn_at IS NULL"""
WAITING = "SELECT count(*) FROM capture_submission WHERE projected_at IS NULL AND NOT is_synthetic"

phones = st.integers(0, PHONES - 1)
which = st.integers(0, 5)
services = st.sampled_from(SERVICES)
lines = st.sampled_from(("good", "down", "lost", "twice", "late"))


@dataclass
class World:
    """What all days share: a server, phones in their processes, an officer, and codes of two people by their names."""

    own: Installation
    phones: list[WholePhone]
    desk: Desk
    codes: dict[str, str]
    tally: Counter[str] = field(default_factory=Counter)


@dataclass
class Saved:
    """A record that the app has called saved."""

    sha256: str
    person: str
    service: str
    phone: int
    was_warned: bool
    is_evicted: bool = False


class Days(RuleBasedStateMachine):
    """A day of some phones; what is saved on them is followed to its end."""

    world: ClassVar[World]

    @initialize(line=lines, people=st.lists(st.tuples(phones, services), min_size=1, max_size=4))
    def begin(self, line: str, people: list[tuple[int, str]]) -> None:
        """Each day begins with some records: which kinds of steps follow is another matter."""
        self.saved: dict[str, Saved] = {}
        self.persons: dict[str, str] = {}
        self.files: list[tuple[str, tuple[str, ...], int]] = []
        self.answers: list[tuple[str, int | None]] = []
        self.used: set[int] = set()
        for n, service in people:
            self.line_is(n, line)
            self.record(n, [service])

    def ask(self, n: int, what: str, **told: Any) -> Any:
        """Ask a phone; one that is new is signed in first, by the person whose it is."""
        phone = self.world.phones[n]
        if n not in self.used:
            phone.ask("new_phone")
            phone.ask("sign_in", code=list(self.world.codes.values())[n % 2])
            self.used.add(n)
        return phone.ask(what, **told)

    def tried(self, n: int, what: str, **told: Any) -> Any:
        """Ask for what a dead page, a locked account or a phone without its day may leave undone."""
        try:
            return self.ask(n, what, **told)
        except Died:
            return None
        except Failed:
            state = self.state(n)
            is_open = any(one["owner"] == state["current"] and one["open"] for one in state["accounts"])
            if is_open and state["day"]:
                raise
            return None

    def state(self, n: int) -> dict[str, Any]:
        """Tell where everything on a phone stands, whatever dies meanwhile."""
        try:
            found: dict[str, Any] = self.ask(n, "state")
        except Died:
            found = self.ask(n, "state")
        return found

    def own_rows(self, n: int) -> list[dict[str, Any]]:
        """Give the records of a phone's current person that have a button to put them right."""
        state = self.state(n)
        return [row for row in state["rows"] if row["owner"] == state["current"] and not row["remadeAs"]]

    def keep(self, n: int, said: dict[str, Any] | None, service: str) -> None:
        """Note what the app has called saved."""
        if said is None:
            return
        before = said["replaces"] or said["remakes"]
        person = self.persons.get(before, before) if before else said["id"]
        self.persons[said["id"]] = person
        self.saved[said["id"]] = Saved(said["sha256"], person, service, n, said["at_risk"])

    @rule(n=phones, some=st.lists(services, min_size=1, max_size=3))
    def record(self, n: int, some: list[str]) -> None:
        """Record the assists of some people."""
        for service in some:
            self.keep(n, self.tried(n, "record", outing=CU_MGAR_OUTING, service=service), service)

    @rule(n=phones, service=services)
    def edit(self, n: int, service: str) -> None:
        """Begin, and be called away."""
        self.tried(n, "edit", outing=CU_MGAR_OUTING, service=service)

    @rule(n=phones, one=which, service=services)
    def put_right(self, n: int, one: int, service: str) -> None:
        """Correct a record, or make one anew that came back, as its button does."""
        rows = self.own_rows(n)
        if rows:
            self.keep(n, self.tried(n, "put_right", id=rows[one % len(rows)]["id"], service=service), service)

    @rule(n=phones, line=lines)
    def line_is(self, n: int, line: str) -> None:
        """Another line, until the next."""
        self.tried(n, "line", line=line)

    @rule(n=phones, what=st.sampled_from(("send", "lock", "late_arrives", "crash")))
    def happens(self, n: int, what: str) -> None:
        """The button to send, or to lock, is touched; what was long underway arrives; the page is opened anew."""
        self.tried(n, what)

    @rule(n=phones, one=which)
    def send_again(self, n: int, one: int) -> None:
        """Send a record that came back once more as it is, as its button does."""
        returned = [row for row in self.own_rows(n) if row["state"] == "returned"]
        if returned:
            self.tried(n, "send_again", id=returned[one % len(returned)]["id"])

    @rule(n=phones, steps=st.integers(1, 40))
    def dies_soon(self, n: int, steps: int) -> None:
        """The page will die in the middle of what it does."""
        self.tried(n, "die_after", steps=steps)

    @rule(n=phones)
    def unlock(self, n: int) -> None:
        """Type the code."""
        current = self.state(n)
        for one in current["accounts"]:
            if one["owner"] == current["current"]:
                self.tried(n, "unlock", code=self.world.codes[one["person"]])

    @rule(n=phones, clock=st.sampled_from(tuple(CLOCKS)))
    def clock_jumps(self, n: int, clock: str) -> None:
        """The phone's clock is another."""
        off = CLOCKS[clock]
        self.tried(n, "clock", ms=-time.time() * 1000 if off is None else off)

    @rule(n=phones, who=st.integers(0, 1))
    def somebody_signs_in(self, n: int, who: int) -> None:
        """The other, or the same again, types the own code."""
        self.tried(n, "sign_in", code=list(self.world.codes.values())[who])

    @rule(n=phones, who=which)
    def change_over(self, n: int, who: int) -> None:
        """Another person of the phone takes it."""
        accounts = self.state(n)["accounts"]
        if accounts:
            self.tried(n, "switch", owner=accounts[who % len(accounts)]["owner"])

    @rule(n=phones)
    def save_file(self, n: int) -> None:
        """Save a backup file, for a teammate or the desk."""
        made = self.tried(n, "bundles")
        for text in made["files"] if made else ():
            self.files.append((text, tuple(made["ids"]), n))

    @precondition(lambda self: self.files)
    @rule(n=phones, one=which)
    def carry(self, n: int, one: int) -> None:
        """A teammate takes a file over, and hands the answers back."""
        self.tried(n, "take", text=self.files[one % len(self.files)][0])
        for carried in self.tried(n, "answers") or ():
            if carried["answer"]:
                self.answers.append((carried["answer"], None))

    @precondition(lambda self: self.files)
    @rule(one=which)
    def hand_in(self, one: int) -> None:
        """An officer hands a file in."""
        text, _, origin = self.files[one % len(self.files)]
        self.answers.append((self.world.desk.hand_in(text), origin))

    @precondition(lambda self: self.answers)
    @rule(n=phones, one=which)
    def answer_comes_back(self, n: int, one: int) -> None:
        """An answer is handed to some phone, its own or not."""
        self.tried(n, "take", text=self.answers[one % len(self.answers)][0])

    @rule(n=phones, dice=st.integers(0, 5))
    def evicted(self, n: int, dice: int) -> None:
        """The browser clears everything away; once in six, for the phone is then as new."""
        if dice < 5 or n not in self.used:
            return
        gone = {row["id"] for row in self.state(n)["rows"] if row["state"] != "received"}
        for record_id in gone & self.saved.keys():
            self.saved[record_id].is_evicted = True
        self.ask(n, "evict")
        self.used.discard(n)

    @rule(n=phones, after_ms=st.integers(0, 60), dice=st.integers(0, 9))
    def server_dies(self, n: int, after_ms: int, dice: int) -> None:
        """The process that answers is killed while a phone sends; once in ten, for it must start again.

        In long runs the whole server goes at times.
        """
        if dice < 9:
            return
        if n in self.used:
            self.tried(n, "line", line="good")
        own, is_power_cut = self.world.own, MINUTES > 0 and after_ms > 50
        killing = threading.Timer(after_ms / 1000, own.kill if is_power_cut else own.kill_web)
        killing.start()
        self.tried(n, "send")
        killing.join()
        if is_power_cut:
            own.start()
        self.world.tally["the server was killed"] += 1

    def teardown(self) -> None:
        """Let everything through, and hold the database against what was said."""
        if not self.used:
            return
        shown = {n: self.let_through(n) for n in sorted(self.used)}
        for text, _, origin in self.files:
            answer = self.world.desk.hand_in(text)
            if origin in self.used:
                self.world.phones[origin].ask("take", text=answer)
        self.world.tally["days"] += 1
        self.world.tally["saved"] += len(self.saved)
        wait_until(lambda: self.world.own.ask(WAITING) == [(0,)], "records wait for the worker", pause=0.05)
        self.check(shown)

    def let_through(self, n: int) -> dict[str, dict[str, Any]]:
        """Give a phone a good line, its true time and its people's codes; give what then is on it."""
        self.tried(n, "line", line="down")
        phone = self.world.phones[n]
        phone.ask("crash")  # a page that was to die soon dies now
        phone.ask("line", line="good")
        phone.ask("clock", ms=0)
        phone.ask("late_arrives")
        for _ in range(3):
            state = phone.ask("state")
            waiting = {row["owner"] for row in state["rows"] if row["state"] in ("saved", "sent")}
            for one in state["accounts"]:
                if one["owner"] in waiting:
                    phone.ask("switch", owner=one["owner"])
                    code = self.world.codes[one["person"]]
                    assert phone.ask("sign_in" if one["barred"] else "unlock", code=code) is None
                    phone.ask("send")
        return {row["id"]: row for row in phone.ask("state")["rows"]}

    def check(self, shown: dict[int, dict[str, dict[str, Any]]]) -> None:
        """Every record is received once as it was said, on a phone with a reason, or lost with a warning."""
        on_phones = {record_id: row for rows in shown.values() for record_id, row in rows.items()}
        received = {one[0]: one for one in self.world.own.ask(RECEIVED)}
        kept_in_files = {record_id for _, ids, _ in self.files for record_id in ids}
        for row in on_phones.values():
            assert row["state"] in ("received", "returned"), row
            assert row["state"] == "returned" or received[row["id"]][1] == row["sha256"], row
        for record_id, saved in self.saved.items():
            here = on_phones.get(record_id)
            if record_id in received:
                assert received[record_id][1] == saved.sha256, (record_id, saved)
            elif here:
                assert here["state"] == "returned", here
                assert here["reason"]["message"], here
                self.world.tally[f"returned: {here['reason']['code']}"] += 1
            else:
                assert saved.is_evicted, (record_id, saved)
                assert saved.was_warned, (record_id, saved)
                assert record_id not in kept_in_files, (record_id, saved)
                self.world.tally["lost by an eviction that was warned of, without a file"] += 1
        self.check_counting(on_phones, received)

    def check_counting(self, on_phones: dict[str, dict[str, Any]], received: dict[str, tuple[Any, ...]]) -> None:
        """Each person counts once at most, as the last correction says."""
        persons = dict(self.persons)
        for row in sorted(on_phones.values(), key=lambda row: int(row["seq"])):
            persons.setdefault(row["id"], persons.get(row["replaces"], row["id"]))
        for row in on_phones.values():  # made anew while nobody could be told
            if row["remadeAs"] and row["remadeAs"] not in self.persons:
                persons[row["remadeAs"]] = persons[row["id"]]
        assists = {root: (head, service) for root, head, service in self.world.own.ask(ASSISTS)}
        corrected = {one[3] for one in received.values() if one[3]}
        counted: Counter[str] = Counter()
        for record_id, person in persons.items():
            if record_id not in received:
                continue
            _, _, root, deprecated = received[record_id]
            assert deprecated is None or received[deprecated][2] == root
            head, service = assists[root]
            assert (head == record_id) == (record_id not in corrected), record_id
            if head == record_id:
                counted[person] += 1
                assert record_id not in self.saved or service == self.saved[record_id].service
        assert all(times == 1 for times in counted.values()), counted


@pytest.fixture(scope="module")
def world(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server with two helpers' codes, and phones that nobody has used."""
    own = copy_of(demo_home, tmp_path_factory)
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b", own.run("people", "code", LEADER_LOGIN))
    assert code
    own.start()
    app = bundle_app(tmp_path_factory.mktemp("app"))
    phones = [WholePhone(app, own.address) for _ in range(PHONES)]
    desk = Desk(own.address, "cumgar@demo.vn", PASSWORD)
    yield World(own, phones, desk, {"Trần Văn Bình": FIELD_CODE, "Y Mek Ê Nuôl": code[0]})
    for phone in phones:
        phone.end()
    own.kill()


def test_what_a_phone_called_saved_is_received_once_or_accounted_for(world: World) -> None:
    days = type("SomeDays", (Days,), {"world": world})
    same = settings(
        max_examples=FEW,
        stateful_step_count=STEPS,
        derandomize=MINUTES == 0,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
    )
    until = time.monotonic() + MINUTES * 60
    run_state_machine_as_test(days, settings=same)
    while time.monotonic() < until:
        run_state_machine_as_test(days, settings=same)
    print(dict(world.tally))  # noqa: T201 - what the long run is for
    assert world.tally["saved"] > 0
