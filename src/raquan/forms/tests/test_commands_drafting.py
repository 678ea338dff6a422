"""Drafts are kept, tried out, published once and thrown away, and devices see nothing of them before."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest

from raquan.forms import commands, queries
from raquan.forms.models import Form, FormDraft, FormMedia, TrialRecord
from raquan.forms.rules import MAX_TRIAL_RECORD, FormState
from raquan.forms.tests.world import HELPER, book, publish, settings, trees, trial, workbook
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.ledger.queries import history

pytestmark = pytest.mark.django_db


def keep(now: datetime, data: bytes, **more: Any) -> commands.DraftKept:
    return commands.keep_draft(by=SYSTEM, now=now, data=data, file_name="form.xlsx", **more)


def put(now: datetime, name: str, data: bytes, form_id: str = "trees", *, in_draft: bool = False) -> bool:
    return commands.put_media(by=SYSTEM, now=now, form_id=form_id, name=name, data=BytesIO(data), in_draft=in_draft)


def test_a_draft_is_seen_by_its_makers_alone(now: datetime) -> None:
    kept = keep(now, trees())
    assert queries.forms_for(SYSTEM) == ()
    assert queries.form_details(SYSTEM) == ()
    draft = queries.draft_of(SYSTEM, "trees")
    assert draft is not None
    assert (draft.token, draft.version, [one.name for one in draft.media]) == (
        kept.token,
        "1",
        ["tree.jpg", "species.csv"],
    )
    assert queries.draft_by_token(kept.token, "trees").md5 == kept.md5
    with pytest.raises(NotAllowed):
        queries.draft_of(HELPER, "trees")


def test_a_draft_is_replaced_and_keeps_its_token(now: datetime) -> None:
    first, second = keep(now, trees()), keep(now, trees(label="Mấy cây?"))
    assert (first.token, first.form_row) == (second.token, second.form_row)
    assert first.md5 != second.md5
    assert FormDraft.objects.count() == 1


def test_a_draft_is_published_once_with_its_files_and_without_its_trials(now: datetime) -> None:
    kept = keep(now, trees())
    commands.receive_trial(now=now, token=kept.token, payload=trial())
    put(now, "tree.jpg", b"picture", in_draft=True)
    done = commands.publish_draft(by=SYSTEM, now=now, form_id="trees", md5=kept.md5)
    again = commands.publish_draft(by=SYSTEM, now=now, form_id="trees", md5=kept.md5)
    assert (done.already, again.already, done.form_version_id) == (False, True, again.form_version_id)
    assert Form.objects.get().state == FormState.PUBLISHED
    assert (FormDraft.objects.count(), TrialRecord.objects.count()) == (0, 0)
    assert [one.exists for one in queries.form_media(SYSTEM, "trees")] == [True, False]
    verbs = [entry.verb for entry in history(SYSTEM, "forms.Form", kept.form_row).items]
    assert verbs == ["publish_form", "put_media", "keep_draft"]
    with pytest.raises(commands.DraftUnknown):
        commands.publish_draft(by=SYSTEM, now=now, form_id="trees")


def test_another_draft_than_was_seen_is_not_published(now: datetime) -> None:
    kept = keep(now, trees())
    keep(now, trees(label="Mấy cây?"))
    with pytest.raises(commands.DraftChanged):
        commands.publish_draft(by=SYSTEM, now=now, form_id="trees", md5=kept.md5)


def test_the_same_version_with_other_content_stays_a_draft(now: datetime) -> None:
    publish(now, trees())
    keep(now, trees(label="Mấy cây?"))
    with pytest.raises(commands.FormVersionTaken):
        commands.publish_draft(by=SYSTEM, now=now, form_id="trees")
    assert FormDraft.objects.count() == 1
    done = commands.publish_draft(by=SYSTEM, now=now, form_id="trees", version="2")
    xml = queries.form_xml(HELPER, "trees")
    assert (done.version, xml.version) == ("2", "2")
    assert b'version="2"' in xml.xml


def test_warnings_are_confirmed(now: datetime) -> None:
    warned = book(survey=[{"type": "text", "name": "a", "label::Tiếng Việt": "A"}], settings=settings())
    with pytest.raises(commands.FormWarned) as refusal:
        commands.publish_form(by=SYSTEM, now=now, xlsform=warned, file_name="a.xlsx", ignore_warnings=False)
    assert refusal.value.warnings
    assert refusal.value.warnings[0] in str(refusal.value)
    keep(now, warned)
    with pytest.raises(commands.FormWarned):
        commands.publish_draft(by=SYSTEM, now=now, form_id="other")
    assert not commands.publish_draft(by=SYSTEM, now=now, form_id="other", ignore_warnings=True).already


def test_a_draft_is_thrown_away_and_a_form_that_never_was_goes_with_it(now: datetime) -> None:
    keep(now, trees())
    assert commands.discard_draft(by=SYSTEM, now=now, form_id="trees") is True
    assert Form.objects.count() == FormMedia.objects.count() == 0
    publish(now, trees())
    keep(now, trees("2"))
    put(now, "tree.jpg", b"another", in_draft=True)
    assert commands.discard_draft(by=SYSTEM, now=now, form_id="trees") is True
    assert commands.discard_draft(by=SYSTEM, now=now, form_id="trees") is False
    assert [one.version for one in queries.forms_for(SYSTEM)] == ["1"]
    assert [one.exists for one in queries.form_media(SYSTEM, "trees")] == [False, False]


def test_a_draft_begins_as_what_is_published(now: datetime) -> None:
    with pytest.raises(commands.UnknownForm):
        commands.start_draft(by=SYSTEM, now=now, form_id="trees")
    published = publish(now, trees())
    assert commands.start_draft(by=SYSTEM, now=now, form_id="trees").md5 == published.md5
    keep(now, workbook(form_id="new"))
    with pytest.raises(commands.NothingPublished):
        commands.start_draft(by=SYSTEM, now=now, form_id="new")


def test_a_draft_for_a_form_must_be_of_that_form(now: datetime) -> None:
    with pytest.raises(commands.DraftOfAnotherForm):
        keep(now, trees(), form_id="other")


def test_a_form_never_published_is_neither_closed_nor_opened(now: datetime) -> None:
    keep(now, trees())
    for state in (FormState.CLOSED, FormState.PUBLISHED):
        with pytest.raises(commands.StateUnreachable):
            commands.set_form_state(by=SYSTEM, now=now, form_id="trees", state=state)


def test_trials_are_kept_apart(now: datetime) -> None:
    kept = keep(now, trees())
    send: dict[str, Any] = {"now": now, "token": kept.token}
    assert commands.receive_trial(**send, payload=trial(), files=["a.jpg"]) is True
    assert commands.receive_trial(**send, payload=trial(), files=["b.jpg"]) is False
    (seen,) = queries.trials(SYSTEM, "trees")
    assert (seen.instance_id, seen.files, seen.payload) == ("uuid:thu-1", ("a.jpg", "b.jpg"), trial())
    refused: list[tuple[bytes, type[Exception]]] = [
        (trial(count="4"), commands.TrialConflict),
        (trial("other"), commands.TrialOfAnotherForm),
        (trial(instance_id=""), commands.TrialOfAnotherForm),
        (b" " * (MAX_TRIAL_RECORD + 1), commands.TrialTooLarge),
    ]
    for payload, refusal in refused:
        with pytest.raises(refusal):
            commands.receive_trial(**send, payload=payload)
    with pytest.raises(commands.TokenOfNoDraft):
        commands.receive_trial(now=now, token="none", payload=trial())


def test_a_helper_may_do_none_of_it(now: datetime) -> None:
    publish(now, trees())
    told: dict[str, Any] = {"by": HELPER, "now": now, "form_id": "trees"}
    forbidden: list[Callable[..., object]] = [commands.start_draft, commands.discard_draft, commands.publish_draft]
    for command in forbidden:
        with pytest.raises(NotAllowed):
            command(**told)
    with pytest.raises(NotAllowed):
        commands.keep_draft(by=HELPER, now=now, data=trees(), file_name="form.xlsx")
    with pytest.raises(NotAllowed):
        commands.put_media(**told, name="tree.jpg", data=BytesIO(b"x"))


def test_files_are_put_replaced_and_kept(now: datetime) -> None:
    publish(now, trees())
    assert put(now, "tree.jpg", b"first") is True
    assert put(now, "tree.jpg", b"first") is False
    assert put(now, "tree.jpg", b"second") is True
    assert queries.media_file(HELPER, "trees", "tree.jpg").data == b"second"
    assert FormMedia.objects.filter(name="tree.jpg").count() == 2
    with pytest.raises(commands.MediaNotNamed):
        put(now, "Tree.jpg", b"x")
    with pytest.raises(commands.MediaEmpty):
        put(now, "tree.jpg", b"")
    keep(now, trees("2"))
    put(now, "tree.jpg", b"drafted", in_draft=True)
    assert queries.media_file(HELPER, "trees", "tree.jpg").data == b"second"
    commands.publish_draft(by=SYSTEM, now=now, form_id="trees")
    assert queries.media_file(HELPER, "trees", "tree.jpg").data == b"drafted"


def test_an_external_list_comes_with_the_form(now: datetime) -> None:
    survey = [{"type": "select_one_external towns", "name": "town", "label": "Nơi", "choice_filter": "state='66'"}]
    external = {"list_name": "towns", "name": "bmt", "label": "Buôn Ma Thuột", "state": "66"}
    data = _with_external(survey, external)
    publish(now, data)
    (file,) = queries.form_media(SYSTEM, "other")
    assert (file.name, file.exists) == ("itemsets.csv", True)
    assert "Buôn Ma Thuột" in queries.media_file(HELPER, "other", "itemsets.csv").data.decode()


def _with_external(survey: list[dict[str, str]], external: dict[str, str]) -> bytes:
    import xlsxwriter

    stream = BytesIO()
    made = xlsxwriter.Workbook(stream)
    for name, row in (("survey", survey[0]), ("external_choices", external), ("settings", settings())):
        sheet = made.add_worksheet(name)
        sheet.write_row(0, 0, list(row))
        sheet.write_row(1, 0, list(row.values()))
    made.close()
    return stream.getvalue()
