"""The figures of all units at once are those that are asked for one unit at a time."""

from datetime import datetime
from typing import Any

from raquan.analytics import queries
from raquan.analytics.commands import freeze_snapshot
from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.tests.world import envelope, instance, make_field
from raquan.kernel.actor import SYSTEM

WANTED = (
    *(
        (measure, by)
        for measure in ("assists", "self_done", "first_use", "stuck")
        for by in ("group", "day", "commune")
    ),
    *((measure, "group") for measure in ("people", "people_returned", "outings_with_records")),
    ("stuck", "bottleneck"),
)
ANSWERS: tuple[dict[str, str], ...] = (
    {"how": "self", "result": "filed"},
    {"how": "guided", "result": "account"},
    {"service": "mobile_money", "group": "cashless_payment", "result": "first_use", "how": "done_for"},
    {"result": "helped", "bottleneck": "signal"},
)


def test_all_at_once_is_each_alone(db: None, now: datetime, tmp_path: Any, settings: Any) -> None:
    settings.RAQUAN_HOME = tmp_path
    field = make_field(now)
    payloads = [instance(field.outing_code, **one) for one in ANSWERS] + [instance(field.city_outing_code)]
    receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    project_pending(now=now)
    frozen = freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    together = queries.figures_by_unit(SYSTEM, WANTED, snapshot_id=frozen)
    for unit in (field.cumgar_id, field.city_id):
        found = together.of(unit)
        assert set(found) == set(WANTED)
        assert found["assists", "group"].total
        for measure, by in WANTED:
            alone = queries.figure(SYSTEM, measure, by, snapshot_id=frozen, filters=[("organization", str(unit))])
            one = found[measure, by]
            told = [(row.key, row.label, row.value, row.href) for row in one.rows if row.value]
            assert told == [(row.key, row.label, row.value, row.href) for row in alone.rows if row.value]
            assert (one.total, one.address, one.as_of, one.synthetic) == (
                alone.total, alone.address, alone.as_of, alone.synthetic,
            )  # fmt: skip
            if measure == "assists":
                assert one.parts == alone.parts
            if measure.startswith("people"):
                assert one.beside[-1] == alone.beside[-1]


def test_a_unit_without_records_knows_nothing_rather_than_nought(
    db: None, now: datetime, tmp_path: Any, settings: Any
) -> None:
    settings.RAQUAN_HOME = tmp_path
    field = make_field(now)
    receive_submissions(by=field.device, now=now, envelopes=[envelope(instance(field.outing_code))])
    project_pending(now=now)
    frozen = freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    empty = queries.figures_by_unit(SYSTEM, WANTED, snapshot_id=frozen).of(field.city_id)
    assert all(one.total is None and not one.rows for one in empty.values())
