"""Loads every room's jobs as a process starts, so that the ledger knows who does which later work."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    """The ledger's place in Django."""

    name = "raquan.ledger"

    def ready(self) -> None:
        """Import `jobs` of every room that has one."""
        autodiscover_modules("jobs")
