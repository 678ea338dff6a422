"""What people does: checks who may do what, registers organizations, people, duties and phones, lets people in."""

from raquan.people.commands.accounts import (
    DutyDiffers,
    DutyEndsTooSoon,
    LoginTaken,
    LoginUnreadable,
    PasswordTooShort,
    close_account,
    create_user,
    end_duty,
    give_duty,
    set_password,
)
from raquan.people.commands.app_users import (
    AppUserMade,
    NamesMissing,
    NamesRepeated,
    NameTooLong,
    TooManyNames,
    make_app_users,
    note_seen,
)
from raquan.people.commands.checking import check, check_whole
from raquan.people.commands.devices import KeyTaken, NotOwnDevice, register_device, revoke_device, take_over_device
from raquan.people.commands.field_codes import (
    DeviceRevoked,
    FieldCodeEndsTooSoon,
    FieldCodeGiven,
    FieldCodeNotNow,
    FieldCodeRevoked,
    FieldCodeTaken,
    FieldCodeUnreadable,
    FieldCodeWrong,
    FieldSignIn,
    field_sign_in,
    give_field_code,
    revoke_field_code,
)
from raquan.people.commands.organizations import (
    OrganizationDiffers,
    OrganizationsLoaded,
    load_organizations,
    match_packaged,
    register_organization,
)
from raquan.people.commands.readiness import report_readiness
from raquan.people.commands.sequences import Arrivals, note_arrivals
from raquan.people.commands.signing_in import WrongPassword, sign_in
from raquan.people.commands.throttling import TooManyTries
from raquan.people.commands.tokens import TokenOpened, end_token, open_token

__all__ = [
    "AppUserMade",
    "Arrivals",
    "DeviceRevoked",
    "DutyDiffers",
    "DutyEndsTooSoon",
    "FieldCodeEndsTooSoon",
    "FieldCodeGiven",
    "FieldCodeNotNow",
    "FieldCodeRevoked",
    "FieldCodeTaken",
    "FieldCodeUnreadable",
    "FieldCodeWrong",
    "FieldSignIn",
    "KeyTaken",
    "LoginTaken",
    "LoginUnreadable",
    "NameTooLong",
    "NamesMissing",
    "NamesRepeated",
    "NotOwnDevice",
    "OrganizationDiffers",
    "OrganizationsLoaded",
    "PasswordTooShort",
    "TokenOpened",
    "TooManyNames",
    "TooManyTries",
    "WrongPassword",
    "check",
    "check_whole",
    "close_account",
    "create_user",
    "end_duty",
    "end_token",
    "field_sign_in",
    "give_duty",
    "give_field_code",
    "load_organizations",
    "make_app_users",
    "match_packaged",
    "note_arrivals",
    "note_seen",
    "open_token",
    "register_device",
    "register_organization",
    "report_readiness",
    "revoke_device",
    "revoke_field_code",
    "set_password",
    "sign_in",
    "take_over_device",
]
