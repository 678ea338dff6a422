"""Compares two sets of frozen facts: what each changed record did to a number, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from raquan.analytics.engine.laying import Source
from raquan.analytics.engine.rows import Filters, key_text, key_value, matches, schema_of
from raquan.analytics.engine.running import engine_here, run, sql_of
from raquan.analytics.rules import (
    CORRECTED,
    GONE,
    LATE,
    NEW,
    RECOUNTED,
    REJECTED,
    RESTORED,
    Dimension,
    Formula,
    Sum,
    Table,
)

BEFORE, AFTER = "before_facts", "after_facts"


@dataclass(frozen=True, slots=True)
class Change:
    """What records of one reason did to a key: `value` is the difference they make, `records` how many they are."""

    key: str
    reason: str
    value: int
    records: int


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that counts otherwise than before: its keys and numbers then and now, 0 where it did not count."""

    id: str
    reason: str
    key_before: str
    key_after: str
    before: int
    after: int


def changes(
    before: Source, after: Source, formula: Formula, by: Dimension, cut_on: date, filters: Filters = ()
) -> list[Change]:
    """Say what changed for each key of a dimension and why; the values of a key add up to the difference.

    For formulas that add up. A record of an event up to `cut_on` that was not there before is late, a later one new.
    """
    table = _lay(before, after)
    changed = _changed(table, formula, by, cut_on, filters, before, after)
    gone = changed.select(
        key=changed["key_before"], reason=changed["reason"], id=changed["id"], value=-changed["before"]
    )
    come = changed.select(key=changed["key_after"], reason=changed["reason"], id=changed["id"], value=changed["after"])
    both = gone.filter(gone["value"] != 0).union(come.filter(come["value"] != 0))
    groups = both.group_by(["key", "reason"]).aggregate(value=both["value"].sum(), records=both["id"].nunique())
    rows = run(sql_of(groups))
    found = [Change(key_text(row["key"]), row["reason"], int(row["value"]), int(row["records"])) for row in rows]
    return sorted(found, key=lambda one: (one.key, one.reason))


def changed_records(
    before: Source,
    after: Source,
    formula: Formula,
    by: Dimension,
    cut_on: date,
    filters: Filters = (),
    *,
    offset: int,
    limit: int,
) -> tuple[list[ChangedRecord], int]:
    """Give a page of the records that count otherwise than before, by reason and id, and how many there are."""
    table = _lay(before, after)
    changed = _changed(table, formula, by, cut_on, filters, before, after)
    page = run(sql_of(changed.order_by(["reason", "id"]).limit(limit, offset=offset)))
    total = run(sql_of(changed.aggregate(value=changed.count())))[0]["value"]
    return [
        ChangedRecord(
            row["id"],
            row["reason"],
            key_text(row["key_before"]),
            key_text(row["key_after"]),
            int(row["before"]),
            int(row["after"]),
        )
        for row in page
    ], int(total)


def _changed(
    table: Table, formula: Formula, by: Dimension, cut_on: date, filters: Filters, before: Source, after: Source
) -> Any:
    """Join both sides by the record and keep those whose number or key differs, each with its reason."""
    import ibis

    old = _side(BEFORE, table, formula, by, filters, before.campaign_id)
    new = _side(AFTER, table, formula, by, filters, after.campaign_id)
    joined = old.rename(lambda name: f"old_{name}").outer_join(
        new.rename(lambda name: f"new_{name}"), [("old_id", "new_id")]
    )
    was, now = joined["old_value"].fill_null(0), joined["new_value"].fill_null(0)
    same_key = (joined["old_key"] == joined["new_key"]).fill_null(False) | (
        joined["old_key"].isnull() & joined["new_key"].isnull()
    )
    joined = joined.filter((was != now) | (~same_key & (was != 0)))
    is_new, is_gone = joined["old_id"].isnull(), joined["new_id"].isnull()
    was_out, is_out = joined["old_withdrawn"].fill_null(False), joined["new_withdrawn"].fill_null(False)
    reason = ibis.cases(
        (is_new & (joined["new_occurred_on"] <= cut_on).fill_null(False), LATE),
        (is_new, NEW),
        (is_gone, GONE),
        ((joined["new_grade"] == "tallied").fill_null(False), RECOUNTED),
        (~was_out & is_out, REJECTED),
        (was_out & ~is_out, RESTORED),
        else_=CORRECTED,
    )
    return joined.select(
        id=ibis.coalesce(joined["old_id"], joined["new_id"]),
        reason=reason,
        key_before=joined["old_key"],
        key_after=joined["new_key"],
        before=joined["old_value"].fill_null(0),
        after=joined["new_value"].fill_null(0),
    )


def _side(name: str, table: Table, formula: Formula, by: Dimension, filters: Filters, campaign_id: str | None) -> Any:
    import ibis

    rows = ibis.table(schema_of(table.columns), name=name)
    if campaign_id is not None:
        rows = rows.filter(rows["campaign_id"] == campaign_id)
    counts = matches(rows, formula) & ~rows["withdrawn"]
    for split, key in filters:
        value = key_value(table.columns[split.column], key)
        counts = (
            counts & (rows[split.column] == value).fill_null(False) if key else counts & rows[split.column].isnull()
        )
    column = formula.column if isinstance(formula, Sum) else "quantity"
    return rows.select(
        id=rows[table.id_column],
        key=rows[by.column],
        value=counts.ifelse(rows[column], 0),
        withdrawn=rows["withdrawn"],
        occurred_on=rows["occurred_on"],
        grade=rows["grade"],
    )


def _lay(before: Source, after: Source) -> Table:
    """Lay both sides before the engine; a side without files is empty. Gives the table that both are of."""
    for name, source in ((BEFORE, before), (AFTER, after)):
        if source.files:
            engine_here().lay_files(name, source.files, source.table.columns)
        else:
            engine_here().lay_facts(name, (), source.table)
    return after.table
