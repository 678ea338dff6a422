"""What may be asked of a table of states, and its picture."""

import pytest

from raquan.kernel.states import StateTable

LAMP = StateTable(
    ("off", "press", "on"), ("on", "press", "off"), ("on", "break", "gone"), begins={"off": "buy"}, ends={"gone": ""}
)


def test_a_table_answers() -> None:
    assert LAMP.sources_of("press") == ("off", "on")
    assert LAMP.result_of("break") == "gone"
    with pytest.raises(ValueError, match="unpack"):
        LAMP.result_of("press")
    assert (LAMP.leads_to("off", "press"), LAMP.leads_to("gone", "press")) == ("on", None)
    assert (LAMP.steps_from("on"), LAMP.steps_from("gone")) == (("press", "break"), ())


def test_a_table_is_drawn() -> None:
    assert LAMP.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> off: buy",
        "    off --> on: press",
        "    on --> off: press",
        "    on --> gone: break",
        "    gone --> [*]",
    ]
