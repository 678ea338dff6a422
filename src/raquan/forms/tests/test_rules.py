"""The words for forms are complete."""

from raquan.forms.rules import ASSIST_FIELDS, FORM_STATE_NAMES, REQUIRED_FIELDS, FormState


def test_every_state_has_its_name() -> None:
    assert set(FORM_STATE_NAMES) == set(FormState)


def test_what_an_assist_needs_can_be_asked() -> None:
    assert set(ASSIST_FIELDS) > REQUIRED_FIELDS
