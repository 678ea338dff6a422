"""Where fact files and snapshots lie, and which facts are not in a file yet."""

from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from raquan.analytics import engine
from raquan.analytics.engine import Source
from raquan.analytics.rules import ROLLED_FROM, ROLLUP_FOLDER, Chain, chain, rollup_chain, rollup_file_name
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
    """Tell whether there are facts that no file has, or that no rollup adds up."""
    upto = capture.max_fact_seq()
    found = fact_chain(upto)
    return upto > found.watermark or (found.watermark >= ROLLED_FROM and not _rollups(found))


def live_source(campaign_id: str | None, upto: int | None = None) -> Source:
    """Give all facts as of now: the files, and what came after them from the database.

    `upto` is the last fact's number, where it was just read.
    """
    upto = capture.max_fact_seq() if upto is None else upto
    found = fact_chain(upto)
    files = tuple(facts_folder() / file.name for file in found.files)
    # A fact that changes takes a new number: up to the same number there are the same facts.
    mark = f"{settings.RAQUAN_HOME} {found.watermark} {upto}"
    tail = _tail(found.watermark, upto)
    if not (rollups := _rollups(found)):
        return Source(files, tail, campaign_id, mark=f"{mark} {campaign_id}")
    replaced = _replaced(files, tail)
    return Source(files, tail, campaign_id, f"{mark} {campaign_id}", rollups=rollups, replaced=replaced)


def _rollups(of: Chain) -> tuple[Path, ...]:
    """Give the rollups that add up the very facts of the files; none where some are not written yet."""
    home = facts_folder() / ROLLUP_FOLDER
    found = rollup_chain(path.name for path in home.glob("*.parquet"))
    if found.watermark != of.watermark:
        return ()
    return tuple(home / rollup_file_name(one.after, one.upto) for one in found.files)


_found: Remembered[tuple[Path, ...], dict[str, Any]] = Remembered(1)


def _replaced(files: tuple[Path, ...], tail: tuple[AssistFact, ...]) -> tuple[Any, ...]:
    """Find what the files say of the assists that the tail has later versions of; each is looked up once."""
    corrected = {fact.assist_id for fact in tail if fact.version > 1}
    known = _found.get(files, dict, seconds=settings.RAQUAN_REMEMBER_REFERENCE_SECONDS)
    assert known is not None  # noqa: S101 - tells the type checker
    if missing := corrected - known.keys():
        known |= dict.fromkeys(missing) | {one.assist_id: one for one in engine.latest_of(files, missing)}
    return tuple(known[one] for one in sorted(corrected) if known[one] is not None)


class _Tail:
    """The facts after a watermark; what was read stays, so that a new fact costs the reading of that one.

    A fact that is corrected comes again with a higher number: its former version is told by its own.
    """

    def __init__(self, watermark: int) -> None:
        self._watermark = watermark
        self._facts: tuple[AssistFact, ...] = ()
        self._reading = Lock()

    def facts(self, upto: int) -> tuple[AssistFact, ...]:
        """Give the facts up to a number at least."""
        with self._reading:
            last = self._facts[-1].fact_seq if self._facts else self._watermark
            if last < upto:
                self._facts += tuple(tail_after(last, upto))
            return self._facts


_tails: Remembered[str, _Tail] = Remembered(1)


def _tail(watermark: int, upto: int) -> tuple[AssistFact, ...]:
    name, seconds = f"{settings.RAQUAN_HOME} {watermark}", settings.RAQUAN_REMEMBER_REFERENCE_SECONDS
    found = _tails.get(name, lambda: _Tail(watermark), seconds=seconds)
    assert found is not None  # noqa: S101 - tells the type checker
    return found.facts(upto)


def tail_after(watermark: int, upto: int | None = None) -> list[AssistFact]:
    """Read the facts after a watermark, in their order, as far as `upto` where that is known."""
    tail: list[AssistFact] = []
    while page := capture.facts_after(tail[-1].fact_seq if tail else watermark, TAIL_PAGE, upto):
        tail += page
        if len(page) < TAIL_PAGE:
            break
    return tail
