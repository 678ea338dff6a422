"""Makes the PDFs of reports after they are built: LibreOffice takes seconds; lets what this room keeps be found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import subscribe
from raquan.reports import commands
from raquan.reports.queries import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@subscribe(commands.PDF_WANTED, slow=True)
def make_pdf(payload: dict[str, Any], now: datetime) -> None:
    """Make one report's PDF."""
    commands.make_pdf(by=SYSTEM, now=now, report_id=UUID(payload["report_id"]))
