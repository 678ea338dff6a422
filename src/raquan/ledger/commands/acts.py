"""What is told of an act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from raquan.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """That `by` did `verb` to a thing.

    `subject` is the model ("outings.Outing"), `verb` the command's name, `detail` plain JSON.
    """

    by: Actor
    verb: str
    subject: str
    subject_id: UUID | str
    detail: Mapping[str, Any] = field(default_factory=dict)
