"""The root addresses: each room's own stand below its prefix."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from raquan.ui.access import public

_DESKS = ["desk", *(f"{code}/desk" for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
_ROBOTS = "\n".join(
    ["User-agent: *", *(f"Disallow: /{one}/" for one in (*_DESKS, "api", "v1", "field", "counter")), ""]
)


@public
def health(request: HttpRequest) -> HttpResponse:
    """Answer that the server is up; asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines to stay out of what is not for the public: the desk, and the doors of phones."""
    return HttpResponse(_ROBOTS, content_type="text/plain")


def _rooms(prefixes: dict[str, str]) -> list[URLPattern | URLResolver]:
    return [
        path(prefix, include(f"raquan.{module}"))
        for module, prefix in prefixes.items()
        if find_spec(f"raquan.{module}")
    ]


handler400 = "raquan.ui.errors.bad_request"
handler403 = "raquan.ui.errors.forbidden"
handler404 = "raquan.ui.errors.not_found"
handler500 = "raquan.ui.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("robots.txt", robots, name="robots"),
    *_rooms({"odk.urls": "v1/", "field.urls": "api/field/v1/", "field.urls_app": "field/", "files.urls": "files/"}),
    *_rooms({"links.urls_public": "l/"}),
    *_rooms({"field.urls_counter": "api/counter/v1/", "field.urls_counter_page": "counter/"}),
    *i18n_patterns(
        *_rooms(
            {
                "people.urls": "",
                "ui.urls": "styleguide/",
                "places.urls": "places/",
                "readings.urls": "desk/campaign/readings/",
                "recordings.urls": "desk/recordings/",
                "notices.urls": "desk/notices/",
                "campaign.urls": "desk/campaign/",
                "outings.urls_public": "<int:year>/outings/",
                "calendars.urls": "desk/outings/calendars/",
                "outings.urls": "desk/outings/",
                "forms.urls": "desk/forms/",
                "feedback.urls_public": "",
                "feedback.urls": "desk/feedback/",
                "market.urls_public": "",
                "market.urls": "desk/offers/",
                "outreach.urls_public": "<int:year>/",
                "outreach.urls": "desk/outreach/",
                "vouchers.urls_public": "",
                "vouchers.urls": "desk/vouchers/",
                "exhibitions.urls_public": "",
                "exhibitions.urls": "desk/exhibitions/",
                "helpdesks.urls_public": "<int:year>/help-desks/",
                "helpdesks.urls": "desk/help-desks/",
                "cards.urls": "desk/cards/",
                "links.urls": "desk/links/",
                "displays.urls": "desk/displays/",
                "tallies.urls": "desk/records/tally/",
                "capture.urls": "desk/records/",
                "analytics.urls_public": "<int:year>/numbers/",
                "analytics.urls": "desk/figures/",
                "press.urls_public": "<int:year>/",
                "press.urls": "desk/press/",
                "boards.urls": "desk/boards/",
                "rounds.urls": "desk/rounds/",
                "reports.urls_public": "<int:year>/reports/",
                "reports.urls": "desk/reports/",
                "exchange.urls": "desk/exchange/",
                "field.urls_desk": "desk/bundles/",
                "desk.urls": "desk/",
                "portal.urls": "",
            }
        ),
        prefix_default_language=False,
    ),
]
