"""A community's file: what is in it, from when on its language is offered, and that nothing else moves."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from django.test import Client, override_settings
from django.utils.translation import trans_real

from raquan.ui import translating
from raquan.ui.tongues import offered
from raquan.ui.translating import FileUnreadable, LanguageUnknown, make_file, take_file


def written(path: Path, share: float) -> Path:
    """Write a share of the texts; the words are made up of letters and mean nothing."""
    total = make_file("rad", path)
    with path.open("rb") as file:
        catalog = read_po(file)
    for number, one in enumerate(one for one in catalog if one.id):
        if number < share * total and isinstance(one.id, str):
            one.string = f"[ƀĕŏ̆] {one.id}"
    with path.open("wb") as file:
        write_po(file, catalog)
    return path


def test_the_file_has_the_public_pages_and_nothing_of_the_desk(tmp_path: Path) -> None:
    make_file("rad", tmp_path / "rad.po")
    text = (tmp_path / "rad.po").read_text(encoding="utf-8")
    assert 'msgid "Hướng dẫn từng bước"' in text
    assert 'msgid "Thẻ đồng hành của bà con"' in text
    assert "Tạo người dùng" not in text
    assert "Language: rad" in text


def test_what_was_written_stays_when_the_file_is_made_again(tmp_path: Path) -> None:
    path = written(tmp_path / "rad.po", 1)
    before = path.read_text(encoding="utf-8").count("[ƀĕŏ̆]")
    make_file("rad", path)
    assert path.read_text(encoding="utf-8").count("[ƀĕŏ̆]") == before > 100


@pytest.mark.parametrize(("share", "is_offered"), [(0.5, False), (1, True)])
def test_a_language_is_offered_from_four_fifths_on(tmp_path: Path, share: float, is_offered: bool) -> None:
    taken = take_file(written(tmp_path / "rad.po", share), tmp_path)
    assert taken.is_offered is is_offered
    assert offered(tmp_path) == (["rad"] if is_offered else [])


def test_a_poorer_file_takes_the_language_away(tmp_path: Path) -> None:
    take_file(written(tmp_path / "rad.po", 1), tmp_path)
    take_file(written(tmp_path / "less.po", 0.1), tmp_path)
    assert offered(tmp_path) == []


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LanguageUnknown):
        make_file("fr", tmp_path / "fr.po")
    (tmp_path / "bad.po").write_text('msgid "a"\nmsgstr b"', encoding="utf-8")
    with pytest.raises((FileUnreadable, LanguageUnknown)):
        take_file(tmp_path / "bad.po", tmp_path)


@pytest.mark.django_db
def test_its_pages_have_an_address_and_a_place_in_the_switch(tmp_path: Path, client: Client) -> None:
    assert client.get("/rad/help/").status_code == 404
    assert 'hreflang="rad"' not in client.get("/help/").content.decode()
    take_file(written(tmp_path / "rad.po", 1), tmp_path)
    languages = [("vi", "vi"), ("en", "en"), ("rad", "rad")]
    try:
        with override_settings(LANGUAGES=languages, LOCALE_PATHS=[tmp_path / "locale"]):
            page = client.get("/rad/help/").content.decode()
            assert '<html lang="rad">' in page
            assert "[ƀĕŏ̆] Người hỗ trợ không bao giờ" in page
            assert 'hreflang="rad"' in client.get("/help/").content.decode()
    finally:
        trans_real._translations.pop("rad", None)  # type: ignore[attr-defined]


def test_no_text_of_ours_pretends_to_be_theirs() -> None:
    shipped = {path.name for path in (translating.SOURCE / "ui" / "locale").iterdir()}
    assert shipped == {"en"}
