"""The pages of short links, and the address that leads on."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from raquan.kernel.clock import local_date
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import Refused
from raquan.links import commands, queries
from raquan.links.forms import ChangeForm, FilterForm, LinkForm, SpanForm, StepForm, TellingForm
from raquan.links.rules import Channel, LinkStep, is_machine
from raquan.people import queries as people
from raquan.people.rules import Action
from raquan.ui.access import allow, public
from raquan.ui.http import Request
from raquan.ui.lists import Options, show_list

QR_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
STEPS = {LinkStep.STOP: commands.stop_link, LinkStep.RESUME: commands.resume_link}


@public
@require_safe
def follow(request: Request, code: str) -> HttpResponse:
    """Lead to where a link leads, and count the visit of a person's browser; say so where it leads nowhere."""
    way = queries.way_of(code, on=local_date(request.now))
    if way is None or way.is_over:
        context = {"is_over": way is not None, "code": code[:20]}
        return render(request, "links/gone.html", context, status=410 if way else 404)
    if _is_visit(request):
        commands.count_visit(link_id=way.link_id, day=local_date(request.now))
    answer = HttpResponseRedirect(way.target)
    answer["Cache-Control"] = "no-store"  # what is answered from a store is not counted
    answer["X-Robots-Tag"] = "noindex"
    return answer


@allow(Action.LINK_MAKE.value)
@require_GET
def list_links(request: Request) -> HttpResponseBase:
    """List the links of the reader's units."""
    form = FilterForm(request.GET)
    form.is_valid()
    asked = {"text": form.cleaned_data.get("q", ""), "channel": form.cleaned_data.get("channel", "")}
    read = partial(queries.links, request.actor, now=request.now, **asked)
    return show_list(request, "links/links.html", queries.LINKS, read, Options(filters=form))


@allow(Action.LINK_MAKE.value)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Make a link."""
    units = people.choices_of_organizations(request.actor, Action.LINK_MAKE)
    start = {"request_id": uuid7(), "target": request.GET.get("target", "")[:1000]}
    form = LinkForm(request.POST or None, units=units, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        more = {"unit": UUID(said["unit"]), "channel": Channel(said["channel"])}
        try:
            made = commands.make_link(by=request.actor, now=request.now, **said | more)
        except Refused as refused:
            _hand_back(form, refused)
        else:
            messages.success(request, _("Đã tạo đường dẫn %(address)s") % {"address": made.address})
            return redirect("links:detail", link_id=made.id)
    return render(request, "links/link_form.html", {"form": form}, status=422 if form.errors else 200)


@allow(Action.LINK_MAKE.value)
@require_GET
def list_counts(request: Request) -> HttpResponseBase:
    """List visits by day and channel."""
    form = SpanForm(request.GET)
    form.is_valid()
    asked: dict[str, Any] = {name: form.cleaned_data.get(name) or None for name in ("since", "until")}
    read = partial(queries.find_counts, request.actor, **asked, channel=form.cleaned_data.get("channel", ""))
    return show_list(request, "links/counts.html", queries.COUNTS, read, Options(filters=form))


@allow(Action.LINK_MAKE.value)
@require_GET
def show(request: Request, link_id: UUID) -> HttpResponse:
    """Show a link with its QR code and its visits."""
    return _page(request, link_id)


@allow(Action.LINK_MAKE.value)
@require_POST
def change(request: Request, link_id: UUID) -> HttpResponse:
    """Change where a link leads, what it is for, how long."""
    form = ChangeForm(request.POST)
    if form.is_valid():
        try:
            commands.change_link(by=request.actor, now=request.now, link_id=link_id, **form.cleaned_data)
        except Refused as refused:
            _hand_back(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("links:detail", link_id=link_id)
    return _page(request, link_id, form)


@allow(Action.LINK_MAKE.value)
@require_POST
def step(request: Request, link_id: UUID) -> HttpResponse:
    """Stop a link, or let it lead on again."""
    form = StepForm(request.POST)
    if not form.is_valid() or form.cleaned_data["step"] not in STEPS:
        raise Http404
    act = STEPS[LinkStep(form.cleaned_data["step"])]
    act(by=request.actor, now=request.now, link_id=link_id, seen=form.cleaned_data["seen"])
    return redirect("links:detail", link_id=link_id)


@allow(Action.LINK_MAKE.value)
@require_GET
def download_qr(request: Request, link_id: UUID, kind: str) -> HttpResponse:
    """Give a link's QR code as a file for who prints."""
    view = queries.link(request.actor, link_id, now=request.now)
    if kind not in QR_TYPES:
        raise Http404
    answer = HttpResponse(queries.qr_file(view.code, kind), content_type=QR_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="qr-{view.code}.{kind}"'
    return answer


def _page(request: Request, link_id: UUID, tried: ChangeForm | None = None) -> HttpResponse:
    view = queries.link(request.actor, link_id, now=request.now)
    start = {"label": view.label, "target": view.target, "ends_on": view.ends_on, "seen": view.edition}
    context = {
        "view": view,
        "form": tried or ChangeForm(initial=start),
        "qr": mark_safe(queries.draw_qr(view.code)),  # noqa: S308 - drawn by us from an address of ours
        "days": queries.days_of(link_id, now=request.now),
    }
    return render(request, "links/link.html", context, status=422 if tried else 200)


def _hand_back(form: TellingForm, refused: Refused) -> None:
    """Keep what was typed beside why it was refused; who may not, or nothing there, is a page of its own."""
    if refused.status in (403, 404):
        raise refused
    form.add_error("target" if isinstance(refused, commands.TargetRefused) else None, refused.text(_))


def _is_visit(request: Request) -> bool:
    """Tell whether a person's browser opens the page now: no machine, no HEAD, no fetching ahead."""
    ahead = "prefetch" in f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}".lower()
    return request.method == "GET" and not ahead and not is_machine(request.headers.get("User-Agent", ""))
