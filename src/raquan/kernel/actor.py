"""Who acts: a person, a device, the system itself, or anybody."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """The kinds of actor, as audit rows name them."""

    USER = "user"
    DEVICE = "device"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Duty:
    """A role that somebody holds for an organization, within a place and all below it.

    `organization_id` None means every organization; `place_code` None means everywhere.
    """

    role: str
    organization_id: UUID | None = None
    place_code: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the duties in force now; `number` is a stable integer for other people's protocols.

    `stands_in_for` are the ids and names of those whose duties are done while they are away.
    Who is `assigned_only` may fill in the forms that were assigned to it, and no others.
    """

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    number: int = 0
    duties: tuple[Duty, ...] = field(default=())
    assigned_only: bool = False
    stands_in_for: tuple[tuple[str, str], ...] = ()

    @property
    def is_signed_in(self) -> bool:
        """Tell whether somebody stands behind this actor."""
        return self.kind in (ActorKind.USER, ActorKind.DEVICE)


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)
SYSTEM = Actor(kind=ActorKind.SYSTEM, name="raquan")
