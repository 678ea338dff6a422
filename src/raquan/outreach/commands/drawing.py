"""Draws what a unit fetches, for rooms that compare with it what hangs; nothing is written."""

from raquan.kernel.clock import local_date
from raquan.outreach import gateways
from raquan.outreach.gateways import Made
from raquan.outreach.queries import ArtworkView
from raquan.outreach.rules import Format, note_of, stamp_of


def draw_artwork(view: ArtworkView, format_: Format, *, unit_name: str = "") -> Made:
    """Draw an artwork as it is fetched, with a unit's name where it is for units: the same again is the same bytes.

    Raises ValueError for a format that its design has not, NotFound, FileDamaged where its emblem is gone.
    """
    said = view.wording.of_unit(unit_name) if unit_name else view.wording
    approved_on = local_date(view.approved_at) if view.approved_at else None
    note = note_of(view.design, view.code, said.unit_name, approved_on)
    return gateways.make(view.design, said, format_, note=note, stamp=stamp_of(view.is_synthetic))
