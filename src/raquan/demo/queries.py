"""What may be asked of the demo: whether there is one, and how its clock is moved."""

from datetime import timedelta

from django.db import OperationalError, ProgrammingError

from raquan.demo.models import DemoState


def is_demo() -> bool:
    """Tell whether this installation is the demo."""
    return DemoState.objects.exists()


def stored_clock_offset() -> timedelta:
    """Give how far the campaign's time is from the machine's; zero outside the demo and before the first migration."""
    try:
        state = DemoState.objects.first()
    except (OperationalError, ProgrammingError):
        return timedelta(0)
    return state.clock_offset if state else timedelta(0)


def loaded_parts() -> frozenset[str]:
    """Name the parts of the demo that are loaded."""
    state = DemoState.objects.first()
    return frozenset(state.loaded) if state else frozenset()
