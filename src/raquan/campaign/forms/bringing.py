"""The shape of what an officer says when a document comes into force."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raquan.campaign.queries import BringPage
from raquan.kernel.dates import format_date
from raquan.ui.forms import day


class BringForm(forms.Form):
    """What was looked at (`version` of the reading, `edition` of the plan), the campaign's window, what is left."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput)
    starts_on = day(_("Bắt đầu ngày"))
    ends_on = day(_("Kết thúc ngày"))
    set_aside = forms.BooleanField(label=_("Tạm để lại những dòng chưa xem"), required=False)


class YearForm(BringForm):
    """Beside that, the year of the plan's campaign."""

    campaign_year = forms.IntegerField(
        label=_("Năm của chiến dịch"),
        min_value=2000,
        max_value=2200,
        error_messages={"required": _("Hãy ghi năm."), "invalid": _("Hãy viết năm như 2023.")},
    )


def bring_form(page: BringPage, posted: Any = None) -> BringForm:
    """Give the form for a document, filled with what it says."""
    known = {"version": page.reading.version, "edition": page.plan.edition if page.plan else 0}
    days = {name: getattr(page, name) for name in ("starts_on", "ends_on")}
    initial = {
        **known,
        "campaign_year": page.year,
        **{name: format_date(one) if one else "" for name, one in days.items()},
    }
    return (BringForm if page.reading.head.amends else YearForm)(posted, initial=initial)


def seen_again(page: BringPage, posted: Any) -> BringForm:
    """Give the form as it was typed, with what is shown beside the refusal for what was looked at."""
    return bring_form(page, _with(posted, version=page.reading.version, edition=page.plan.edition if page.plan else 0))


def _with(posted: Any, **changed: Any) -> Any:
    copied = posted.copy()
    for name, value in changed.items():
        copied[name] = str(value)
    return copied
