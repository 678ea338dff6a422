"""Who may do what, where."""

from raquan.people.rules.app_users import DeviceKind
from raquan.people.rules.duties import MAY, ROLE_NAMES, Action, Level, Role, covers, may

__all__ = ["MAY", "ROLE_NAMES", "Action", "DeviceKind", "Level", "Role", "covers", "may"]
