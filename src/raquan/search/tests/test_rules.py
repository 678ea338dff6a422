"""How words are cut and typed."""

from uuid import UUID

import pytest

from raquan.search.rules import (
    Entry,
    code_of,
    endings,
    index_words,
    join_line,
    last_word,
    read_typed,
    spoken_key,
    title_key,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chợ Ea Tul", ["cho", "ea", "tul"]),
        ("H’Trang Niê", ["htrang", "nie"]),
        ("138/KH-UBND", ["138", "kh", "ubnd"]),
        ("Sở TT&TT", ["so", "tt", "tt"]),
        ("Đắk Đoa", ["dak", "doa"]),
        ("…", []),
    ],
)
def test_words_have_neither_marks_nor_signs(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_long_word_is_cut_on_both_sides_alike() -> None:
    long = "a" * 90
    assert index_words(Entry(UUID(int=1), long, "/")) == set(words_of(long))
    assert last_word(words_of(long)[0]) == words_of(long)[0]


def test_a_code_is_found_with_and_without_its_signs() -> None:
    entry = Entry(UUID(int=1), "Kế hoạch", "/", code="138/KH-UBND")
    assert {"138", "kh", "ubnd", "138khubnd"} <= index_words(entry)
    assert code_of("138 kh ubnd") == "138khubnd"


def test_what_is_typed_with_marks_is_meant_with_them() -> None:
    typed = read_typed("Chợ ea, tuL")
    assert typed.terms == ("cho", "ea", "tul")
    assert typed.title == "cho ea tul"
    assert all(f" {word} " in spoken_key("Họp ở chợ Ea Tul") for word in typed.marked)
    assert not any(f" {word} " in spoken_key("Chó, chờ") for word in typed.marked)


def test_the_tone_counts_wherever_it_sits() -> None:
    (word,) = read_typed("hoà").marked
    assert f" {word} " in spoken_key("Tân Hòa")
    assert f" {word} " not in spoken_key("Tân Hỏa")


def test_the_last_digits_of_a_telephone_are_words() -> None:
    assert "5678" in endings("0912345678").split()
    assert "678" not in endings("0912345678").split()


def test_titles_are_compared_word_by_word() -> None:
    assert title_key("Chợ  Ea-Tul") == " cho ea tul "


def test_a_line_leaves_out_what_says_nothing() -> None:
    assert join_line("a", "", "b") == "a · b"
