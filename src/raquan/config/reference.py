"""Reads what hardly ever changes before the first request comes: units, services, ladders."""

import logging

from django.db import DatabaseError

from raquan.catalogue import queries as catalogue
from raquan.places import queries as places

logger = logging.getLogger(__name__)


def read_reference() -> None:
    """Remember the reference data, so that no page pays for them; three queries.

    A database that is away, or has no tables yet, is no reason not to start: the pages ask then.
    """
    try:
        places.names_on_days((), ())
        catalogue.all_services()
        catalogue.groups()
    except DatabaseError:
        logger.warning("the reference data could not be read; the first pages will read them")
