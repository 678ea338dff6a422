"""Which application gets which booth: the rules, a neutral order, and a reason for each placed and each left out."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from raquan.exhibitions.rules.plan import Booth, FloorPlan, booth_order
from raquan.kernel.refused import N_


class Rule(StrEnum):
    """What a booth must be for an application; the first that is broken is told first."""

    TAKEN = "taken"
    SIZE = "size"
    POWER = "power"
    APART = "apart"
    MOST = "most"


RULE_NAMES: Mapping[Rule, str] = {
    Rule.TAKEN: N_("Gian {booth} đã có {other}."),
    Rule.SIZE: N_("Gian {booth} rộng {size}, đơn cần {wanted}."),
    Rule.POWER: N_("Trụ điện của gian {booth} còn {left} W, đơn cần {wanted} W."),
    Rule.APART: N_("Bên cạnh gian {booth} là {other}, cùng lĩnh vực; một trong hai đã xin không đứng cạnh nhau."),
    Rule.MOST: N_("Mỗi doanh nghiệp được nhiều nhất {most} gian."),
}


class Why(StrEnum):
    """Why a booth was chosen."""

    PREFERRED = "preferred"
    BESIDE_FIELD = "beside_field"
    NEAR_FIELD = "near_field"
    BEST_SIZE = "best_size"
    BY_HAND = "by_hand"


WHY_NAMES: Mapping[Why, str] = {
    Why.PREFERRED: N_("Đúng gian doanh nghiệp muốn, còn trống và đủ điều kiện."),
    Why.BESIDE_FIELD: N_("Cạnh gian cùng lĩnh vực để khách dễ tìm."),
    Why.NEAR_FIELD: N_("Gần nhất các gian cùng lĩnh vực trong những gian còn hợp."),
    Why.BEST_SIZE: N_("Gian vừa nhất với nhu cầu trong những gian còn trống."),
    Why.BY_HAND: N_("Cán bộ xếp bằng tay."),
}

LEFT_NAMES: Mapping[Rule, str] = {
    Rule.TAKEN: N_("{count} gian hợp điều kiện đã xếp cho đơn khác."),
    Rule.SIZE: N_("{count} gian nhỏ hơn nhu cầu {wanted}."),
    Rule.POWER: N_("{count} gian có trụ điện không còn đủ {watts} W."),
    Rule.APART: N_("{count} gian nằm cạnh doanh nghiệp cùng lĩnh vực mà một bên xin đứng cách nhau."),
    Rule.MOST: N_("Doanh nghiệp đã đủ {most} gian."),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What an application needs of a booth; sides in centimetres, power in watts, `code` decides its turn."""

    id: UUID
    code: str
    organization_id: UUID
    name: str
    field: str
    width_cm: int
    depth_cm: int
    watts: int
    prefers: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a booth would break for an application, with what its words need."""

    rule: Rule
    params: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Placed:
    """An application with the booth that it is given, and why this one."""

    id: UUID
    booth: str
    why: Why


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An application without a booth, and how many booths each rule took from it."""

    id: UUID
    because: tuple[tuple[Rule, int], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found for every application, each once."""

    placed: tuple[Placed, ...]
    left: tuple[LeftOut, ...]


def turn_of(seed: str, code: str) -> str:
    """Give what decides turns: a hash of a seed that applicants never see and the application; paid by none."""
    return hashlib.sha256(f"{seed} {code}".encode()).hexdigest()


def fits(booth: Booth, wish: Wish) -> bool:
    """Tell whether a booth is large enough, turned round if need be."""
    small, large = sorted((booth.width_cm, booth.depth_cm))
    wanted_small, wanted_large = sorted((wish.width_cm, wish.depth_cm))
    return small >= wanted_small and large >= wanted_large


def broken_rules(
    plan: FloorPlan, standing: Mapping[str, Wish], wish: Wish, booth: Booth, most: int
) -> tuple[Broken, ...]:
    """Give the rules that an application would break in a booth, beside those that stand (by booth's number).

    Where it stands itself counts as left. An enterprise has at most `most` booths.
    """
    others = {number: one for number, one in standing.items() if one.id != wish.id}
    found = []
    if booth.number in others:
        found.append(Broken(Rule.TAKEN, {"booth": booth.number, "other": others[booth.number].name}))
    if not fits(booth, wish):
        size, wanted = metres(booth.width_cm, booth.depth_cm), metres(wish.width_cm, wish.depth_cm)
        found.append(Broken(Rule.SIZE, {"booth": booth.number, "size": size, "wanted": wanted}))
    left = watts_left(plan, others, booth)
    if wish.watts > left:
        found.append(Broken(Rule.POWER, {"booth": booth.number, "left": left, "wanted": wish.watts}))
    rival = _rival(plan, others, wish, booth)
    if rival is not None:
        found.append(Broken(Rule.APART, {"booth": booth.number, "other": rival.name}))
    if sum(one.organization_id == wish.organization_id for one in others.values()) >= most:
        found.append(Broken(Rule.MOST, {"most": most}))
    return tuple(found)


def watts_left(plan: FloorPlan, standing: Mapping[str, Wish], booth: Booth) -> int:
    """Give the watts that a booth's post has left beside those that stand, 0 without a post."""
    if booth.post is None:
        return 0
    served = (one.number for one in plan.booths if one.post == booth.post)
    return max(0, plan.posts[booth.post].watts - sum(standing[one].watts for one in served if one in standing))


def allocate(
    plan: FloorPlan, wishes: Iterable[Wish], *, standing: Mapping[str, Wish], seed: str, most: int
) -> Proposal:
    """Place applications one after another, whoever has fewest booths that are large enough first, then by turn_of.

    Each takes the booth it prefers if it may; else the nearest to its field, then the one that wastes least. Who
    stands already stays. The same applications in any order give the same proposal. An application is left out only
    where every booth breaks a rule.
    """
    taken = dict(standing)
    placed, waiting = [], []
    turns = sorted(wishes, key=lambda one: (sum(fits(booth, one) for booth in plan.booths), turn_of(seed, one.code)))
    for wish in turns:
        free = [one for one in plan.booths if not broken_rules(plan, taken, wish, one, most)]
        if not free:
            waiting.append(wish)
            continue
        booth, why = _best(plan, taken, wish, free)
        taken[booth.number] = wish
        placed.append(Placed(wish.id, booth.number, why))
    left = tuple(LeftOut(one.id, _because(plan, taken, one, most)) for one in waiting)
    return Proposal(tuple(sorted(placed, key=lambda one: booth_order(one.booth))), left)


def metres(width_cm: int, depth_cm: int) -> str:
    """Write the sides of a booth: 3 × 2,5 m."""
    return f"{_metre(width_cm)} × {_metre(depth_cm)} m"


def _metre(centimetres: int) -> str:
    return f"{centimetres / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _rival(plan: FloorPlan, others: Mapping[str, Wish], wish: Wish, booth: Booth) -> Wish | None:
    for beside in plan.neighbors(booth):
        one = others.get(beside.number)
        is_rival = one is not None and one.field == wish.field and one.organization_id != wish.organization_id
        if one is not None and is_rival and (one.apart or wish.apart):
            return one
    return None


def _best(plan: FloorPlan, taken: Mapping[str, Wish], wish: Wish, free: list[Booth]) -> tuple[Booth, Why]:
    asked = next((one for one in free if one.number == wish.prefers), None)
    if asked is not None:
        return asked, Why.PREFERRED
    same = [one for one in plan.booths if one.number in taken and taken[one.number].field == wish.field]

    def cost(booth: Booth) -> tuple[int, int, tuple[int, str, int]]:
        far = min((booth.distance(one) for one in same), default=0)
        return far, booth.width_cm * booth.depth_cm, booth_order(booth.number)

    best = min(free, key=cost)
    if not same:
        return best, Why.BEST_SIZE
    return best, Why.BESIDE_FIELD if cost(best)[0] == 1 else Why.NEAR_FIELD


def _because(plan: FloorPlan, taken: Mapping[str, Wish], wish: Wish, most: int) -> tuple[tuple[Rule, int], ...]:
    """Count for each rule the booths that it took: a booth that is too small is not told as taken."""
    found: Counter[Rule] = Counter()
    for booth in plan.booths:
        rules = [one.rule for one in broken_rules(plan, taken, wish, booth, most)]
        weighed = sorted(rules, key=_WEIGHT.index)
        found[weighed[0]] += 1
    return tuple((rule, found[rule]) for rule in _WEIGHT if found[rule])


_WEIGHT = (Rule.MOST, Rule.SIZE, Rule.TAKEN, Rule.POWER, Rule.APART)
