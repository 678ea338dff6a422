"""Makes the PDFs of reports after they are built: LibreOffice takes seconds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import subscribe
from raquan.reports import commands


@subscribe(commands.PDF_WANTED, slow=True)
def make_pdf(payload: dict[str, Any], now: datetime) -> None:
    """Make one report's PDF."""
    commands.make_pdf(by=SYSTEM, now=now, report_id=UUID(payload["report_id"]))
