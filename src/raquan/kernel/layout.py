"""The layout of official documents as dated data: Decree 30/2020/NĐ-CP, appendix I. Lengths in mm, sizes in pt."""

from dataclasses import dataclass
from datetime import date

FONT = "Times New Roman"
POINT_LETTERS = ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u")
"""The letters of points in their order: f, j, w and z are not among them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures that one decree prescribes; another decree will be another value of this."""

    basis: str
    valid_from: date
    page: tuple[int, int] = (210, 297)
    margin_top: int = 24
    margin_bottom: int = 20
    margin_left: int = 30
    margin_right: int = 15
    header_from_edge: int = 8
    body: int = 14
    nation: int = 13
    motto: int = 14
    issuer: int = 13
    number: int = 13
    letter_subject: int = 12
    place_and_date: int = 14
    title: int = 14
    signer: int = 14
    recipients_label: int = 12
    recipients: int = 11
    page_number: int = 14
    table: int = 12
    first_line: float = 12.7
    paragraph_gap: int = 6


LAYOUT = Layout(basis="Nghị định số 30/2020/NĐ-CP", valid_from=date(2020, 3, 5))
