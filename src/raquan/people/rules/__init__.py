"""Who may do what, where."""

from raquan.people.rules.duties import MAY, ROLE_NAMES, Action, Level, Role, covers, may

__all__ = ["MAY", "ROLE_NAMES", "Action", "Level", "Role", "covers", "may"]
