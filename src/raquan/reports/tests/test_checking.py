"""The layout check: nothing is found in our own documents, and every planted fault is, by its name."""

import io
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from docx import Document

from raquan.reports.gateways import filler_of, has_libreoffice, read_paper, to_pdf
from raquan.reports.gateways.reading import NotDocx, TooLargeToCheck
from raquan.reports.rules import RULES, Kind, check_layout
from raquan.reports.rules.sample import sample_content
from raquan.reports.tests.faults import FAULTS, Plant
from raquan.reports.tests.pictures import PNG

GOOD = {kind: filler_of(kind).fill(sample_content(kind), [PNG]) for kind in Kind}


def codes(data: bytes) -> set[str]:
    return {one.code for one in check_layout(read_paper(data))}


def planted(plant: Plant) -> bytes:
    document: Any = Document(io.BytesIO(GOOD[Kind.CAMPAIGN]))
    plant(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_found_in_our_own_documents(kind: Kind) -> None:
    assert check_layout(read_paper(GOOD[kind])) == ()


@pytest.mark.parametrize(("code", "name", "plant"), FAULTS, ids=[f"{code}: {name}" for code, name, _ in FAULTS])
def test_a_planted_fault_is_found_by_its_name(code: str, name: str, plant: Plant) -> None:
    found = codes(planted(plant))
    assert code in found
    assert len(found) <= 3  # a fault may hide what stands beneath it, and no more


def test_every_rule_has_a_fault_that_breaks_it() -> None:
    assert set(RULES) - {code for code, _, _ in FAULTS} <= {"issuer_missing"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 an old .doc", GOOD[Kind.UNIT][:3000]])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(NotDocx):
        read_paper(data)


def test_whatever_was_done_to_a_file_it_is_read_or_refused() -> None:
    chance = Random(30)
    for _ in range(60):
        data = bytearray(GOOD[Kind.UNIT])
        for _ in range(chance.randint(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(NotDocx, TooLargeToCheck):
            check_layout(read_paper(bytes(data)))


def test_rows_of_an_inner_table_are_read_once() -> None:
    document: Any = Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.add_table(rows=1, cols=1).rows[0].cells[0].text = "Bên trong"
    out = io.BytesIO()
    document.save(out)
    assert [one.text for one in read_paper(out.getvalue()).paragraphs].count("Bên trong") == 1


@pytest.mark.slow
@pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")
@pytest.mark.parametrize(("kind", "appendices"), [(Kind.CAMPAIGN, 4), (Kind.UNIT, 2)])
def test_libreoffice_shows_every_page(kind: Kind, appendices: int) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(to_pdf(GOOD[kind]))
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    document.close()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert "2" in pages[1].split()[0]  # the number of the second page, in its top margin
    assert sum("Phụ lục" in page.split("(Kèm theo")[0] for page in pages if "(Kèm theo" in page) == appendices
