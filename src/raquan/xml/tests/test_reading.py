"""XML from outside is read or refused, whatever it is; nothing in it reaches beyond it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raquan.xml.reading import DoctypeDeclared, Malformed, child_of, name_of, parse, text_of


def test_elements_are_found_by_their_names_alone() -> None:
    root = parse("<a xmlns:o='urn:o'><!-- no --><o:b> cu\u031bm </o:b><b>later</b></a>".encode())
    assert [name_of(child) for child in root] == ["b", "b"]
    assert text_of(child_of(root, "b")) == "cưm"
    assert (child_of(root, "c"), text_of(None)) == (None, "")


def test_what_is_no_xml_says_where() -> None:
    with pytest.raises(Malformed) as found:
        parse(b"<a>\n<b</a>")
    assert (found.value.line, found.value.column) == (2, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_never_come_in(encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    bomb = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'
    with pytest.raises(DoctypeDeclared):
        parse(bomb.encode(encoding))


@given(st.binary(max_size=200) | st.text(alphabet="<>&;!/ax='\"[]?- ", max_size=60).map(str.encode))
def test_no_bytes_break_the_parser(xml: bytes) -> None:
    with suppress(Malformed, DoctypeDeclared):
        assert name_of(parse(xml))
