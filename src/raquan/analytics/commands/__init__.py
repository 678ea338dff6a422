"""Writes facts to files, holds them against the database, and freezes snapshots."""

from raquan.analytics.commands.extracting import ExtractReport, extract_activity, extract_facts, verify_facts
from raquan.analytics.commands.freezing import FreezeBusy, NothingToFreeze, freeze_snapshot
from raquan.analytics.commands.handing import draw_figure, export_snapshot, verify_snapshots
from raquan.analytics.commands.simulating import FolderTaken, simulate_facts

__all__ = [
    "ExtractReport",
    "FolderTaken",
    "FreezeBusy",
    "NothingToFreeze",
    "draw_figure",
    "export_snapshot",
    "extract_activity",
    "extract_facts",
    "freeze_snapshot",
    "simulate_facts",
    "verify_facts",
    "verify_snapshots",
]
