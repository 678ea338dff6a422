"""Ids that sort roughly by creation and can be made on any machine."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """Make a UUID of version 7 (RFC 9562): milliseconds first, then random bits."""
    return _uuid7()
