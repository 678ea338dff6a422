"""What a form is, whether it is offered, and how its conditions read, without a database."""

from pathlib import Path
from uuid import uuid4

import pytest

from raquan.forms import rules
from raquan.forms.rules import (
    ASSIST_FIELDS,
    FORM_STATE_NAMES,
    REQUIRED_FIELDS,
    Declared,
    Fault,
    FaultKind,
    FormState,
    Names,
    Question,
)
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty

DOCUMENT = Path(__file__).parents[4] / "docs" / "form-states.md"
LABELS = {"own": "Đất nhà mình?", "place/town": "Ở đâu?", "a": "A"}
NAMES = Names(LABELS, {"own": {"yes": "Có", "no": "Không"}}, "place/owner")


def test_what_an_assist_needs_is_what_a_form_may_feed() -> None:
    assert set(ASSIST_FIELDS) >= REQUIRED_FIELDS


def test_every_state_has_a_name() -> None:
    assert set(FORM_STATE_NAMES) == set(FormState)


def test_the_documented_diagram_is_the_table() -> None:
    drawn = DOCUMENT.read_text(encoding="utf-8").split("```mermaid\n")[1].split("```")[0]
    assert drawn == rules.TRANSITIONS.diagram()


def test_a_draft_is_published_and_never_comes_back() -> None:
    assert rules.states_from(FormState.DRAFT) == ()
    assert all(one.target is not FormState.DRAFT for one in rules.TRANSITIONS)
    assert set(rules.states_from(FormState.CLOSED)) == {FormState.PUBLISHED, FormState.CLOSING}


def _declared(**changed: Declared) -> list[Declared]:
    plain = {name: Declared(name, name, "string", False) for name in sorted(REQUIRED_FIELDS)}
    return list((plain | changed).values())


def test_a_form_that_declares_all_is_right_and_one_that_declares_nothing_too() -> None:
    assert rules.faults_of(_declared()) == rules.faults_of(()) == ()


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (Declared("nonsense", "x", "string", False), FaultKind.UNKNOWN),
        (Declared("how", "again", "string", False), FaultKind.TWICE),
        (Declared("language", "people/language", "string", True), FaultKind.REPEATED),
        (Declared("bottleneck", "photo", "binary", False), FaultKind.UNFIT),
    ],
)
def test_what_is_wrong_names_the_question(wrong: Declared, kind: FaultKind) -> None:
    assert rules.faults_of([*_declared(), wrong]) == (Fault(kind, wrong.field, wrong.path),)


def test_what_is_missing_and_when_it_began() -> None:
    number = Declared("started", "age", "int", False)
    assert rules.faults_of(_declared(started=number)) == (Fault(FaultKind.UNFIT, "started", "age"),)
    kept = [one for one in _declared() if one.field != "service"]
    assert rules.faults_of(kept) == (Fault(FaultKind.MISSING, "service"),)


def test_a_form_is_offered_to_those_it_was_given_to() -> None:
    own, other = uuid4(), uuid4()
    helper = Actor(ActorKind.USER, uuid4(), "Y Mek", duties=(Duty("helper", own),))
    everywhere = Actor(ActorKind.USER, uuid4(), "H’Trang", duties=(Duty("helper"),))
    assert rules.is_offered(helper, ())
    assert rules.is_offered(helper, {own, other})
    assert not rules.is_offered(helper, {other})
    assert rules.is_offered(everywhere, {other})
    assert rules.is_offered(SYSTEM, {other})


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (" /data/own  = 'no'", "“Đất nhà mình?” là “Không”"),
        ("../town != ''", "“Ở đâu?” không để trống"),
        ('current()/../town = ""', "“Ở đâu?” để trống"),
        (". > 0 and (. <= 1.5 or /data/unknown = 2)", "câu trả lời > 0 và (câu trả lời ≤ 1,5 hoặc “unknown” là 2)"),
        ("selected( /data/own , 'yes')", "“Đất nhà mình?” có chọn “Có”"),
        ("not(selected(/data/own, 'other'))", "không phải (“Đất nhà mình?” có chọn “other”)"),
        (". <= today()", "câu trả lời ≤ hôm nay"),
        ("regex(., '[0-9]+')", ""),
        ("count(/data/own) > 1", ""),
        ("§", ""),
        ("", ""),
    ],
)
def test_conditions_are_said_in_words_or_not_at_all(expression: str, words: str) -> None:
    assert rules.in_words(expression, NAMES) == words


def test_questions_are_said_with_the_names_of_others() -> None:
    own = Question("own", "select_one", "Đất nhà mình?", 0, required="true()")
    after = Question("owner", "string", "Của ai?", 0, required="/data/own = 'no'", relevant="/data/own != ''")
    first, second = rules.asked([own, after])
    assert (first.required, first.relevant, first.constraint) == ("", "", "")
    assert (second.required, second.relevant) == ("“Đất nhà mình?” là “no”", "“Đất nhà mình?” không để trống")
