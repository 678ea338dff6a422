"""Makes the two web fonts: Be Vietnam Pro, cut down to the letters of the province and given those it lacks.

    uv run scripts/make_fonts.py

Takes the whole TrueType files from a pinned npm package (SIL Open Font License 1.1, no reserved
font name), adds the Ê Đê and M'Nông letters that the family lacks (ƀ by a bar across b, as the
family draws đ; ĕ ĭ ŏ ŭ from its own letters and breve), keeps the letters below, drops hinting,
and writes WOFF2, the same as TrueType for what sets type, and the licence beside it. The same input
gives the same bytes.
"""

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

PACKAGE = "@expo-google-fonts/be-vietnam-pro@0.4.1"
SOURCES = {
    "be-vietnam-pro-400.woff2": "package/400Regular/BeVietnamPro_400Regular.ttf",
    "be-vietnam-pro-600.woff2": "package/600SemiBold/BeVietnamPro_600SemiBold.ttf",
}
TARGET = Path(__file__).parents[1] / "src/raquan/ui/front/src/fonts"

BREVE, CIRCUMFLEX = "\u0306", "\u0302"
# Letters with a breve that the family lacks, and the letter that each is made from.
WITH_BREVE = {"ĕ": "e", "Ĕ": "E", "ĭ": "ı", "Ĭ": "I", "ŏ": "o", "Ŏ": "O", "ŭ": "u", "Ŭ": "U"}
# Letters with a bar that the family lacks: the plain letter, and the barred letter to take the bar from.
WITH_BAR = {"ƀ": ("b", "đ", "d"), "Ƀ": ("B", "Đ", "D")}

VIETNAMESE = "ĂăÂâĐđÊêÔôƠơƯưÀàÁáÃãÈèÉéÌìÍíĨĩÒòÓóÕõÙùÚúŨũÝý" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
EDE_AND_MNONG = "ČčÑñ" + "".join(WITH_BREVE) + "".join(WITH_BAR)
COMBINING = "\u0300\u0301\u0302\u0303\u0306\u0309\u030c\u031b\u0323"
SIGNS = "\u00a0«»°·×–—‘’“”…•₫€≤≥−½"
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + VIETNAMESE + EDE_AND_MNONG + COMBINING + SIGNS


def main() -> None:
    """Fetch, mend, cut and write both weights."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = _fetch(Path(folder))
        for name, source in SOURCES.items():
            font = TTFont(archive.extractfile(source), recalcTimestamp=False)
            add_letters(font)
            cut(font)
            font.flavor = "woff2"
            font.save(TARGET / name)
            font.flavor = None
            font.save((TARGET / name).with_suffix(".ttf"))
            print(f"{name}: {(TARGET / name).stat().st_size / 1024:.1f} KB")
        licence = archive.extractfile("package/LICENSE_FONT")
        assert licence is not None
        (TARGET / "OFL.txt").write_bytes(licence.read().replace(b"\r\n", b"\n"))


def _fetch(folder: Path) -> tarfile.TarFile:
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True)
    return tarfile.open(next(folder.glob("*.tgz")))


def add_letters(font: TTFont) -> None:
    """Give the font the letters that it lacks, from its own parts."""
    names = font.getBestCmap()
    made = {}
    for letter, base in WITH_BREVE.items():
        made[letter] = _with_breve(font, names[ord(base)], names[ord(BREVE)])
    for letter, (base, barred, plain) in WITH_BAR.items():
        made[letter] = _with_bar(font, names[ord(base)], names[ord(barred)], names[ord(plain)])
    for letter, (glyph, width) in made.items():
        name = f"uni{ord(letter):04X}"
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"].glyphs[name] = glyph
        font["glyf"].glyphOrder = font.getGlyphOrder()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(letter)] = name


def _with_breve(font: TTFont, base: str, breve: str) -> tuple[Any, int]:
    x, y = next(_breve_seats(font, base, breve))
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(base, (1, 0, 0, 1, 0, 0))
    pen.addComponent(breve, (1, 0, 0, 1, x, y))
    return pen.glyph(), font["hmtx"][base][0]


def _breve_seats(font: TTFont, base: str, breve: str) -> Iterator[tuple[int, int]]:
    """Find where the font's own mark positioning would seat a breve on a letter."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if type(table).__name__ != "MarkBasePos" or base not in table.BaseCoverage.glyphs:
                continue
            mark = table.MarkArray.MarkRecord[table.MarkCoverage.glyphs.index(breve)]
            record = table.BaseArray.BaseRecord[table.BaseCoverage.glyphs.index(base)]
            anchor = record.BaseAnchor[mark.Class]
            yield anchor.XCoordinate - mark.MarkAnchor.XCoordinate, anchor.YCoordinate - mark.MarkAnchor.YCoordinate


def _with_bar(font: TTFont, base: str, barred: str, plain: str) -> tuple[Any, int]:
    """Draw a letter with the bar of its barred sister; on b it reaches the other way than on đ."""
    left, bottom, right, top, stem_left, stem_right = _bar(font, barred, plain)
    glyphs, own_left = font["glyf"], font["glyf"][base].xMin
    own_right = own_left + stem_right - stem_left
    if glyphs[base].yMax > top:  # small b: the stem stands left, the long arm points right
        start, end = own_left - (right - stem_right), own_right + (stem_left - left)
    else:
        start, end = own_left - (stem_left - left), own_right
    outline = TTGlyphPen(font.getGlyphSet())
    font.getGlyphSet()[base].draw(outline)
    for number, point in enumerate([(start, bottom), (start, top), (end, top), (end, bottom)]):
        (outline.moveTo if number == 0 else outline.lineTo)(point)
    outline.closePath()
    glyph = outline.glyph()
    glyph.flags[0] |= 0x40  # contours overlap: renderers must not cut the crossing out
    return glyph, font["hmtx"][base][0]


def _bar(font: TTFont, barred: str, plain: str) -> tuple[int, int, int, int, int, int]:
    """Measure a barred letter's bar (left, bottom, right, top) and its stem (left, right)."""
    points = set(font["glyf"][barred].getCoordinates(font["glyf"])[0])
    own = points - set(font["glyf"][plain].getCoordinates(font["glyf"])[0])
    start = min(x for x, _ in own)
    bottom, top = sorted(y for x, y in own if x == start)
    row = sorted(x for x, y in own if y == bottom)
    return start, bottom, row[-1], top, row[1], row[2]


def cut(font: TTFont) -> None:
    """Keep our letters and what places marks and kerns; drop hinting and the rest."""
    options = subset.Options(hinting=False, desubroutinize=True, notdef_outline=True)
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)


if __name__ == "__main__":
    main()
