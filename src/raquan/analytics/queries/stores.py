"""Where fact files and snapshots lie, and which facts are not in a file yet."""

from functools import partial
from pathlib import Path

from django.conf import settings

from raquan.analytics.engine import Source
from raquan.analytics.rules import Chain, chain
from raquan.capture import queries as capture
from raquan.capture.queries import AssistFact
from raquan.kernel.refused import N_, Refused
from raquan.kernel.remembering import Remembered

TAIL_PAGE = 10_000


class FactsAhead(Refused):
    """The fact files hold more than the database: they belong to another one."""

    code = "facts.ahead"
    message = N_(
        "Tệp số liệu trong {folder} không thuộc về cơ sở dữ liệu này. Hãy chuyển thư mục đó đi nơi khác rồi thử lại."
    )
    status = 500


def facts_folder() -> Path:
    """Give the folder of the fact files."""
    return Path(settings.RAQUAN_HOME) / "facts" / "assist"


def facts_root() -> Path:
    """Give the folder below which each kind of facts has its own."""
    return Path(settings.RAQUAN_HOME) / "facts"


def snapshots_folder() -> Path:
    """Give the folder of the snapshots' files."""
    return Path(settings.RAQUAN_HOME) / "snapshots"


def fact_chain(upto: int | None = None) -> Chain:
    """Read which fact files count; `upto` is the last fact's number, where it is known.

    Raises FactsAhead where they are another database's.
    """
    folder = facts_folder()
    found = chain(path.name for path in folder.glob("*.parquet"))
    if found.watermark > (capture.max_fact_seq() if upto is None else upto):
        raise FactsAhead(folder=folder)
    return found


def facts_pending() -> bool:
    """Tell whether there are facts that no file has."""
    return capture.max_fact_seq() > fact_chain().watermark


def live_source(campaign_id: str | None) -> Source:
    """Give all facts as of now: the files, and what came after them from the database."""
    upto = capture.max_fact_seq()
    found = fact_chain(upto)
    files = tuple(facts_folder() / file.name for file in found.files)
    # A fact that changes takes a new number: up to the same number there are the same facts.
    mark = f"{settings.RAQUAN_HOME} {found.watermark} {upto}"
    read = partial(_tail, found.watermark)
    tail = _tails.get(mark, read, seconds=settings.RAQUAN_REMEMBER_REFERENCE_SECONDS) or ()
    return Source(files, tail, campaign_id, mark=f"{mark} {campaign_id}")


_tails: Remembered[str, tuple[AssistFact, ...]] = Remembered(1)


def _tail(watermark: int) -> tuple[AssistFact, ...]:
    return tuple(tail_after(watermark))


def tail_after(watermark: int) -> list[AssistFact]:
    """Read the facts after a watermark, in their order."""
    tail: list[AssistFact] = []
    while page := capture.facts_after(tail[-1].fact_seq if tail else watermark, TAIL_PAGE):
        tail += page
        if len(page) < TAIL_PAGE:
            break
    return tail
