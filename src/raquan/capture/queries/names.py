"""Turns stored assists into what pages show, with names in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language, gettext

from raquan.capture.models import Assist
from raquan.capture.rules import REVIEW_STATE_NAMES, TIME_QUALITY_NAMES, ReviewState, TimeQuality
from raquan.catalogue import queries as catalogue
from raquan.catalogue.rules import HOW_NAMES, How
from raquan.kernel.localized import in_language
from raquan.outings.rules import LANGUAGE_NAMES
from raquan.people import queries as people
from raquan.places import queries as places


@dataclass(frozen=True, slots=True)
class AssistView:
    """An assist as pages show it; `submission_id` is its record's address."""

    id: UUID
    submission_id: UUID
    fact_seq: int
    version: int
    occurred_at: datetime
    occurred_on: date
    time_quality: str
    time_quality_name: str
    outing_id: UUID | None
    help_desk_id: UUID | None
    outing_code: str
    organization_id: UUID | None
    organization_name: str
    place_code: str
    place_name: str
    service_code: str
    service_name: str
    rung: str
    rung_name: str
    how: str
    how_name: str
    bottleneck: str
    bottleneck_name: str
    language_name: str
    review_state: str
    review_state_name: str
    issues: int
    is_synthetic: bool


def views_of(rows: Sequence[Assist]) -> list[AssistView]:
    """Name everything in a page of assists (with their submissions loaded); the queries do not grow with the rows."""
    language = get_language() or "vi"
    services = catalogue.service_names({row.service_code for row in rows})
    reasons = catalogue.bottleneck_names({row.bottleneck for row in rows if row.bottleneck})
    rungs = {(group.code, rung.code): rung.name for group in catalogue.groups() for rung in group.rungs}
    units = place_names({(row.place_code, row.occurred_on) for row in rows if row.place_code})
    owners = people.organization_names({row.organization_id for row in rows if row.organization_id})

    def view(row: Assist) -> AssistView:
        state = ReviewState(row.submission.review_state)
        rung = rungs.get((row.group_code, row.rung))
        service, reason = services.get(row.service_code), reasons.get(row.bottleneck or "")
        return AssistView(
            id=row.id,
            submission_id=row.submission_id,
            fact_seq=row.fact_seq,
            version=row.version,
            occurred_at=row.occurred_at,
            occurred_on=row.occurred_on,
            time_quality=row.time_quality,
            time_quality_name=gettext(TIME_QUALITY_NAMES[TimeQuality(row.time_quality)]),
            outing_id=row.outing_id,
            help_desk_id=row.help_desk_id,
            outing_code=row.outing_code,
            organization_id=row.organization_id,
            organization_name=owners.get(row.organization_id, "") if row.organization_id else "",
            place_code=row.place_code,
            place_name=units.get((row.place_code, row.occurred_on), ""),
            service_code=row.service_code,
            service_name=in_language(service, language) if service else row.service_code,
            rung=row.rung,
            rung_name=in_language(rung, language) if rung else row.rung,
            how=row.how,
            how_name=gettext(HOW_NAMES[How(row.how)]) if row.how else "",
            bottleneck=row.bottleneck or "",
            bottleneck_name=in_language(reason, language) if reason else row.bottleneck or "",
            language_name=gettext(LANGUAGE_NAMES[row.language]) if row.language in LANGUAGE_NAMES else row.language,
            review_state=state.value,
            review_state_name=gettext(REVIEW_STATE_NAMES[state]),
            issues=len(row.submission.issues),
            is_synthetic=row.is_synthetic,
        )

    return [view(row) for row in rows]


def place_names(wanted: Iterable[tuple[str, date]]) -> dict[tuple[str, date], str]:
    """Name units, each as on its day."""
    pairs = list(wanted)
    names = places.names_on_days({code for code, _ in pairs}, {day for _, day in pairs})
    return {(code, day): names[day].get(code, code) for code, day in pairs}
