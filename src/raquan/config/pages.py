"""Spares telephones what only people's pages need: sessions, languages, forms' tokens, messages, CSP."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.module_loading import import_string

Answers = Callable[[HttpRequest], HttpResponseBase]

DEVICES = ("/v1/key/", "/api/field/v1/", "/api/counter/v1/")
"""Where requests carry a key of their own: each stands for itself, and is answered in Vietnamese."""


class ForPages:
    """Run the middleware of RAQUAN_PAGE_MIDDLEWARE around every request but those of devices."""

    def __init__(self, get_response: Answers) -> None:
        self._straight = self._around = get_response
        self._on_view: list[Callable[..., Any]] = []
        for name in reversed(settings.RAQUAN_PAGE_MIDDLEWARE):
            middleware = import_string(name)(self._around)
            self._around = cast(Answers, convert_exception_to_response(middleware))
            if hasattr(middleware, "process_view"):
                self._on_view.insert(0, middleware.process_view)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_of_device(request):
            return self._around(request)
        translation.activate(settings.LANGUAGE_CODE)  # this thread's last page may have been an English one
        return self._straight(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Ask those of them that look at the view."""
        if _is_of_device(request):
            return None
        answers = (ask(request, view, args, kwargs) for ask in self._on_view)
        return next((answer for answer in answers if answer is not None), None)


def _is_of_device(request: HttpRequest) -> bool:
    return request.path_info.startswith(DEVICES)
