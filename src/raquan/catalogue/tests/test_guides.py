"""Guides: the packaged ones are whole, an office's own take their place, and what is wrong says where."""

from datetime import date, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.catalogue import commands, queries
from raquan.catalogue.gateways import CatalogueUnreadable, read_catalogue
from raquan.catalogue.models import Guide
from raquan.kernel.actor import ANONYMOUS, Actor
from raquan.kernel.refused import NotAllowed, Refused
from raquan.ledger.queries import history

IN_2023, IN_2025 = date(2023, 10, 5), date(2025, 10, 5)
HEAD = "service,valid_from,part,text_vi,text_en\n"
OWN = HEAD + (
    "vietqr,2021-06-11,checked_on,2026-10-01,\n"
    "vietqr,2021-06-11,address,Agribank Cư M’gar,\n"
    "vietqr,2021-06-11,step,Hỏi cán bộ ngân hàng,Ask the bank\n"
    "shopee,2019-01-01,step,Mở ứng dụng,\n"
)


def own(folder: Path, text: str = OWN) -> Path:
    """Write an office's own file, with the mark that Excel puts first."""
    path = folder / "huong-dan.csv"
    path.write_text("﻿" + text, encoding="utf-8")
    return path


def test_the_packaged_guides_are_whole_in_both_languages() -> None:
    guides = read_catalogue().guides
    assert len({one["service_code"] for one in guides}) >= 12
    for guide in guides:
        said = [*guide["bring"], *guide["steps"], guide["cost"], *([guide["note"]] if guide["note"] else [])]
        assert all(set(one) == {"vi", "en"} for one in said), guide["service_code"]
        assert guide["address"]
        assert 3 <= len(guide["steps"]) <= 8


def test_no_guide_asks_a_helper_for_a_secret() -> None:
    """What a helper does with a password is to look away: the promise that the whole campaign makes."""
    for guide in read_catalogue().guides:
        for step in guide["steps"]:
            if "mật khẩu" in step["vi"] or "OTP" in step["vi"]:
                assert "ự gõ" in step["vi"] or "tự đặt" in step["vi"], step["vi"]


@pytest.mark.django_db
class TestLoading:
    def test_the_packaged_ones_come_with_the_catalogue_once(self, system: Actor, now: datetime) -> None:
        commands.load_catalogue(by=system, now=now)
        before = list(Guide.objects.order_by("id").values())
        assert commands.load_catalogue(by=system, now=now).added == 0
        assert list(Guide.objects.order_by("id").values()) == before

    def test_an_office_loads_its_own_and_keeps_the_others(self, system: Actor, now: datetime, tmp_path: Path) -> None:
        commands.load_catalogue(by=system, now=now)
        count = Guide.objects.count()
        loaded = commands.load_guides(by=system, now=now, file=own(tmp_path))
        assert (loaded.added, loaded.changed) == (1, 1)
        assert commands.load_guides(by=system, now=now, file=own(tmp_path)).unchanged == 2
        assert Guide.objects.count() == count + 1
        (found,) = [one for one in queries.guides_on(IN_2023) if one.service_code == "vietqr"]
        assert (found.checked_on, found.address, found.note) == (date(2026, 10, 1), "Agribank Cư M’gar", None)
        assert found.steps == ({"vi": "Hỏi cán bộ ngân hàng", "en": "Ask the bank"},)
        assert history(system, "catalogue.Guide", "guides").total == 1
        assert commands.load_catalogue(by=system, now=now).changed == 0  # what an office has checked stays

    def test_an_older_directory_without_guides_still_loads(self, system: Actor, now: datetime, folder: Path) -> None:
        (folder / "guides.csv").unlink()
        commands.load_catalogue(by=system, now=now, directory=folder)
        assert not Guide.objects.exists()

    def test_a_visitor_may_not_load(self, now: datetime, tmp_path: Path) -> None:
        with pytest.raises(NotAllowed):
            commands.load_guides(by=ANONYMOUS, now=now, file=own(tmp_path))

    @pytest.mark.parametrize(
        ("text", "code", "said"),
        [
            ("vietqr,2021-06-11,cost,Miễn phí,\n", "catalogue.unreadable", "dòng 2: vietqr: step?"),
            ("vietqr,2021-06-11,step,,\n", "catalogue.unreadable", "dòng 2"),
            ("vietqr,11/6/2021,step,Quét,\n", "catalogue.unreadable", "dòng 2"),
            ("vietqr,2021-06-11,price,1,\n", "catalogue.unreadable", "price"),
            ("vietqr,2021-06-11,cost,1,\nvietqr,2021-06-11,cost,2,\n", "catalogue.unreadable", "dòng 3: cost?"),
            ("teleport,2021-06-11,step,Bay,\n", "catalogue.unknown_reference", "teleport"),
            ("vietqr,2021-06-11,step,A,\nvietqr,2022-01-01,step,B,\n", "catalogue.dates_overlap", "vietqr"),
        ],
    )
    def test_a_wrong_file_says_where_and_changes_nothing(
        self, system: Actor, now: datetime, tmp_path: Path, text: str, code: str, said: str
    ) -> None:
        commands.load_catalogue(by=system, now=now)
        before = list(Guide.objects.order_by("id").values())
        with pytest.raises(Refused) as refused:
            commands.load_guides(by=system, now=now, file=own(tmp_path, HEAD + text))
        assert refused.value.code == code
        assert said in refused.value.text()
        assert list(Guide.objects.order_by("id").values()) == before

    def test_a_file_of_another_kind_is_refused(self, system: Actor, now: datetime, tmp_path: Path) -> None:
        with pytest.raises(CatalogueUnreadable):
            commands.load_guides(by=system, now=now, file=own(tmp_path, "a,b\n1,2\n"))


@pytest.mark.django_db
def test_guides_come_and_go_with_their_days(
    system: Actor, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    commands.load_catalogue(by=system, now=now)
    with django_assert_max_num_queries(2):
        then = {one.service_code: one for one in queries.guides_on(IN_2023)}
    today = {one.service_code: one for one in queries.guides_on(IN_2025)}
    assert "dak_lak_online" in then
    assert "dak_lak_online" not in today
    assert then["public_service_account"].steps != today["public_service_account"].steps
    assert then["vneid_level2"].name["vi"] == "Định danh điện tử VNeID mức 2"
    order = [one.code for one in queries.services_on(IN_2023)]
    assert [order.index(code) for code in then] == sorted(order.index(code) for code in then)
