"""What may be asked of displays: places, what hangs where with its proofs, how far each unit complies."""

from raquan.displays.queries.complying import SHARES, public_counts, shares
from raquan.displays.queries.finding import Meant, displays_meant, meant_by
from raquan.displays.queries.reading import (
    DISPLAYS,
    SITES,
    CheckView,
    DisplayView,
    ProofView,
    SiteView,
    artwork_choices,
    checks_of,
    display,
    displays,
    letter,
    picture,
    proofs_of,
    site,
    site_choices,
    sites,
)
from raquan.displays.queries.reporting import (
    REPORTS,
    ReportView,
    has_new_reports,
    report,
    report_picture,
    reports,
    reports_of,
)
from raquan.displays.queries.searching import KINDS
from raquan.displays.queries.signs import sign_file, sign_of

__all__ = [
    "DISPLAYS",
    "KINDS",
    "REPORTS",
    "SHARES",
    "SITES",
    "CheckView",
    "DisplayView",
    "Meant",
    "ProofView",
    "ReportView",
    "SiteView",
    "artwork_choices",
    "checks_of",
    "display",
    "displays",
    "displays_meant",
    "has_new_reports",
    "letter",
    "meant_by",
    "picture",
    "proofs_of",
    "public_counts",
    "report",
    "report_picture",
    "reports",
    "reports_of",
    "shares",
    "sign_file",
    "sign_of",
    "site",
    "site_choices",
    "sites",
]
