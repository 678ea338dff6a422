"""The desk's pages of cards: a unit's batches, making and printing more, voiding what was lost."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raquan.cards import commands, queries
from raquan.cards.forms import MakeForm, VoidForm
from raquan.kernel.refused import NotFound
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list


@allow(Action.CARD_MAKE.value)
@require_GET
def list_batches(request: Request) -> HttpResponseBase:
    """List the batches of the visitor's units, and offer to make more."""
    form = MakeForm(initial={"request_id": uuid4()}, units=queries.unit_choices(request.actor))
    return _list_page(request, form)


def _list_page(request: Request, form: MakeForm) -> HttpResponseBase:
    read = partial(queries.batches, request.actor)
    options = Options(status=422 if form.errors else 200, address=reverse("cards:list"))
    return show_list(request, "cards/list.html", queries.BATCHES, read, options, {"form": form})


@allow(Action.CARD_MAKE.value)
@require_POST
def make_cards(request: Request) -> HttpResponseBase:
    """Make a batch, and show it to be printed: now or never, for the codes are kept nowhere."""
    form = MakeForm(request.POST, units=queries.unit_choices(request.actor))
    if not form.is_valid():
        return _list_page(request, form)
    asked = form.cleaned_data | {"organization_id": UUID(form.cleaned_data["organization_id"])}
    made = commands.make_cards(by=request.actor, now=request.now, **asked)
    batch = queries.print_cards(made.batch_id, made.codes)
    answer = render(request, "cards/print.html", {"batch": batch})
    answer["Cache-Control"] = "no-store"
    return answer


@allow(Action.CARD_MAKE.value)
@require_http_methods(["GET", "POST"])
def void_batch(request: Request, batch_id: UUID) -> HttpResponse:
    """Show a batch, and void it with a reason."""
    batch = queries.batch(request.actor, batch_id)
    if batch is None:
        raise NotFound()
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.void_cards(by=request.actor, now=request.now, batch_id=batch_id, **form.cleaned_data)
        messages.success(request, _("Đã hủy tập thẻ số %(number)s.") % {"number": batch.number})
        return redirect("cards:list")
    return render(request, "cards/void.html", {"batch": batch, "form": form}, status=422 if form.errors else 200)
