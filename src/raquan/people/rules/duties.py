"""Who may do what, where: roles, actions, and the one matrix that joins them."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import N_


class Role(StrEnum):
    """What somebody is there for."""

    ADMINISTRATOR = "administrator"
    STEERING_OFFICER = "steering_officer"
    UNIT_OFFICER = "unit_officer"
    TEAM_LEADER = "team_leader"
    HELPER = "helper"
    REVIEWER = "reviewer"
    VIEWER = "viewer"
    ENTERPRISE_OFFICER = "enterprise_officer"


class Action(StrEnum):
    """What can be done, as routes and commands name it."""

    PLAN_READ = "plan.read"
    PLAN_IMPORT = "plan.import"
    PLAN_MANAGE = "plan.manage"
    PLAN_WRITE = "plan.write"
    OUTING_READ = "outing.read"
    OUTING_PLAN = "outing.plan"
    OUTING_RUN = "outing.run"
    FORM_PUBLISH = "form.publish"
    FORM_FILL = "form.fill"
    SUBMISSION_SEND = "submission.send"
    RECORD_READ = "record.read"
    RECORD_REVIEW = "record.review"
    RECORD_CORRECT = "record.correct"
    RECORD_DELETE = "record.delete"
    RECORD_EXPORT = "record.export"
    RECORD_IMPORT = "record.import"
    WEBHOOK_MANAGE = "webhook.manage"
    CARD_MAKE = "card.make"
    FEEDBACK_ANSWER = "feedback.answer"
    LINK_MAKE = "link.make"
    DISPLAY_MANAGE = "display.manage"
    RECORDING_MAKE = "recording.make"
    RECORDING_CHECK = "recording.check"
    OFFER_WRITE = "offer.write"
    OFFER_DECIDE = "offer.decide"
    EXHIBITION_READ = "exhibition.read"
    EXHIBITION_MANAGE = "exhibition.manage"
    BOOTH_APPLY = "booth.apply"
    PRESS_WRITE = "press.write"
    OUTREACH_WRITE = "outreach.write"
    OUTREACH_DECIDE = "outreach.decide"
    FIGURE_READ = "figure.read"
    SNAPSHOT_FREEZE = "snapshot.freeze"
    REPORT_BUILD = "report.build"
    REPORT_WRITE = "report.write"
    REPORT_DECIDE = "report.decide"
    ROUND_MANAGE = "round.manage"
    PEOPLE_READ = "people.read"
    PEOPLE_MANAGE = "people.manage"
    PLACES_LOAD = "places.load"
    CATALOGUE_LOAD = "catalogue.load"
    HISTORY_READ = "history.read"


class Level(StrEnum):
    """The levels of organizations."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    ENTERPRISE = "enterprise"
    UNION = "union"


LEVEL_NAMES: Mapping[Level, str] = {
    Level.PROVINCE: N_("Cấp tỉnh"),
    Level.DEPARTMENT: N_("Sở, ban, ngành"),
    Level.DISTRICT: N_("Cấp huyện"),
    Level.COMMUNE: N_("Cấp xã"),
    Level.ENTERPRISE: N_("Doanh nghiệp"),
    Level.UNION: N_("Đoàn thể"),
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.ADMINISTRATOR: N_("Quản trị hệ thống"),
    Role.STEERING_OFFICER: N_("Cán bộ cơ quan thường trực"),
    Role.UNIT_OFFICER: N_("Cán bộ đơn vị"),
    Role.TEAM_LEADER: N_("Tổ trưởng"),
    Role.HELPER: N_("Người hỗ trợ"),
    Role.REVIEWER: N_("Người xem xét bản ghi"),
    Role.VIEWER: N_("Người xem số liệu"),
    Role.ENTERPRISE_OFFICER: N_("Người của doanh nghiệp"),
}

GIVEN_ON = frozenset({Role.ADMINISTRATOR, Role.STEERING_OFFICER, Role.UNIT_OFFICER, Role.TEAM_LEADER, Role.REVIEWER})
"""Roles that pages offer to give on while one is away; a helper's place is changed in the team of the outing."""

_FIELD = frozenset(
    {Action.FORM_FILL, Action.SUBMISSION_SEND, Action.OUTING_READ, Action.PLAN_READ, Action.RECORDING_MAKE}
)
_READING = frozenset({Action.PLAN_READ, Action.OUTING_READ, Action.FIGURE_READ})
_REVIEWING = frozenset({Action.RECORD_READ, Action.RECORD_REVIEW})
_UNIT = (
    _FIELD
    | _READING
    | _REVIEWING
    | {Action.OUTING_PLAN, Action.OUTING_RUN, Action.CARD_MAKE, Action.FEEDBACK_ANSWER, Action.LINK_MAKE}
    | {Action.RECORD_CORRECT, Action.RECORD_DELETE, Action.RECORD_EXPORT, Action.RECORDING_CHECK}
    | {Action.OUTREACH_WRITE, Action.DISPLAY_MANAGE}
    | {Action.EXHIBITION_READ, Action.EXHIBITION_MANAGE}
)
_OFFICE = _UNIT | {
    Action.PLAN_IMPORT,
    Action.PLAN_MANAGE,
    Action.SNAPSHOT_FREEZE,
    Action.REPORT_BUILD,
    Action.REPORT_DECIDE,
    Action.ROUND_MANAGE,
    Action.FORM_PUBLISH,
    Action.PEOPLE_READ,
    Action.HISTORY_READ,
    Action.RECORD_IMPORT,
    Action.WEBHOOK_MANAGE,
    Action.OFFER_WRITE,
    Action.OFFER_DECIDE,
    Action.PRESS_WRITE,
    Action.OUTREACH_DECIDE,
}

MAY: Mapping[Role, frozenset[Action]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Action.PEOPLE_READ,
            Action.PEOPLE_MANAGE,
            Action.PLACES_LOAD,
            Action.CATALOGUE_LOAD,
            Action.FORM_PUBLISH,
            Action.HISTORY_READ,
        }
    ),
    Role.STEERING_OFFICER: _OFFICE,
    Role.UNIT_OFFICER: _UNIT | {Action.REPORT_WRITE, Action.PLAN_WRITE},
    Role.TEAM_LEADER: _FIELD | {Action.OUTING_RUN, Action.RECORD_READ, Action.RECORDING_CHECK},
    Role.HELPER: _FIELD,
    Role.REVIEWER: _REVIEWING,
    Role.VIEWER: _READING,
    Role.ENTERPRISE_OFFICER: frozenset({Action.OFFER_WRITE, Action.EXHIBITION_READ, Action.BOOTH_APPLY}),
}


def may(actor: Actor, action: Action, *, organization_id: UUID | None = None, place_path: tuple[str, ...] = ()) -> bool:
    """Tell whether one of the actor's duties allows an action on an organization's things at a place.

    `place_path` runs from the province down to the unit. Without organization and place the question is
    "anywhere at all?". The system may everything.
    """
    if actor.kind is ActorKind.SYSTEM:
        return True
    for duty in actor.duties:
        if action not in MAY[Role(duty.role)]:
            continue
        own = organization_id is None or duty.organization_id in (None, organization_id)
        here = not place_path or duty.place_code is None or duty.place_code in place_path
        if own and here:
            return True
    return False


def covers(
    actor: Actor, action: Action, *, organization_id: UUID | None = None, place_path: tuple[str, ...] = ()
) -> bool:
    """Tell whether one duty allows an action on all of a scope; None and () mean every one, everywhere.

    Unlike `may`, nothing is "anywhere at all": who manages one unit does not manage every unit.
    """
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(
        action in MAY[Role(duty.role)]
        and duty.organization_id in (None, organization_id)
        and (duty.place_code is None or duty.place_code in place_path)
        for duty in actor.duties
    )
