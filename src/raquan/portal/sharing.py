"""What several public pages show alike, looked up once for a public version and a minute."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from raquan.helpdesks import queries as helpdesks
from raquan.helpdesks.queries import HelpDeskView
from raquan.kernel.paging import Page
from raquan.kernel.remembering import Remembered
from raquan.ledger.queries import public_version

_desks: Remembered[tuple[Any, ...], Page[HelpDeskView]] = Remembered(256)


def desks(place_codes: Sequence[str] = (), *, now: datetime, **wanted: Any) -> Page[HelpDeskView]:
    """Give what `helpdesks.help_desks` gives, of this public version and minute: nine queries or none."""
    key = public_version(), int(now.timestamp()) // 60, get_language(), tuple(place_codes), *sorted(wanted.items())

    def look_up() -> Page[HelpDeskView]:
        return helpdesks.help_desks(place_codes, now=now, **wanted)

    found = _desks.get(key, look_up, seconds=settings.RAQUAN_REMEMBER_REFERENCE_SECONDS)
    return found if found is not None else look_up()
