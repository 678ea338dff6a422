"""Measures of people with a companion card: of those alone it is known who came twice, and how far each has come."""

from raquan.analytics.rules.formulas import (
    STAGES,
    CountDistinct,
    CountDistinctWhere,
    CountKnown,
    CountRepeated,
    Measure,
)
from raquan.kernel.localized import localized

CARD = "card"
"""The source of these measures: what they say holds for people with a card, never for all."""

CARD_SCHEMA = 3
"""The first schema of facts that says which card was shown."""

_PEOPLE = localized("người có thẻ", en="people with a card")

CARD_MEASURES = (
    Measure(
        "people",
        localized("Người có thẻ đã được hỗ trợ", en="People with a card who were helped"),
        _PEOPLE,
        localized(
            "Số thẻ đồng hành khác nhau đã được quét. Một thẻ quét nhiều lần, ở nhiều buổi, bởi nhiều đội vẫn là một "
            "người. Người không có thẻ không nằm trong số này.",
            en="Different companion cards that were scanned. A card that is scanned many times, at several outings "
            "and by several teams, is one person. People without a card are not among them.",
        ),
        CountDistinct("card"),
        source=CARD,
        since=CARD_SCHEMA,
    ),
    Measure(
        "people_installed",
        localized("Người có thẻ đã cài đặt trở lên", en="People with a card: installed or further"),
        _PEOPLE,
        localized(
            "Trong số người có thẻ: số người có ít nhất một lượt đạt bậc cài đặt trở lên.",
            en="Of the people with a card: those with at least one assist that reached installation or further.",
        ),
        CountDistinctWhere("card", "stage", STAGES[1:]),
        source=CARD,
        stage="installed",
        of="people",
        since=CARD_SCHEMA,
    ),
    Measure(
        "people_activated",
        localized("Người có thẻ đã kích hoạt trở lên", en="People with a card: activated or further"),
        _PEOPLE,
        localized(
            "Trong số người có thẻ: số người có ít nhất một lượt đạt bậc kích hoạt trở lên.",
            en="Of the people with a card: those with at least one assist that reached activation or further.",
        ),
        CountDistinctWhere("card", "stage", STAGES[2:]),
        source=CARD,
        stage="activated",
        of="people",
        since=CARD_SCHEMA,
    ),
    Measure(
        "people_first_use",
        localized("Người có thẻ đã dùng thật lần đầu", en="People with a card: first real use"),
        _PEOPLE,
        localized(
            "Trong số người có thẻ: số người có ít nhất một lượt đạt bậc cao nhất, là dùng thật lần đầu.",
            en="Of the people with a card: those with at least one assist that reached the highest rung, real use.",
        ),
        CountDistinctWhere("card", "stage", STAGES[3:]),
        source=CARD,
        stage="first_use",
        of="people",
        since=CARD_SCHEMA,
    ),
    Measure(
        "people_returned",
        localized("Người có thẻ đã quay lại", en="People with a card who came back"),
        _PEOPLE,
        localized(
            "Trong số người có thẻ: số người có lượt hỗ trợ ở ít nhất hai ngày khác nhau.",
            en="Of the people with a card: those who were helped on at least two different days.",
        ),
        CountRepeated("card", "occurred_on"),
        source=CARD,
        of="people",
        since=CARD_SCHEMA,
    ),
    Measure(
        "assists_with_card",
        localized("Lượt có quét thẻ", en="Assists with a card"),
        localized("lượt", en="assists"),
        localized(
            "Số lượt hỗ trợ có quét thẻ đồng hành. Chia cho tất cả lượt hỗ trợ thì biết các con số về người có thẻ "
            "nói được cho bao nhiêu phần.",
            en="Assists at which a companion card was scanned. As a share of all assists it tells how much the "
            "figures on people with a card can speak for.",
        ),
        CountKnown("card"),
        of="assists",
        since=CARD_SCHEMA,
    ),
)
