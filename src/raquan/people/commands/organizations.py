"""Registers organizations, one by one or from a list, and corrects them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict
from raquan.kernel.text import fold, normalize, sort_key
from raquan.ledger.commands import record, record_many
from raquan.people import gateways
from raquan.people.commands.checking import check_whole
from raquan.people.models import Organization
from raquan.people.queries import forget_places_of_organizations
from raquan.people.rules import Action, Level
from raquan.people.rules.matching import Candidate, Match, Matcher


class OrganizationDiffers(Conflict):
    """The organization is registered with other particulars, or its code is another's."""

    code = "people.organization_differs"
    message = N_("{name} đã có trong danh sách với thông tin khác. Hãy sửa đơn vị đó, đừng thêm lần nữa.")


@dataclass(frozen=True, slots=True)
class OrganizationsLoaded:
    """What a list did: how many organizations it added, changed, and found as they were."""

    added: int
    changed: int
    unchanged: int


def match_packaged(written: Sequence[str]) -> list[Match | None]:
    """Match names against the list that comes with the project: for reading a document where no database is yet."""
    rows = gateways.read_organizations(None)
    matcher = Matcher(Candidate(row.name, row.name, (row.short_name, *row.aliases)) for row in rows)
    return [matcher.match(one) for one in written]


def register_organization(
    *,
    by: Actor,
    now: datetime,
    name: str,
    level: Level,
    short_name: str = "",
    code: str | None = None,
    parent_id: UUID | None = None,
    place_code: str | None = None,
    aliases: Sequence[str] = (),
) -> UUID:
    """Register an organization and give its id; one of the same name, level and parent is the same one.

    Raises OrganizationDiffers when that one is known with other particulars than those given here,
    or when another has the code.
    """
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now))
    particulars = _particulars(short_name, code, place_code, aliases)
    name = normalize(name)
    key: dict[str, Any] = {"name": name, "level": Level(level), "parent_id": parent_id}
    known = Organization.objects.filter(**key).first()
    if known is None:
        try:
            with transaction.atomic():
                made = Organization.objects.create(**key, **particulars, **_keys(name, particulars))
                record(by=by, verb="register_organization", subject="people.Organization", subject_id=made.id)
                transaction.on_commit(forget_places_of_organizations)
                return made.id
        except IntegrityError:  # somebody registered it in this moment, or the code is another's
            known = Organization.objects.filter(**key).first()
    given = {field: value for field, value in particulars.items() if value}
    if known is None or any(getattr(known, field) != value for field, value in given.items()):
        raise OrganizationDiffers(name=name)
    return known.id


def load_organizations(*, by: Actor, now: datetime, path: Path | None = None) -> OrganizationsLoaded:
    """Bring the registered organizations to what a CSV file says of them; without `path`, Đắk Lắk's of 2023.

    An organization is known again by its name and level; none is taken away. Raises ListUnreadable.
    """
    check_whole(by, Action.PEOPLE_MANAGE, on=local_date(now))
    rows = gateways.read_organizations(path)
    with transaction.atomic():
        known = {(one.name, one.level): one for one in Organization.objects.filter(parent=None)}
        added, changed = [], []
        for row in rows:
            key = (row.name, row.level.value)
            particulars = _particulars(row.short_name, None, row.place_code, row.aliases)
            del particulars["code"]  # the list has no codes and takes none away
            values = {**particulars, **_keys(row.name, particulars)}
            if key not in known:
                known[key] = Organization(name=row.name, level=row.level, **values)
                added.append(known[key])
            elif any(getattr(known[key], field) != value for field, value in values.items()):
                Organization.objects.filter(id=known[key].id).update(**values)
                changed.append(known[key])
        Organization.objects.bulk_create(added)
        for verb, some in (("register_organization", added), ("correct_organization", changed)):
            record_many(by=by, verb=verb, subject="people.Organization", subject_ids=[one.id for one in some])
        transaction.on_commit(forget_places_of_organizations)
    return OrganizationsLoaded(len(added), len(changed), len(rows) - len(added) - len(changed))


def _particulars(short_name: str, code: str | None, place_code: str | None, aliases: Sequence[str]) -> dict[str, Any]:
    return {
        "short_name": normalize(short_name),
        "code": code or None,
        "place_code": place_code or None,
        "aliases": [normalize(alias) for alias in aliases],
    }


def _keys(name: str, particulars: dict[str, Any]) -> dict[str, str]:
    """Give the columns that sorting and searching use."""
    forms = [name, particulars["short_name"], *particulars["aliases"]]
    return {"sort_key": sort_key(name)[:400], "search_key": fold(" | ".join(forms))[:400]}
