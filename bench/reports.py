"""The reports of the province and of all its units, made as the worker makes them, and packed.

    python -m bench.reports [--outings 1000] [--records 5000] [--most 80]

A synthetic province (bench/machinery/province.py) of 102 communes and 40 departments. Beside the whole run stand its
parts: asking for the figures of all units, filling one document, drawing one picture, one workbook; and for comparison
the figures of ten units asked for one at a time. `--most 20` stops the run after so many reports, as a worker does.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from bench.machinery import world as home

WITHIN_SECONDS = 60


def fill(outings: int, records: int) -> Any:
    """Make a province, and freeze its numbers; give its campaign's id and the snapshot's."""
    import django

    django.setup()
    from datetime import UTC, date, datetime

    from bench.machinery.province import Amounts, Ground, fill
    from django.core.management import call_command

    from raquan.analytics.commands import extract_facts, freeze_snapshot
    from raquan.capture.tests.world import instance, make_field
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    now = datetime(2023, 10, 5, 2, tzinfo=UTC)
    clock.install_offset(now - clock.real_now())
    call_command("migrate", verbosity=0)
    field = make_field(now)
    ground = Ground(
        campaign_id=field.campaign_id,
        starts_on=date(2023, 9, 15),
        ends_on=date(2023, 10, 15),
        district="648",
        phone=field.device,
        payload=lambda code, instance_id: instance(code, instance_id=instance_id),
    )
    fill(ground, Amounts(units=102, outings=outings, records=records), now=now)
    extract_facts(by=SYSTEM, now=now)
    return now, field.campaign_id, freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Give the median of several runs, the first of which warms up."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def parts(now: Any, campaign_id: Any, snapshot_id: Any) -> None:
    """Print what a run is made of."""
    from raquan.analytics import queries as analytics
    from raquan.analytics.commands import draw_figure
    from raquan.kernel.actor import SYSTEM
    from raquan.reports import gateways, queries
    from raquan.reports.commands.building import campaign_of, snapshot_of
    from raquan.reports.rules import Kind, unit_figures_wanted

    campaign, snapshot = campaign_of(campaign_id), snapshot_of(SYSTEM, campaign_id, snapshot_id)
    units = queries.reporting()
    sheets = queries.unit_sheets(SYSTEM, now, campaign, snapshot)
    richest = max(units, key=lambda one: sheets.figures.of(one.id)["assists", "group"].total or 0)
    content, filler = sheets.content_of(richest), gateways.filler_of(Kind.UNIT)
    pictures = [draw_figure(figure=one.figure) for one in content.charts]
    measures = [figure.measure for figure in sheets.figures.of(richest.id).values()]
    wanted = unit_figures_wanted()

    def one_at_a_time() -> None:
        for unit in units[:10]:
            filters = [("organization", str(unit.id))]
            analytics.figures(SYSTEM, wanted, campaign_id=campaign_id, snapshot_id=snapshot_id, filters=filters)

    together = seconds(lambda: queries.unit_sheets(SYSTEM, now, campaign, snapshot))
    alone = seconds(one_at_a_time, times=1) / 10
    print(f"figures of {len(units)} units together: {together:.2f} s; of one unit alone: {alone:.2f} s")
    print(f"one document: {seconds(lambda: filler.fill(content, pictures)) * 1000:.0f} ms")
    print(f"one workbook: {seconds(lambda: gateways.write_tables(content, measures)) * 1000:.0f} ms")
    for one in content.charts[:1]:
        print(f"one picture: {seconds(partial(draw_figure, figure=one.figure)) * 1000:.0f} ms")


def main(outings: int, records: int, most: int) -> None:
    """Make all reports, and print how long it took."""
    now, campaign_id, snapshot_id = fill(outings, records)
    from raquan.kernel.actor import SYSTEM
    from raquan.reports import commands, queries

    run_id = commands.start_run(by=SYSTEM, now=now, campaign_id=campaign_id, snapshot_id=snapshot_id)
    start, cpu = time.perf_counter(), time.process_time()
    while commands.run_reports(now=now, run_id=run_id, most=most):
        print(f"{queries.run(SYSTEM, run_id).done} reports after {time.perf_counter() - start:.1f} s")
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    total = queries.run(SYSTEM, run_id).total
    print(f"{home.vendor()}: {total} reports and their workbooks, packed: {took:.1f} s, {cpu:.1f} s of CPU")
    print(f"{took / total * 1000:.0f} ms a report, {'within' if took <= WITHIN_SECONDS else 'over'} {WITHIN_SECONDS} s")
    parts(now, campaign_id, snapshot_id)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outings", type=int, default=1000)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--most", type=int, default=80)
    asked = parser.parse_args()
    main(asked.outings, asked.records, asked.most)
