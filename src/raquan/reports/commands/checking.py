"""Checks the layout of any document for any officer; nothing of it is kept."""

from raquan.kernel.actor import Actor
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.reports import gateways
from raquan.reports.rules import LayoutFinding, check_layout


def check_document(*, by: Actor, data: bytes) -> tuple[LayoutFinding, ...]:
    """List what departs from the decree's layout in a .docx. Raises NotAllowed, NotDocx, TooLargeToCheck."""
    people.check(by, Action.FIGURE_READ)
    return check_layout(gateways.read_paper(data))
