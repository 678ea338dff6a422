"""Who may do what, where."""

from raquan.people.rules.app_users import DeviceKind, collect_payload, read_names, read_numbers, write_numbers
from raquan.people.rules.duties import GIVEN_ON, LEVEL_NAMES, MAY, ROLE_NAMES, Action, Level, Role, covers, may
from raquan.people.rules.matching import Candidate, Matcher, is_collective
from raquan.people.rules.signing_in import is_login, normalize_login

__all__ = [
    "GIVEN_ON",
    "LEVEL_NAMES",
    "MAY",
    "ROLE_NAMES",
    "Action",
    "Candidate",
    "DeviceKind",
    "Level",
    "Matcher",
    "Role",
    "collect_payload",
    "covers",
    "is_collective",
    "is_login",
    "may",
    "normalize_login",
    "read_names",
    "read_numbers",
    "write_numbers",
]
