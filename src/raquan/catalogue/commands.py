"""Loads the catalogue from CSV: rows are added and mended, never taken away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import models, transaction

from raquan.catalogue.gateways import CatalogueFiles, read_answers, read_catalogue, read_guides
from raquan.catalogue.models import Answer, Bottleneck, Guide, Rung, Service, ServiceGroup, StepRestriction
from raquan.catalogue.queries import forget_catalogue
from raquan.catalogue.rules import Stage
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import fold, sort_key
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action


class UnknownReference(Refused):
    """A row names a group, a rung, a stage or a service that no file has."""

    code = "catalogue.unknown_reference"
    message = N_("Danh mục nhắc đến “{code}” nhưng không tệp nào có mục này.")


class DatesOverlap(Refused):
    """Two rows of one service hold on the same day."""

    code = "catalogue.dates_overlap"
    message = N_("Dịch vụ “{code}” có hai dòng cùng hiệu lực vào ngày {day}.")


@dataclass(frozen=True, slots=True)
class CatalogueLoaded:
    """How many rows were added, how many were mended, how many stood as they are."""

    added: int
    changed: int
    unchanged: int


def load_catalogue(*, by: Actor, now: datetime, directory: Path | None = None) -> CatalogueLoaded:
    """Bring the catalogue to what the CSV files of a directory say (the packaged ones without it).

    The same files again change nothing. A row that is in no file stays: records may refer to it.
    Raises CatalogueUnreadable, UnknownReference or DatesOverlap and then stores nothing.
    """
    people.check(by, Action.CATALOGUE_LOAD)
    files = read_catalogue(directory)
    _check(files)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction.atomic():
        for group in files.groups:
            counts[_put(ServiceGroup, ("code",), group)] += 1
        groups = {group.code: group for group in ServiceGroup.objects.all()}
        for rung in files.rungs:
            counts[_put(Rung, ("group", "code"), rung | {"group": groups[rung["group"]]})] += 1
        _put_services(files, groups, counts)
        for reason in files.bottlenecks:
            counts[_put(Bottleneck, ("code", "valid_from"), reason)] += 1
        _put_guides(files.guides, counts)
        _put_checked(Answer, ("bottleneck_code", "valid_from"), files.answers, counts)
        forget_catalogue()
        transaction.on_commit(forget_catalogue)
        if counts["added"] or counts["changed"]:
            ledger.record(
                by=by, verb="load_catalogue", subject="catalogue.Service", subject_id="catalogue", detail=counts
            )
    return CatalogueLoaded(**counts)


def load_guides(*, by: Actor, now: datetime, file: Path) -> CatalogueLoaded:
    """Bring the guides to what a CSV file says; the others stay, and the same file again changes nothing.

    Raises CatalogueUnreadable, UnknownReference or DatesOverlap and then stores nothing.
    """
    people.check(by, Action.CATALOGUE_LOAD)
    guides = read_guides(file)
    _refuse_unknown(set(Service.objects.values_list("code", flat=True)), (row["service_code"] for row in guides))
    _refuse_overlaps(guides, "service_code")
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction.atomic():
        _put_guides(guides, counts)
        if counts["added"] or counts["changed"]:
            ledger.record(by=by, verb="load_guides", subject="catalogue.Guide", subject_id="guides", detail=counts)
    return CatalogueLoaded(**counts)


def load_answers(*, by: Actor, now: datetime, file: Path) -> CatalogueLoaded:
    """Bring the answers to bottlenecks to what a CSV file says; the others stay, the same file again changes nothing.

    Raises CatalogueUnreadable, UnknownReference or DatesOverlap and then stores nothing.
    """
    people.check(by, Action.CATALOGUE_LOAD)
    answers = read_answers(file)
    _check_answers(
        answers,
        Bottleneck.objects.values_list("code", flat=True),
        [*Service.objects.values_list("code", flat=True), *ServiceGroup.objects.values_list("code", flat=True)],
    )
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction.atomic():
        _put_checked(Answer, ("bottleneck_code", "valid_from"), answers, counts)
        if counts["added"] or counts["changed"]:
            ledger.record(by=by, verb="load_answers", subject="catalogue.Answer", subject_id="answers", detail=counts)
    return CatalogueLoaded(**counts)


def _put_guides(guides: Iterable[Mapping[str, Any]], counts: dict[str, int]) -> None:
    _put_checked(Guide, ("service_code", "valid_from"), guides, counts)


def _put_checked(
    model: type[Guide] | type[Answer], key: tuple[str, str], rows: Iterable[Mapping[str, Any]], counts: dict[str, int]
) -> None:
    """Store guides or answers; one that an office has checked gives way to no other that nobody has."""
    checked = set(model._default_manager.filter(checked_on__isnull=False).values_list(*key))
    for row in rows:
        stays = row["checked_on"] is None and (row[key[0]], row[key[1]]) in checked
        counts["unchanged" if stays else _put(model, key, row)] += 1


def _put_services(files: CatalogueFiles, groups: Mapping[str, ServiceGroup], counts: dict[str, int]) -> None:
    for service in files.services:
        keys = {"sort_key": sort_key(service["name"]["vi"]), "search_key": fold(service["name"]["vi"])}
        row = service | keys | {"group": groups[service["group"]]}
        counts[_put(Service, ("code", "valid_from"), row)] += 1
    group_of = {service["code"]: service["group"] for service in files.services}
    rungs = {(rung.group.code, rung.code): rung for rung in Rung.objects.select_related("group")}
    for restriction in files.performers:
        rung = rungs[group_of[restriction["service_code"]], restriction["rung"]]
        counts[_put(StepRestriction, ("service_code", "rung"), restriction | {"rung": rung})] += 1


def _put(model: type[models.Model], key: tuple[str, ...], row: Mapping[str, Any]) -> str:
    """Store a row by its natural key; say what was done: added, changed or unchanged."""
    manager = model._default_manager
    found = manager.filter(**{name: row[name] for name in key}).first()
    if found is None:
        manager.create(**row)
        return "added"
    wrong = {name: value for name, value in row.items() if getattr(found, name) != value}
    if not wrong:
        return "unchanged"
    manager.filter(pk=found.pk).update(**wrong)
    return "changed"


def _check(files: CatalogueFiles) -> None:
    groups = {group["code"] for group in files.groups}
    ladder = {(rung["group"], rung["code"]) for rung in files.rungs}
    group_of = {service["code"]: service["group"] for service in files.services}
    _refuse_unknown(groups, (rung["group"] for rung in files.rungs))
    _refuse_unknown(set(Stage), (rung["stage"] for rung in files.rungs))
    _refuse_unknown(groups, group_of.values())
    _refuse_unknown(group_of, (row["service_code"] for row in files.performers))
    for row in files.performers:
        if (group_of[row["service_code"]], row["rung"]) not in ladder:
            raise UnknownReference(code=row["rung"])
    _refuse_overlaps(files.services, "code")
    _refuse_unknown(group_of, (row["service_code"] for row in files.guides))
    _refuse_overlaps(files.guides, "service_code")
    _check_answers(files.answers, {one["code"] for one in files.bottlenecks}, [*group_of, *groups])


def _check_answers(answers: Iterable[Mapping[str, Any]], bottlenecks: Iterable[str], whose: Iterable[str]) -> None:
    known, helped = set(bottlenecks), set(whose)
    rows = list(answers)
    _refuse_unknown(known, (row["bottleneck_code"] for row in rows))
    _refuse_unknown(helped, (code for row in rows for code in row["services"]))
    _refuse_overlaps(rows, "bottleneck_code")


def _refuse_unknown(known: Iterable[str], named: Iterable[str]) -> None:
    for code in named:
        if code not in known:
            raise UnknownReference(code=code)


def _refuse_overlaps(rows: Iterable[Mapping[str, Any]], code: str) -> None:
    for earlier, later in pairwise(sorted(rows, key=lambda row: (row[code], row["valid_from"]))):
        ends: date | None = earlier["valid_to"]
        if earlier[code] == later[code] and (ends is None or ends >= later["valid_from"]):
            raise DatesOverlap(code=later[code], day=later["valid_from"].isoformat())
