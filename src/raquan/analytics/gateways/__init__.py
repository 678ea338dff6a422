"""Pictures, workbooks, proofs and tables: what the room gives to the world outside and takes from it."""

from raquan.analytics.gateways.drawing import cross_xlsx, figure_png, figure_xlsx
from raquan.analytics.gateways.proofs import Finding, Proof, export_snapshot, verify_folder
from raquan.analytics.gateways.simulated import PROVINCE, simulated_world

__all__ = [
    "PROVINCE",
    "Finding",
    "Proof",
    "cross_xlsx",
    "export_snapshot",
    "figure_png",
    "figure_xlsx",
    "simulated_world",
    "verify_folder",
]
