"""What may be asked about tally sheets, and the facts that they make."""

from raquan.tallies.queries.facts import (
    TallyFact,
    has_pending,
    last_fact,
    max_fact_seq,
    pending_count,
    tallied_of_outings,
    tallied_of_tasks,
    tallied_outings,
    tally_facts,
)
from raquan.tallies.queries.layout import TallyRow
from raquan.tallies.queries.sheet_facts import SheetFact, sheet_facts, sheets_out
from raquan.tallies.queries.sheets import (
    OutingTallies,
    TalliedView,
    TallyEntryView,
    TallyListRow,
    TallyPrint,
    TallySheetView,
    blank_sheets,
    outing_tallies,
    tallies_by_ids,
    tally_sheet,
)

__all__ = [
    "OutingTallies",
    "SheetFact",
    "TalliedView",
    "TallyEntryView",
    "TallyFact",
    "TallyListRow",
    "TallyPrint",
    "TallyRow",
    "TallySheetView",
    "blank_sheets",
    "has_pending",
    "last_fact",
    "max_fact_seq",
    "outing_tallies",
    "pending_count",
    "sheet_facts",
    "sheets_out",
    "tallied_of_outings",
    "tallied_of_tasks",
    "tallied_outings",
    "tallies_by_ids",
    "tally_facts",
    "tally_sheet",
]
