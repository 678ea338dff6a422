"""The pages on which a team says that it has come: by the outing's code, typed or read from its QR."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raquan.kernel.refused import Refused
from raquan.outings import commands, queries
from raquan.outings.commands import CheckedIn
from raquan.outings.forms.outings import CheckInForm
from raquan.outings.rules import PRESENCE_NAMES, Presence
from raquan.ui.access import signed_in
from raquan.ui.http import Request


@signed_in
@require_http_methods(["GET", "POST"])
def check_in(request: Request) -> HttpResponse:
    """Ask for a code, and say that the person, or somebody of their team, has come."""
    form = CheckInForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        try:
            done = commands.check_in(by=request.actor, now=request.now, at=request.now, **form.arrival())
        except Refused as refused:
            form.add_error(None, refused.text(_))
        else:
            messages.success(request, _said(done))
            return redirect("outings:detail", outing_id=done.outing_id)
    code = str(form["code"].value() or "")
    context = {"form": form, "outing": queries.outing_by_code(code) if code else None}
    return render(request, "outings/check_in.html", context, status=422 if form.errors else 200)


def _said(done: CheckedIn) -> str:
    words = {
        "code": done.outing_code,
        "presence": _(PRESENCE_NAMES[Presence(done.presence)]),
        "minutes": abs(done.minutes),
    }
    if done.minutes < 0:
        return _("Đã điểm danh ở buổi %(code)s: %(presence)s, trước giờ bắt đầu %(minutes)s phút.") % words
    return _("Đã điểm danh ở buổi %(code)s: %(presence)s, sau giờ bắt đầu %(minutes)s phút.") % words
