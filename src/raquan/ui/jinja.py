"""The Jinja2 environment that all our pages are rendered in."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, gettext, ngettext, npgettext, override, pgettext
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined
from jinja2.utils import missing
from markupsafe import Markup

from raquan.kernel import dates, numbers
from raquan.kernel.localized import DEFAULT_LANGUAGE, Localized, in_language
from raquan.ui import charts, fields
from raquan.ui.texts import text
from raquan.ui.tongues import OWN_NAMES

DASH = "–"
MOST_PARTS = 1024


class CarefulUndefined(Undefined):
    """Nothing, quietly, for a missing key of a mapping; an error for a misspelt name or attribute.

    The GOV.UK macros ask mappings for options that were not given, all the time. A page that
    prints a name which does not exist, or tests an attribute that a dataclass lacks, is wrong.
    """

    __slots__ = ()

    def _is_quiet(self) -> bool:
        # An "if" without "else" has no name.
        return self._undefined_name is None or isinstance(self._undefined_obj, Mapping)

    def __str__(self) -> str:
        return "" if self._is_quiet() else str(self._fail_with_undefined_error())

    def __bool__(self) -> bool:
        if self._undefined_obj is not missing and not self._is_quiet():
            self._fail_with_undefined_error()
        return False


class Components:
    """The macros of ui/components.html, at hand as `ui` in every template and in what it imports."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._module: Any = None

    def __getattr__(self, name: str) -> Any:
        # A page asks for dozens; finding the template anew is needed only where somebody is writing it.
        if self._module is None or self._env.auto_reload:
            self._module = self._env.get_template("ui/components.html").module
        return getattr(self._module, name)


class Once:
    """Draws a part of a shell, such as its footer, once for what it is told and the page's language.

    `{{ once(macro, …) }}`: the macro asks for nothing but its arguments and what never changes while we run.
    """

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._drawn: dict[tuple[Any, ...], Markup] = {}

    def __call__(self, macro: Any, *told: Hashable) -> Markup:
        """Give the part."""
        key = macro.name, get_language(), told
        found = self._drawn.get(key)
        if found is None or self._env.auto_reload:
            if len(self._drawn) >= MOST_PARTS:
                self._drawn.clear()
            found = self._drawn[key] = macro(*told)
        return found


def environment(**options: Any) -> Environment:
    """Build the environment; `options` come from settings.TEMPLATES."""
    loader: BaseLoader = options.pop("loader")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options |= {
        "undefined": CarefulUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "loader": ChoiceLoader([loader, govuk]),
        "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
    }
    env = Environment(**options | {"autoescape": True})  # noqa: S701 - said in the same line
    env.install_gettext_callables(  # type: ignore[attr-defined]  # given by the i18n extension
        text, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        _=said,
        ui=Components(env),
        url=url,
        public_url=public_url,
        optional_url=optional_url,
        once=Once(env),
        static=static,
        asset=asset,
        query=query,
        language=language,
        languages=languages,
        flashes=flashes,
        control=fields.control,
        form_errors=fields.form_errors,
        bars=charts.bars,
        line=charts.line,
    )
    env.filters.update(
        vn_date=vn_date,
        vn_number=vn_number,
        vn_time=vn_time,
        vn_moment=vn_moment,
        vn_percent=vn_percent,
        vn_money=numbers.format_money,
        localized=localized,
        own_language=own_language,
        written=written,
    )
    return env


def asset(name: str) -> str:
    """Give the address of a built front-end file, such as "src/portal.css"; before a build, one that is absent."""
    try:
        return _built(name)
    except DjangoViteAssetNotFoundError:
        return static(f"ui/not-built/{name}")


@cache
def _built(name: str) -> str:
    return str(DjangoViteAssetLoader.instance().generate_vite_asset_url(name))


def said(message: str, **values: Any) -> Markup:
    """Translate into the page's language; `%(name)s` stand for values, which are escaped."""
    found = _marked(get_language(), message)
    return found % values if values else found


@lru_cache(maxsize=8192)
def _marked(_language: str | None, message: str) -> Markup:
    found = Markup(text(message))  # noqa: S704 - our own words
    return found if "%(" in found else found % {}


def url(name: str, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None, **named: Any) -> str:
    """Give a named address; what it needs is given by name, or as Django's `reverse` takes it."""
    found = _address(name, args, {**kwargs, **named} if kwargs else named)
    return found if found is not None else reverse(name, args=args or None, kwargs={**(kwargs or {}), **named} or None)


def public_url(path: str) -> str:
    """Give the whole address of a page or a picture, as other sites and messengers need it."""
    return f"{settings.RAQUAN_PUBLIC_URL}{path}"


def optional_url(name: str, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None, **named: Any) -> str:
    """Give a named address, or "" where no room has it: shells link to what is installed."""
    return _address(name, args, {**kwargs, **named} if kwargs else named) or ""


def _address(name: str, args: Sequence[Any], kwargs: Mapping[str, Any], code: str | None = None) -> str | None:
    """Give an address, None for one that nobody has: a page asks for dozens, of which most are those of every page."""
    return _reversed(name, tuple(args), tuple(sorted(kwargs.items())) if kwargs else (), code or get_language())


@lru_cache(maxsize=4096, typed=True)
def _reversed(name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...], code: str | None) -> str | None:
    try:
        with override(code):
            return str(reverse(name, args=args or None, kwargs=dict(kwargs) or None))
    except NoReverseMatch:
        return None


def query(request: HttpRequest, **changes: Any) -> str:
    """Give this page's query string with some parameters replaced; None takes one away."""
    params = dict(request.GET.lists())
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = [str(value)]
    return f"?{urlencode(params, doseq=True)}"


def language() -> str:
    """Give the code of the language that the page is in."""
    return (get_language() or DEFAULT_LANGUAGE).partition("-")[0]


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """List the site's languages with the address of this same page in each."""
    here, own, found = request.get_full_path(), language(), request.resolver_match
    question = "".join(here.partition("?")[1:])

    def address(code: str) -> str | None:
        return _address(found.view_name, found.args, found.kwargs, code) if found and code != own else None

    return [
        {
            "code": code,
            "name": OWN_NAMES[code],
            "href": there + question if (there := address(code)) else here,
            "current": code == own,
        }
        for code, _name in settings.LANGUAGES
    ]


def own_language(href: str) -> str:
    """Lead an address that is the same in every language to the page in the reader's own."""
    code = language()
    if code == DEFAULT_LANGUAGE:
        return href
    with override(DEFAULT_LANGUAGE):  # Django finds an address only under the prefix of the language in force
        return translate_url(href, code)


def flashes(request: HttpRequest) -> list[dict[str, str]]:
    """Take the messages that wait for this visitor."""
    return [{"text": str(m), "tone": m.level_tag or "info"} for m in get_messages(request)]


def vn_date(value: date | None) -> str:
    """Write a day as 10/10/2023; of a moment, the day in Viet Nam."""
    return DASH if value is None else dates.format_date(value)


def vn_time(value: time | datetime | None) -> str:
    """Write a time of day as 08:30; of a moment, the time in Viet Nam."""
    return DASH if value is None else dates.format_time(value)


def vn_moment(value: datetime | None) -> str:
    """Write a moment as 08:30 10/10/2023, on one line."""
    return DASH if value is None else dates.format_datetime(value).replace(" ", "\u00a0")


def vn_number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """Write a number as 1.234,5."""
    return DASH if value is None else numbers.format_number(value, places)


def vn_percent(value: float | Decimal | None, places: int | None = None) -> str:
    """Write a ratio as a percentage."""
    return DASH if value is None else numbers.format_percent(value, places)


def written(value: Any) -> Any:
    """Write a cell or a description by its kind; text and markup stay as they are."""
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, (int, float, Decimal)):
        return vn_number(value)
    if isinstance(value, datetime):
        return vn_moment(value)
    if isinstance(value, date):
        return vn_date(value)
    if isinstance(value, time):
        return vn_time(value)
    return DASH if value is None or value == "" else value


def localized(value: Localized | None) -> str:
    """Give a localized value in the page's language, in Vietnamese where it lacks it."""
    return in_language(value, language()) if value else ""
