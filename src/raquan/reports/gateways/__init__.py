"""Fills Word templates, reads documents, writes workbooks, and turns Word documents into PDF."""

from raquan.reports.gateways.filling import DEFAULTS, Filler, TemplateBroken, fill_letter, fill_report, filler_of
from raquan.reports.gateways.pdf import PdfFailed, has_libreoffice, to_pdf
from raquan.reports.gateways.reading import NotDocx, TooLargeToCheck, read_paper
from raquan.reports.gateways.tags import read_tags
from raquan.reports.gateways.workbook import write_tables

__all__ = [
    "DEFAULTS",
    "Filler",
    "NotDocx",
    "PdfFailed",
    "TemplateBroken",
    "TooLargeToCheck",
    "fill_letter",
    "fill_report",
    "filler_of",
    "has_libreoffice",
    "read_paper",
    "read_tags",
    "to_pdf",
    "write_tables",
]
