"""Designs and the law are read from tables, texts are put together, colors are held against each other."""

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from raquan.outreach.rules import (
    ARTWORK_TRANSITIONS,
    COLORS,
    POST_TRANSITIONS,
    DisplayFacts,
    Wording,
    check_display,
    contrast,
    drawn,
    email_html,
    email_text,
    read_designs,
    read_display_law,
    reading_seconds,
    spoken,
)

DATA = resources.files("raquan.outreach") / "data"
DESIGNS = read_designs((DATA / "designs.toml").read_text(encoding="utf-8"))
LAW = read_display_law((DATA / "display_law.toml").read_text(encoding="utf-8"))
SAID = Wording(
    slogan="Dữ liệu số là tài sản",
    campaign="Ngày 10/10",
    host="UBND tỉnh",
    doer="Sở <KH&CN>",
    link="https://x.vn/l/7k2",
)


def test_every_design_can_be_had() -> None:
    assert {one.kind.value for one in DESIGNS} == {
        "banner", "standee", "poster", "post", "frame", "led", "email", "loudspeaker",
    }  # fmt: skip
    assert all(one.formats and one.name["vi"] and one.name["en"] for one in DESIGNS)


@pytest.mark.parametrize(
    "wrong",
    [
        'layout = "none"\nunit = "mm"\nwidth = 1\nheight = 1',
        'layout = "wide"\nunit = "mm"\nwidth = 6000\nheight = 800',
        'layout = "wide"\nunit = "px"\nwidth = 0\nheight = 0',
        'layout = "wide"\nunit = "mm"\nwidth = 100\nheight = 100\nbleed = 5\noutside = 3',
    ],
)
def test_a_design_that_cannot_be_is_refused(wrong: str) -> None:
    head = '[[design]]\ncode = "x"\nkind = "banner"\nname = { vi = "X" }\nslots = []\n'
    with pytest.raises(ValueError, match="x"):
        read_designs(head + wrong)


def test_the_law_warns_of_what_it_knows() -> None:
    facts = DisplayFacts(
        "banner", date(2023, 10, 1), date(2023, 10, 20), True, "", True, False, None, date(2023, 9, 20)
    )
    found = {one.rule.key: one.is_kept for one in check_display(facts, LAW)}
    assert found == {
        "not_across_roads": False,
        "not_hiding_signals": True,
        "doer_shown": True,
        "brand_is_advertising": None,
        "file_in_time": False,
        "days_at_most": False,
        "place_told": False,
    }
    assert all(one.source and one.text_en for one in LAW)
    post = DisplayFacts("post", date(2023, 10, 1), date(2023, 10, 20), False, "", None, None, True, None)
    assert [one.rule.key for one in check_display(post, LAW)] == ["brand_is_advertising"]
    early = DisplayFacts("banner", date(2012, 10, 1), date(2012, 10, 2), False, "", None, None, None, None)
    assert check_display(early, LAW) == ()


def test_texts_are_nfc_and_say_what_they_must() -> None:
    email = next(one for one in DESIGNS if one.code == "email")
    decomposed = Wording(slogan="Dữ liệu số", campaign="e\u0302\u0306", host="x", unit_name="Ea Kpam")
    data = drawn(email, decomposed)
    assert (data["slogan"], data["campaign"]) == ("Dữ liệu số", "ê\u0306")
    assert "Sở &lt;KH&amp;CN&gt;" in email_html(SAID)
    assert email_text(SAID).startswith("-- \nDữ liệu số là tài sản\n")
    read = spoken(SAID.of_unit("Xã Ea Kpam"))
    assert read.endswith("Xã Ea Kpam.")
    assert "https" not in read
    assert 5 <= reading_seconds(read) <= 12


def test_colors_can_be_read() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert min(contrast(COLORS["ground"], COLORS[one]) for one in ("ink", "accent")) >= 4.5


def test_lives_are_tables() -> None:
    document = (Path(__file__).parents[4] / "docs/operations/outreach.md").read_text(encoding="utf-8")
    assert ARTWORK_TRANSITIONS.diagram() in document
    assert POST_TRANSITIONS.diagram() in document
