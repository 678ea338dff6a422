"""The rows of a tally sheet: what is printed, typed, filled in a workbook and checked is one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from raquan.catalogue import queries as catalogue
from raquan.catalogue.rules import How
from raquan.kernel.localized import in_language
from raquan.tallies.rules import TallyKey


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A result of a service, and the ways in which it can be reached; a way that is not allowed has no box."""

    service_code: str
    service_name: str
    rung: str
    rung_name: str
    hows: tuple[str, ...]
    is_first: bool

    @property
    def keys(self) -> tuple[TallyKey, ...]:
        """Give the row's cells."""
        return tuple(TallyKey(self.service_code, self.rung, how) for how in self.hows)


def tally_rows(service_codes: Sequence[str], on: date) -> tuple[TallyRow, ...]:
    """List the rows of a sheet for some services, with the ladders of their groups.

    A step that only an authority may perform is never done for somebody by a helper: it has no such box.
    """
    language = get_language() or "vi"
    services = {one.code: one for one in catalogue.all_services() if one.code in service_codes and one.holds_on(on)}
    ladders = {group.code: group.rungs for group in catalogue.groups()}
    restricted = {(one.service_code, one.rung_code) for one in catalogue.all_restrictions()}
    rows: list[TallyRow] = []
    for code in service_codes:
        if code not in services:
            continue
        service = services[code]
        for position, rung in enumerate(ladders[service.group_code]):
            shut = {How.DONE_FOR.value} if (code, rung.code) in restricted else set()
            rows.append(
                TallyRow(
                    service_code=code,
                    service_name=in_language(service.name, language),
                    rung=rung.code,
                    rung_name=in_language(rung.name, language),
                    hows=tuple(how.value for how in How if how.value not in shut),
                    is_first=position == 0,
                )
            )
    return tuple(rows)
