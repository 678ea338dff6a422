"""The page on which the office says of which group each commune is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raquan.campaign import commands, queries
from raquan.campaign.forms.planning import CommuneGroupsForm
from raquan.campaign.views.attempts import attempt
from raquan.people.rules import Action
from raquan.ui.access import allow
from raquan.ui.http import Request


@allow(Action.PLAN_MANAGE.value)
@require_http_methods(["GET", "POST"])
def commune_groups(request: Request, plan_id: UUID) -> HttpResponse:
    """Show the groups of communes and take many rows at once; refused rows are named and what was typed stays."""
    form = CommuneGroupsForm(request.POST or None)
    refused: list[Any] = []

    def act(known: dict[str, Any]) -> None:
        try:
            commands.set_commune_groups(**known, text=form.cleaned_data["rows"], reason=form.cleaned_data["reason"])
        except commands.RowsRefused as refusal:
            refused.extend(one for one in refusal.rows if one.error)
            raise

    if request.method == "POST" and attempt(request, form, act, plan_id=plan_id)[0]:
        messages.success(request, _("Đã lưu nhóm xã."))
        return redirect("campaign:commune_groups", plan_id=plan_id)
    context = {"page": queries.commune_groups_page(request.actor, plan_id), "form": form, "refused": refused}
    return render(request, "campaign/commune_groups.html", context, status=422 if form.errors else 200)
