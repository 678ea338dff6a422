"""App users and public links as their managers see them, with their keys and the QR codes that are printed."""

from base64 import urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotAllowed
from raquan.kernel.text import sort_key
from raquan.people.models import Device
from raquan.people.queries.register import readable_organizations
from raquan.people.rules import Action, DeviceKind, covers
from raquan.people.rules.app_users import collect_payload
from raquan.people.rules.signing_in import hash_key
from raquan.ui.columns import Column, Columns


@dataclass(frozen=True, slots=True)
class AppUserView:
    """An app user or a public link; without an organization it is for every unit."""

    id: UUID
    number: int
    name: str
    organization_id: UUID | None
    organization_name: str
    assigned_only: bool
    created_at: datetime
    last_seen_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class CollectCard:
    """What is printed for an app user: whose it is, and the QR code (an inline SVG) that sets ODK Collect up."""

    name: str
    number: int
    organization_name: str
    qr_svg: str


@dataclass(frozen=True, slots=True)
class CollectSheet:
    """Cards in the order of their names; `project` is what Collect will call the campaign."""

    project: str
    cards: tuple[CollectCard, ...]


def _state(one: AppUserView) -> str:
    return gettext("Đã thu hồi") if one.revoked_at else gettext("Đang dùng")


APP_USERS: Columns[AppUserView] = Columns(
    name="ma-odk-collect",
    title=N_("Các mã đã làm"),
    first="-number",
    columns=(
        Column("name", N_("Tên"), lambda one: one.name),
        Column("number", N_("Số"), lambda one: one.number, by=("number",), unseen=True),
        Column(
            "organization",
            N_("Đơn vị"),
            lambda one: one.organization_name or gettext("Mọi đơn vị"),
            by=("organization__sort_key",),
        ),
        Column(
            "forms",
            N_("Biểu mẫu"),
            lambda one: gettext("Được giao riêng") if one.assigned_only else gettext("Mọi biểu mẫu"),
            by=("assigned_only",),
        ),
        Column("last_seen_at", N_("Thấy lần cuối"), lambda one: one.last_seen_at, by=("last_seen_at",)),
        Column("state", N_("Tình trạng"), _state, by=("revoked_at",)),
    ),
)


def app_users(
    actor: Actor,
    *,
    kind: DeviceKind = DeviceKind.APP_USER,
    organization_id: UUID | None = None,
    with_revoked: bool = True,
    sort: str = "",
    page: int = 1,
    size: int = 50,
) -> Page[AppUserView]:
    """List the app users of the organizations where the actor may read, newest first; two queries.

    With `organization_id` those of that organization alone. Raises NotAllowed.
    """
    own = readable_organizations(actor)
    found = Device.objects.filter(kind=kind.value)
    if own is not None:
        found = found.filter(organization_id__in=own)
    if organization_id is not None:
        found = found.filter(organization_id=organization_id)
    if not with_revoked:
        found = found.filter(revoked_at__isnull=True)
    rows = APP_USERS.ordered(found.select_related("organization"), sort)[window(page, size)]
    items = [_view(row) for row in rows]
    return Page(items, page, size, total_of(items, page, size, found.count))


def app_user(actor: Actor, device_id: UUID) -> AppUserView | None:
    """Give an app user or a public link that the actor may read; else None."""
    own = readable_organizations(actor)
    found = Device.objects.filter(id=device_id).exclude(kind=DeviceKind.PHONE.value).select_related("organization")
    row = (found if own is None else found.filter(organization_id__in=own)).first()
    return _view(row) if row else None


def app_user_ids(actor: Actor, numbers: Collection[int]) -> dict[int, UUID]:
    """Give the ids of app users and public links by their numbers, of those that the actor may read."""
    own = readable_organizations(actor)
    found = Device.objects.filter(number__in=set(numbers)).exclude(kind=DeviceKind.PHONE.value)
    if own is not None:
        found = found.filter(organization_id__in=own)
    return dict(found.values_list("number", "id"))


def app_user_keys(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    """Give the keys of app users that are in use and whose people the actor manages; the others are left out.

    Nothing keeps the keys: they follow from the ids and this installation's secret, so that a lost sheet is printed
    again. One that was made under another secret is left out too.
    """
    found = Device.objects.filter(id__in=set(ids), revoked_at__isnull=True).exclude(kind=DeviceKind.PHONE.value)
    keys: dict[UUID, str] = {}
    for row in found.only("id", "organization_id", "key_hash"):
        manages = covers(actor, Action.PEOPLE_MANAGE, organization_id=row.organization_id)
        key = key_of(row.id)
        if manages and constant_time_compare(hash_key(key), row.key_hash):
            keys[row.id] = key
    return keys


def collect_sheet(actor: Actor, ids: Collection[UUID], *, year: int) -> CollectSheet:
    """Draw the cards of some app users for a year's campaign. Raises NotAllowed where none is the actor's to print."""
    keys = app_user_keys(actor, ids)
    if ids and not keys:
        raise NotAllowed()
    project = gettext("Ra quân %(year)s") % {"year": year}
    cards = [
        CollectCard(
            name=row.label,
            number=row.number,
            organization_name=row.organization.name if row.organization else "",
            qr_svg=draw_qr(
                collect_payload(
                    f"{settings.RAQUAN_PUBLIC_URL}/v1/key/{keys[row.id]}/projects/{year}", project, with_key=True
                ),
                error="l",
            ),
        )
        for row in Device.objects.filter(id__in=keys).select_related("organization")
    ]
    return CollectSheet(project, tuple(sorted(cards, key=lambda one: (sort_key(one.name), one.number))))


def collect_page(sheet: CollectSheet) -> str:
    """Write a sheet as a page that needs nothing beside it, to be opened and printed."""
    styles = (Path(__file__).parents[1] / "static" / "people" / "collect.css").read_text()
    context = {"sheet": sheet, "drawn": drawn(sheet), "styles": mark_safe(styles)}  # noqa: S308 - our own file
    return render_to_string("people/collect_sheet.html", context)


def drawn(sheet: CollectSheet) -> list[tuple[CollectCard, SafeString]]:
    """Give the cards of a sheet with their codes as markup."""
    return [(one, mark_safe(one.qr_svg)) for one in sheet.cards]  # noqa: S308 - drawn by us


def draw_qr(text: str, *, error: str = "m") -> str:
    """Draw a QR code as an inline SVG without a size of its own."""
    code = segno.make_qr(text, error=error)
    drawn: str = code.svg_inline(scale=5, border=4, dark="#1b1f23", light="#ffffff", omitsize=True)
    return drawn


def key_of(device_id: UUID) -> str:
    """Give an app user's key: 64 signs that only this installation's secret makes, the same each time."""
    made = salted_hmac("raquan.people.app_user", str(device_id), algorithm="sha384")
    return urlsafe_b64encode(made.digest()).decode()


def _view(row: Device) -> AppUserView:
    return AppUserView(
        id=row.id,
        number=row.number,
        name=row.label,
        organization_id=row.organization_id,
        organization_name=row.organization.name if row.organization else "",
        assigned_only=row.assigned_only,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        revoked_at=row.revoked_at,
    )
