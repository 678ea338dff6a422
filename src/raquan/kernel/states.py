"""A table of states: which step leads from where to where, what may be asked of it, and its picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

S = TypeVar("S", bound=str)
T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S, T]):
    """A step that leads from one state to another."""

    source: S
    step: T
    target: S


class StateTable(Generic[S, T]):
    """The steps of a thing's life; `begins` says by which commands it comes into a state, `ends` where it rests."""

    def __init__(self, *steps: tuple[S, T, S], begins: Mapping[S, str], ends: Mapping[S, str] | None = None) -> None:
        self._steps = tuple(Transition(*one) for one in steps)
        self._begins, self._ends = begins, ends or {}

    def __iter__(self) -> Iterator[Transition[S, T]]:
        return iter(self._steps)

    def sources_of(self, step: T) -> tuple[S, ...]:
        """Give the states that a step can be taken from."""
        return tuple(one.source for one in self if one.step == step)

    def result_of(self, step: T) -> S:
        """Give the one state that a step leads to, wherever it is taken from."""
        (result,) = {one.target for one in self if one.step == step}
        return result

    def leads_to(self, state: S, step: T) -> S | None:
        """Give the state that a step leads to from a state; None where it may not be taken."""
        return next((one.target for one in self if (one.source, one.step) == (state, step)), None)

    def steps_from(self, state: S) -> tuple[T, ...]:
        """Give the steps that can be taken from a state, in the table's order."""
        return tuple(one.step for one in self if one.source == state)

    def diagram(self) -> str:
        """Draw the table in Mermaid; a document of the room carries it, and a test compares them."""
        lines = ["stateDiagram-v2", *(f"    [*] --> {state}: {by}" for state, by in self._begins.items())]
        lines += [f"    {one.source} --> {one.target}: {one.step}" for one in self]
        lines += [f"    {state} --> [*]" + (f": {by}" if by else "") for state, by in self._ends.items()]
        return "\n".join(lines) + "\n"
