"""Makes PDFs and runs over all units after they were asked for; lets what this room keeps be found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import publish, subscribe
from raquan.reports import commands
from raquan.reports.queries import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@subscribe(commands.PDF_WANTED, slow=True)
def make_pdf(payload: dict[str, Any], now: datetime) -> None:
    """Make one report's PDF."""
    commands.make_pdf(by=SYSTEM, now=now, report_id=UUID(payload["report_id"]))


@subscribe(commands.RUN_WANTED, slow=True)
def run(payload: dict[str, Any], now: datetime) -> None:
    """Go on with a run; what is left is asked for again, so that no lease runs out under it."""
    if commands.run_reports(now=now, run_id=UUID(payload["run"])):
        publish(topic=commands.RUN_WANTED, payload=payload)
