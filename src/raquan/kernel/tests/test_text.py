"""Vietnamese text keeps its letters, is found without them, and sorts like a dictionary."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.kernel.text import fold, nfc, normalize, same_name, sort_key

TONES = "aàảãáạ"
ANY_TEXT = st.text(max_size=40)
VIETNAMESE = st.text(alphabet="aàảãáạăằặâấbcdđeèêệghiìklmnoôồơờpqrstuưừvxyỳzĐƀĭñ’' .-,0123456789Č", max_size=30)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Cư M’gar", "cu mgar"),
        ("Cư M'gar", "cu mgar"),
        ("CƯ  MGAR ", "cu mgar"),
        ("Đắk Lắk", "dak lak"),
        ("Buôn Ƀlang", "buon blang"),
        ("Ê Đê", "e de"),
        ("H`Trang Niê", "htrang nie"),
        ("Thuỷ", "thuy"),
        ("Ơ̆ Ê̆", "o e"),
        ("Ðắk", "dak"),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == key
    assert fold(unicodedata.normalize("NFD", text)) == key


@given(ANY_TEXT)
def test_fold_is_settled_and_does_not_care_about_composition(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(nfc(text))


def test_normalize_keeps_letters_and_mends_the_rest() -> None:
    assert normalize("  Cư   M'gar ") == "Cư M’gar"
    assert normalize("\ufeffEa\u200b H´leo") == "Ea H’leo"
    assert normalize("e\u0302\u0306") == "ê\u0306"


@given(ANY_TEXT)
def test_normalize_is_settled_and_keeps_the_search_key(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert fold(normalize(text)) == fold(text)
    assert unicodedata.is_normalized("NFC", normalize(text))


def test_same_name() -> None:
    assert same_name("Hoà  Thuỷ", "hòa thủy")
    assert same_name("CƯ M'GAR", "Cư M’gar")
    assert not same_name("Ea Kao", "Ea Káo")
    assert not same_name("Tân An", "Tan An")


@pytest.mark.parametrize(
    "ordered",
    [
        list(TONES) + list("ăằẳẵắặ") + list("âầẩẫấậ") + ["b", "c", "d", "đ", "e", "ê", "i"],
        ["o", "ô", "ơ", "p", "u", "ư", "v", "y"],
        ["Số 2", "Số 10", "Số 10a", "Số 11"],
        ["Ba", "Bà", "Ba Bà", "Bà Ba", "Bac", "Băc", "Bâc"],
        ["Cuôr Đăng", "Cư Bao", "Cư M’gar", "Cư Suê"],
        ["Da", "Dy", "Đa", "Ea"],
        ["b", "ƀ", "c", "č", "d", "e", "ĕ", "ê", "ê̆", "f", "n", "ñ", "o", "ŏ", "ô", "ô̆", "ơ", "ơ̆", "p"],
        ["", "1", "2", "a", "z", "Ж", "山"],
    ],
)
def test_sort_key_gives_the_order(ordered: list[str]) -> None:
    keys = [sort_key(text) for text in ordered]
    assert keys == sorted(set(keys))


def test_sort_key_leaves_out_case_apostrophes_and_outer_punctuation() -> None:
    assert sort_key("Cư M'gar") == sort_key("CƯ MGAR") == sort_key(" (Cư - M’gar)".replace(" - ", " "))


@given(ANY_TEXT)
def test_sort_key_is_small_letters_and_digits_only(text: str) -> None:
    assert re.fullmatch("[0-9a-z]+", sort_key(text))
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(nfc(text))


@given(VIETNAMESE, VIETNAMESE)
def test_sort_key_puts_a_text_before_what_continues_it(text: str, more: str) -> None:
    if text[-1:].isdigit() and more[:1].isdigit():
        more = " " + more
    assert sort_key(text) <= sort_key(text + more) or fold(text + more) == fold(text)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_sort_key_orders_numbers_by_value(a: int, b: int) -> None:
    assert (sort_key(f"Tổ {a}") < sort_key(f"Tổ {b}")) == (a < b)


@given(st.lists(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxy"), min_size=1, max_size=8).map("".join))
def test_letters_count_before_tones(word: str) -> None:
    alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    other = word[:-1] + alphabet[(alphabet.index(word[-1]) + 1) % len(alphabet)]
    before = [alphabet.index(c) for c in word] < [alphabet.index(c) for c in other]
    toned = nfc("".join(c + "\u0323" if c in "aăâeêioôơuưy" else c for c in word))
    assert (sort_key(toned) < sort_key(other)) == before
