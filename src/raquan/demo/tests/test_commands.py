"""The demo goes on where its loading was interrupted, with nothing twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import raquan
from raquan.analytics.models import Snapshot
from raquan.capture.models import Assist, Submission
from raquan.demo import commands
from raquan.demo.commands import loading
from raquan.demo.models import DemoState
from raquan.demo.rules.schedule import schedule
from raquan.kernel.clock import install_offset, real_now
from raquan.outings.models import Outing
from raquan.rounds.models import UnitReport
from raquan.tallies.models import TallyCount, TallyEntry, TallySheet

ROOT = Path(raquan.__file__).parents[2]
OUTINGS = 120
ASSISTS = 700


class Killed(BaseException):
    """Ends loading as a kill does: nothing after it runs."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the demo a home of its own and a short schedule, and leave no clock behind."""
    settings.RAQUAN_HOME = tmp_path
    monkeypatch.setattr(loading, "schedule", lambda *args, **kw: islice(schedule(*args, **kw), OUTINGS))
    yield
    install_offset(timedelta(0))


def _load(until: tuple[str, int] = ("", 0), *, hours: int = 0) -> None:
    """Load the demo, some hours later, until a part has said that it has gone so far."""

    def progress(what: str, done: int, total: int) -> None:
        if what == until[0] and done >= until[1]:
            raise Killed

    commands.load_demo(
        real_now=real_now() + timedelta(hours=hours), root=ROOT, assists=ASSISTS, seed=1, progress=progress
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_loading_goes_on_where_it_was_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Killed):
        _load(until=("outings", 100))
    standing = set(Outing.objects.values_list("id", flat=True))
    assert 0 < len(standing) < OUTINGS
    assert {"done", "cancelled"} <= set(Outing.objects.values_list("state", flat=True))
    with pytest.raises(Killed):
        _load(until=("assists", 1), hours=3)
    assert standing < set(Outing.objects.values_list("id", flat=True))
    assert 0 < Submission.objects.count() < ASSISTS
    load_snapshot = loading._load_snapshot

    def frozen_and_killed(now: datetime) -> None:
        load_snapshot(now)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(loading, "_load_snapshot", frozen_and_killed)
        with pytest.raises(Killed):
            _load(hours=30)
    assert Snapshot.objects.count() == 1
    _load(hours=31)
    assert DemoState.objects.get().loaded[-5:] == ["snapshot", "rounds", "feedback", "press", "booth_photos"]
    assert (Outing.objects.count(), Submission.objects.count(), Assist.objects.count()) == (OUTINGS, ASSISTS, ASSISTS)
    assert Snapshot.objects.count() == 1
    assert set(UnitReport.objects.values_list("state", flat=True)) == {"draft", "submitted", "returned", "approved"}
    assert not UnitReport.objects.exclude(results="").exclude(results__startswith="(Lời mô phỏng)").exists()
    sheets = TallyEntry.objects.count()
    assert sheets > 0
    assert TallyCount.objects.filter(is_synthetic=True, quantity__gt=0).exists()
    assert not TallySheet.objects.filter(is_pending=True).exists()
    _load()
    assert TallyEntry.objects.count() == sheets
    assert (Submission.objects.count(), Snapshot.objects.count()) == (ASSISTS, 1)
