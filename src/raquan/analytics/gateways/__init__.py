"""Pictures, workbooks and proofs: what the room gives to the world outside, each with its own library."""

from raquan.analytics.gateways.drawing import cross_xlsx, figure_png, figure_xlsx
from raquan.analytics.gateways.proofs import Finding, Proof, export_snapshot, verify_folder

__all__ = [
    "Finding",
    "Proof",
    "cross_xlsx",
    "export_snapshot",
    "figure_png",
    "figure_xlsx",
    "verify_folder",
]
