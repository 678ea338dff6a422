"""Writes facts to files, holds them against the database, and freezes snapshots."""

from raquan.analytics.commands.extracting import ExtractReport, extract_activity, extract_facts, verify_facts
from raquan.analytics.commands.freezing import FreezeBusy, NothingToFreeze, freeze_snapshot
from raquan.analytics.commands.handing import export_snapshot, verify_snapshots

__all__ = [
    "ExtractReport",
    "FreezeBusy",
    "NothingToFreeze",
    "export_snapshot",
    "extract_activity",
    "extract_facts",
    "freeze_snapshot",
    "verify_facts",
    "verify_snapshots",
]
