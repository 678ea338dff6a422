"""The font has every letter of the province, the sprite every icon that a page asks for."""

import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

UI = Path(__file__).parents[1]
FONTS = sorted((UI / "front/src/fonts").glob("*.woff2"))
TONES = "\u0300\u0301\u0303\u0309\u0323"
# Alphabets as taught: Vietnamese; Ê Đê with its short vowels; M'Nông with its short vowels.
VOWELS = "aăâeêioôơuưy"
CONSONANTS = "bcdđghklmnpqrstvxfjwz"
EDE = "aăâbƀčdđeĕêê̆ghiĭjklmnñoŏôô̆ơơ̆prstuŭưư̆wy"
MNONG = "aăâbƀčdđeĕêê̆ghiĭjklmnñoŏôô̆ơơ̆prstuŭưư̆wy"
SIGNS = "0123456789₫%.,:;/–…’“”‘()·•≤≥€+-"


def letters() -> set[str]:
    """Give all characters that names and texts of the province are written with, composed and not."""
    toned = {unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES}
    small = {*VOWELS, *CONSONANTS, *toned, *EDE, *MNONG}
    both = {c for s in small for c in (s, s.upper())}
    parts = {c for s in both for c in unicodedata.normalize("NFD", s)}
    return {c for s in both for c in s} | parts | set(SIGNS)


@pytest.mark.parametrize("path", FONTS, ids=lambda p: p.stem)
def test_every_letter_is_drawn(path: Path) -> None:
    font = TTFont(path)
    names = font.getBestCmap()
    missing = {c for c in letters() if ord(c) not in names}
    assert missing == set()
    blank = {c for c in letters() if font["glyf"][names[ord(c)]].numberOfContours == 0}
    assert blank == set()


@pytest.mark.parametrize("path", FONTS, ids=lambda p: p.stem)
def test_added_letters_keep_their_base_and_carry_their_mark(path: Path) -> None:
    font = TTFont(path)
    names, glyphs = font.getBestCmap(), font["glyf"]
    for letter, base in {"ĕ": "e", "ŏ": "o", "ŭ": "u", "Ŭ": "U", "Ŏ": "O", "Ĕ": "E"}.items():
        marked, plain = glyphs[names[ord(letter)]], glyphs[names[ord(base)]]
        assert marked.yMax > plain.yMax + 100
        assert marked.yMin == plain.yMin
        assert font["hmtx"][names[ord(letter)]][0] == font["hmtx"][names[ord(base)]][0]
    assert glyphs[names[ord("ƀ")]].xMin < glyphs[names[ord("b")]].xMin


def test_two_marks_on_a_letter_are_seated_by_the_font() -> None:
    for path in FONTS:
        features = {r.FeatureTag for r in TTFont(path)["GPOS"].table.FeatureList.FeatureRecord}
        assert {"mark", "mkmk", "kern"} <= features


def test_the_sprite_has_every_icon_that_a_template_names() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (UI / "front/src/icons.svg").read_text()))
    sources = [path.read_text() for path in UI.parent.glob("*/templates/**/*.html")]
    named = {name for text in sources for name in re.findall(r'\bicon(?:\(|=)"([a-z-]+)"', text)}
    by_tone = re.findall(r"_icons = \{([^}]*)\}", (UI / "templates/ui/components.html").read_text())
    named |= {name for group in by_tone for name in re.findall(r': "([a-z-]+)"', group)}
    assert len(named) > 10
    assert named <= sprite


def test_licences_stand_beside_what_is_not_ours() -> None:
    assert "SIL OPEN FONT LICENSE" in (UI / "front/src/fonts/OFL.txt").read_text()
    assert "Lucide" in (UI / "front/src/icons.LICENSE.txt").read_text()
