"""The environment: how values are written, and that slips of the pen do not pass in silence."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest
from django.test import RequestFactory
from django.utils import translation
from jinja2 import UndefinedError

from raquan.ui.tests.conftest import Render


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|vn_date }}", date(2023, 10, 10), "10/10/2023"),
        ("{{ v|vn_date }}", None, "–"),
        ("{{ v|vn_time }}", time(8, 5), "08:05"),
        ("{{ v|vn_moment }}", datetime(2023, 10, 5, 2, 0, tzinfo=UTC), "09:00\u00a005/10/2023"),
        ("{{ v|vn_number }}", 1234567, "1.234.567"),
        ("{{ v|vn_number(1) }}", 0.25, "0,3"),
        ("{{ v|vn_number }}", None, "–"),
        ("{{ v|vn_percent }}", 0.125, "12,5%"),
        ("{{ v }}", "<b>Cư M’gar</b>", "&lt;b&gt;Cư M’gar&lt;/b&gt;"),
        ("{{ v.missing }}", {}, ""),
    ],
)
def test_a_value_is_written_as_vietnamese_readers_expect(
    draw: Render, source: str, value: object, expected: str
) -> None:
    assert draw(source, v=value) == expected


def test_a_localized_value_follows_the_language_and_falls_back_to_vietnamese(draw: Render) -> None:
    names = [{"vi": "Chợ phiên", "en": "Market day"}, {"vi": "Nhà văn hóa"}]
    with translation.override("en"):
        assert draw("{{ v|map('localized')|join(', ') }}", v=names) == "Market day, Nhà văn hóa"
    with translation.override("vi"):
        assert draw("{{ v|map('localized')|join(', ') }}", v=names) == "Chợ phiên, Nhà văn hóa"


@pytest.mark.parametrize(("code", "shown"), [("vi", "/desk/records/?page=2"), ("en", "/en/desk/records/?page=2")])
def test_an_address_of_every_language_leads_to_the_reader_s_own(draw: Render, code: str, shown: str) -> None:
    with translation.override(code):
        assert draw("{{ '/desk/records/?page=2'|own_language }}") == shown
        assert draw("{{ '/no/such/address/'|own_language }}") == "/no/such/address/"


@dataclass(frozen=True, slots=True)
class Outing:
    code: str


@pytest.mark.parametrize("source", ["{{ outing.cod }}", "{{ otuing }}", "{% if outing.opened %}x{% endif %}"])
def test_a_misspelt_name_or_attribute_is_an_error(draw: Render, source: str) -> None:
    with pytest.raises(UndefinedError):
        draw(source, outing=Outing("CM-01"))


def test_the_query_string_keeps_the_filters(draw: Render) -> None:
    request = RequestFactory().get("/desk/outings/", {"place": "Cư M’gar", "page": "3"})
    shown = draw("{{ query(request, page=4) }} {{ query(request, page=none) }}", request=request)
    assert shown.split()[0].endswith("&amp;page=4")
    assert "page" not in shown.split()[1]
    assert shown.count("place=C%C6%B0+M%E2%80%99gar") == 2


def test_shells_link_only_to_what_is_installed(draw: Render) -> None:
    assert draw("{{ optional_url('nowhere:at_all') }}|{{ url('ui:styleguide_error', status=404) }}").startswith("|/")


def test_an_asset_has_an_address_before_the_first_build(draw: Render) -> None:
    assert draw("{{ asset('src/absent.css') }}") == "/static/ui/not-built/src/absent.css"
