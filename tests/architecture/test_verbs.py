"""Every act that a command writes down has words: nobody reads "put_on_roster" in a history."""

import ast
from collections.abc import Iterator
from pathlib import Path

from raquan.exhibitions import rules as exhibitions
from raquan.ledger.rules import VERBS
from raquan.outings import rules as outings
from raquan.press import rules as press
from tests.architecture.house import SOURCE

RECORDING = {"record": None, "record_many": None, "Act": 1}
"""What writes an act down, and the place of its verb where that may stand without its name."""

STEPS = {
    "step.value": {
        step.value
        for steps in (outings.Step, exhibitions.ExhibitionStep, exhibitions.ApplicationStep)
        for step in steps
    },
    "what.value": {step.value for step in press.Step},
}
"""The verbs of steps: the tables of the states of outings, exhibitions, applications and publications."""


def test_the_verb_of_every_act_is_known() -> None:
    assert [where for where, verbs in _acts() if not verbs] == [], "say the verb so that this test can read it"


def test_every_verb_has_words() -> None:
    written = {verb: where for where, verbs in _acts() for verb in verbs}
    assert len(written) > 100
    assert {verb: where for verb, where in written.items() if verb not in VERBS} == {}


def _acts() -> Iterator[tuple[str, set[str]]]:
    """Give each place where commands and jobs write an act down, and the verbs that it may write."""
    for pattern in ("*/commands.py", "*/commands/*.py", "*/jobs.py"):
        for path in SOURCE.glob(pattern):
            if "ledger" not in path.parts:
                yield from _of_module(path)


def _of_module(path: Path) -> Iterator[tuple[str, set[str]]]:
    tree = ast.parse(path.read_text())
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for call in _calls(function):
            if _name(call.func) in RECORDING:
                said = _argument(call, "verb", RECORDING[_name(call.func)])
                yield f"{path.relative_to(SOURCE)}:{call.lineno}", _verbs(said, function, tree)


def _verbs(said: ast.AST | None, function: ast.FunctionDef, tree: ast.Module) -> set[str]:
    """Read what stands for a verb: text, a step, an argument of its function, a name that is bound in it."""
    if isinstance(said, ast.Attribute):
        return STEPS.get(ast.unparse(said), set())
    if not isinstance(said, ast.Name):
        return _texts(said)
    arguments = [one.arg for one in function.args.args]
    if said.id in arguments:
        callers = [call for call in _calls(tree) if _name(call.func) == function.name]
        return {verb for call in callers for verb in _texts(_argument(call, said.id, arguments.index(said.id)))}
    bound: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and said.id in map(_name, node.targets):
            choice = node.value
            bound |= _texts(choice.body) | _texts(choice.orelse) if isinstance(choice, ast.IfExp) else _texts(choice)
        elif isinstance(node, ast.For) and said.id in {_name(one) for one in ast.walk(node.target)}:
            bound |= _texts(node.iter)
    return bound


def _calls(node: ast.AST) -> list[ast.Call]:
    return [one for one in ast.walk(node) if isinstance(one, ast.Call)]


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _argument(call: ast.Call, name: str, place: int | None) -> ast.AST | None:
    named = next((one.value for one in call.keywords if one.arg == name), None)
    return named if named is not None or place is None or place >= len(call.args) else call.args[place]


def _texts(node: ast.AST | None) -> set[str]:
    inner = ast.walk(node) if node else ()
    return {one.value for one in inner if isinstance(one, ast.Constant) and isinstance(one.value, str)}
