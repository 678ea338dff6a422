"""The codes of a run, made anew each time they are printed: the same codes, for they follow from the run's key."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import segno
from django.conf import settings
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound
from raquan.kernel.tables import write_csv
from raquan.people import queries as people
from raquan.people.rules import Action
from raquan.vouchers import engine
from raquan.vouchers.models import VoucherRun
from raquan.vouchers.queries.runs import run
from raquan.vouchers.queries.shapes import RunView
from raquan.vouchers.rules import VoucherCode, head_of, write_code
from raquan.vouchers.rules.codes import MAGIC

CARDS_A_SHEET = 10


class KeyLost(Conflict):
    """The installation's voucher key is not the one that this run was made with."""

    code = "vouchers.key_lost"
    message = N_("Khóa ký phiếu trên máy chủ không phải khóa của đợt này. Hãy khôi phục tệp khóa từ bản sao lưu.")


@dataclass(frozen=True, slots=True)
class PrintedVoucher:
    """A voucher as it is printed: its serial, its code as the QR code has it."""

    serial: int
    code: str


def vouchers(actor: Actor, run_id: UUID, *, first: int, last: int) -> tuple[PrintedVoucher, ...]:
    """Give the codes of a run's serials from `first` to `last`, those it has; the office alone may have them.

    Raises NotFound, NotAllowed, KeyLost.
    """
    own = people.organizations_of(actor, Action.OFFER_DECIDE)
    run = VoucherRun.objects.filter(id=run_id).first()
    if run is None or (own is not None and run.organization_id not in own):
        raise NotFound()
    if engine.public_key(run.id) != run.public_key:
        raise KeyLost()
    serials = range(max(first, 1), min(last, run.quota) + 1)
    return tuple(PrintedVoucher(one, code_of(run.id, one, run.ends_on)) for one in serials)


def code_of(run_id: UUID, serial: int, ends_on: date) -> str:
    """Give the code of a voucher."""
    signature = engine.sign(run_id, MAGIC + head_of(run_id, serial, ends_on))
    return write_code(VoucherCode(run_id, serial, ends_on, signature))


@dataclass(frozen=True, slots=True)
class VoucherCard:
    """A voucher to cut out: its number as people read it, and its QR code as an inline SVG."""

    number: str
    qr_svg: str


@dataclass(frozen=True, slots=True)
class VoucherSheet:
    """All that is printed of a run at once, in sheets of CARDS_A_SHEET."""

    run: RunView
    sheets: tuple[tuple[VoucherCard, ...], ...]


def voucher_sheet(actor: Actor, run_id: UUID, *, first: int, last: int) -> VoucherSheet:
    """Lay vouchers out as cards on sheets of A4. Raises NotFound, NotAllowed, KeyLost."""
    view = run(actor, run_id)
    cards = [
        VoucherCard(number_of(view, one.serial), _svg(one.code))
        for one in vouchers(actor, run_id, first=first, last=last)
    ]
    sheets = tuple(tuple(cards[n : n + CARDS_A_SHEET]) for n in range(0, len(cards), CARDS_A_SHEET))
    return VoucherSheet(view, sheets)


def voucher_file(actor: Actor, run_id: UUID, *, first: int, last: int, kind: str) -> bytes:
    """Give vouchers as a CSV of serial, number and code, or (`zip`) as a PNG each beside that CSV.

    Raises NotFound, NotAllowed, KeyLost.
    """
    view, codes = run(actor, run_id), vouchers(actor, run_id, first=first, last=last)
    table = io.BytesIO()
    rows = [(one.serial, number_of(view, one.serial), one.code) for one in codes]
    write_csv(table, [gettext("Số phiếu"), gettext("Số đọc"), gettext("Mã")], rows)
    if kind != "zip":
        return table.getvalue()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:  # a PNG is packed already
        file.writestr("phieu.csv", table.getvalue())
        for one in codes:
            picture = io.BytesIO()
            _qr(one.code).save(picture, kind="png", scale=6, border=4)
            file.writestr(f"{number_of(view, one.serial)}.png", picture.getvalue())
    return packed.getvalue()


def enrolment_sign(code: str) -> str:
    """Draw the address at which a phone becomes a counter, the code in its fragment, as an inline SVG."""
    address = f"{settings.RAQUAN_PUBLIC_URL}/counter/#/enroll/{code.replace('-', '')}"
    return str(segno.make_qr(address, error="m").svg_inline(scale=5, border=4, omitsize=True, light="#ffffff"))


def number_of(view: RunView, serial: int) -> str:
    """Write which voucher it is, as people read it: the offer's code and the serial."""
    return f"{view.offer_code}-{serial:0{len(str(view.quota))}d}"


def _qr(code: str) -> segno.QRCode:
    # Level M: paper that lies on a counter for a day; Q would make squares too small for a cheap phone's camera.
    return segno.make_qr(code, error="m", mode="alphanumeric")


def _svg(code: str) -> str:
    return str(_qr(code).svg_inline(scale=4, border=4, dark="#000000", light="#ffffff", omitsize=True))
