"""The style guide: every component in every state, for people who build pages."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from raquan.kernel import clock
from raquan.ui import errors, samples
from raquan.ui.access import public
from raquan.ui.http import Request


@public
def styleguide(request: Request, shell: str = "portal") -> HttpResponse:
    """Show the components in the public or the staff's shell."""
    _only_for_builders()
    context = {
        "shell_template": f"ui/{shell}.html",
        "forms": samples.forms_in_every_state(),
        "communes": samples.COMMUNES,
        "days": samples.DAYS,
        "moment": samples.MOMENT,
        "letters": samples.LETTERS,
        "tones": samples.TONES,
        "page": samples.page(),
    }
    return render(request, "ui/styleguide.html", context)


@public
def error_sample(request: Request, status: int) -> HttpResponse:
    """Show an error page, with what a visitor had typed."""
    _only_for_builders()
    kept = errors.typed(samples.forms_in_every_state()["filled"]) if status == 409 else ()
    return render(request, "ui/error.html", {"error": errors.describe(status, "a1b2c3d4", kept=kept)}, status=status)


def _only_for_builders() -> None:
    if not (settings.DEBUG or clock.offset()):
        raise Http404
