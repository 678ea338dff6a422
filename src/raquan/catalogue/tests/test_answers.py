"""Answers to bottlenecks: each reason has one, in both languages; an office's own take their place."""

from datetime import date, datetime
from pathlib import Path

import pytest

from raquan.catalogue import commands, queries
from raquan.catalogue.gateways import CatalogueUnreadable, read_answers, read_catalogue
from raquan.catalogue.models import Answer
from raquan.kernel.actor import ANONYMOUS, Actor
from raquan.kernel.refused import NotAllowed, Refused
from raquan.ledger.queries import history

IN_2023 = date(2023, 10, 5)
HEAD = "bottleneck,valid_from,part,text_vi,text_en,text_rad\n"
OWN = HEAD + (
    "storage,2022-01-01,question,Máy đầy?,Full?,\n"
    "storage,2022-01-01,checked_on,2026-10-01,,\n"
    "storage,2022-01-01,for,vneid_level2,,\n"
    "storage,2022-01-01,step,Xóa ảnh,Delete photos,[ƀĕŏ̆]\n"
)


def own(folder: Path, text: str = OWN) -> Path:
    path = folder / "gap-kho.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_reason_has_an_answer_in_both_languages() -> None:
    files = read_catalogue()
    assert {one["bottleneck_code"] for one in files.answers} == {one["code"] for one in files.bottlenecks}
    for answer in files.answers:
        said = [answer["question"], *answer["steps"], *([answer["note"]] if answer["note"] else [])]
        assert all(set(one) == {"vi", "en"} for one in said), answer["bottleneck_code"]
        assert 3 <= len(answer["steps"]) <= 6
        assert answer["services"]
        assert answer["checked_on"] is None  # no office has


def test_no_answer_gives_a_secret_away() -> None:
    kept = ("tự gõ", "tự giữ", "tự đặt", "không bao giờ hỏi", "đừng đưa", "không cầm", "chứ không")
    safe = (*kept, "chỉ mình", "giữ hộ", "không lấy lại")
    for answer in read_catalogue().answers:
        for said in (*answer["steps"], answer["note"] or {"vi": ""}):
            if "mật khẩu" in said["vi"] and "Quên mật khẩu" not in said["vi"]:
                assert any(one in said["vi"] for one in safe) or "giữ hộ" in said["vi"] or "chứ không" in said["vi"], (
                    said
                )


@pytest.mark.django_db
class TestLoading:
    def test_an_office_loads_its_own_and_keeps_the_others(self, system: Actor, now: datetime, tmp_path: Path) -> None:
        commands.load_catalogue(by=system, now=now)
        count = Answer.objects.count()
        loaded = commands.load_answers(by=system, now=now, file=own(tmp_path))
        assert (loaded.added, loaded.changed) == (0, 1)
        assert commands.load_answers(by=system, now=now, file=own(tmp_path)).unchanged == 1
        assert Answer.objects.count() == count
        found = next(one for one in queries.answers_on(IN_2023) if one.code == "storage")
        assert found.checked_on == date(2026, 10, 1)
        assert found.steps == ({"vi": "Xóa ảnh", "en": "Delete photos", "rad": "[ƀĕŏ̆]"},)
        assert history(system, "catalogue.Answer", "answers").total == 1
        assert commands.load_catalogue(by=system, now=now).changed == 0  # what an office has checked stays

    def test_they_stand_in_the_order_of_their_reasons(self, system: Actor, now: datetime) -> None:
        commands.load_catalogue(by=system, now=now)
        order = [one.code for one in queries.bottlenecks_on(IN_2023)]
        assert [one.code for one in queries.answers_on(IN_2023)] == order

    def test_a_visitor_may_not_load(self, now: datetime, tmp_path: Path) -> None:
        with pytest.raises(NotAllowed):
            commands.load_answers(by=ANONYMOUS, now=now, file=own(tmp_path))

    @pytest.mark.parametrize(
        ("text", "code", "said"),
        [
            ("storage,2022-01-01,step,Xóa,,\n", "catalogue.unreadable", "question?"),
            ("storage,2022-01-01,step,Xóa, đi,,\n", "catalogue.unreadable", "dòng 2"),
            ("hunger,2022-01-01,question,A?,,\nhunger,2022-01-01,step,B,,\n", "catalogue.unknown_reference", "hunger"),
            (OWN.removeprefix(HEAD).replace("vneid_level2", "teleport"), "catalogue.unknown_reference", "teleport"),
        ],
    )
    def test_a_wrong_file_says_where_and_changes_nothing(
        self, system: Actor, now: datetime, tmp_path: Path, text: str, code: str, said: str
    ) -> None:
        commands.load_catalogue(by=system, now=now)
        before = list(Answer.objects.order_by("id").values())
        with pytest.raises(Refused) as refused:
            commands.load_answers(by=system, now=now, file=own(tmp_path, HEAD + text))
        assert refused.value.code == code
        assert said in refused.value.text()
        assert list(Answer.objects.order_by("id").values()) == before


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CatalogueUnreadable):
        read_answers(tmp_path / "none.csv")
