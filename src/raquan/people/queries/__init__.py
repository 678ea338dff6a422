"""What may be asked about people and organizations."""

from raquan.people.queries.actors import (
    actor_by_device_key,
    actor_by_login,
    actor_by_token,
    actor_of_user,
    actors_of_users,
    forget_devices,
    is_device_key,
    login_of,
    owner_of_device,
    staff_of,
    user_names,
)
from raquan.people.queries.organizations import (
    OrganizationMatch,
    OrganizationView,
    match_organization,
    match_organizations,
    organization,
    organization_names,
    organization_of_place,
    organizations,
)
from raquan.people.queries.readiness import PhoneReadiness, readiness_of
from raquan.people.queries.register import (
    DeviceView,
    DutyView,
    FieldCodeView,
    UserView,
    devices,
    field_codes,
    users,
)
from raquan.people.queries.scope import covered

__all__ = [
    "DeviceView",
    "DutyView",
    "FieldCodeView",
    "OrganizationMatch",
    "OrganizationView",
    "PhoneReadiness",
    "UserView",
    "actor_by_device_key",
    "actor_by_login",
    "actor_by_token",
    "actor_of_user",
    "actors_of_users",
    "covered",
    "devices",
    "field_codes",
    "forget_devices",
    "is_device_key",
    "login_of",
    "match_organization",
    "match_organizations",
    "organization",
    "organization_names",
    "organization_of_place",
    "organizations",
    "owner_of_device",
    "readiness_of",
    "staff_of",
    "user_names",
    "users",
]
