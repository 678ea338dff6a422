"""Which job does which later work, and who follows acts; rooms fill it in their `jobs.py` as the process starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from raquan.ledger.commands.acts import Act

Follower = Callable[[Sequence[Act]], None]
Subscriber = Callable[[dict[str, Any], datetime], None]
Job = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job that the clock asks for every `seconds`, when there is something to do."""

    topic: str
    seconds: float
    when: Callable[[], bool] | None


SUBSCRIBERS: dict[str, Subscriber] = {}
SLOW: set[str] = set()
SCHEDULES: dict[str, Schedule] = {}
FOLLOWERS: list[Follower] = []


def subscribe(topic: str, *, slow: bool = False) -> Callable[[Subscriber], Subscriber]:
    """Make a function do the work of a topic; it is called with the payload and the campaign's time.

    `slow` work may take minutes: it has a worker of its own, so that what came in meanwhile is still counted
    within seconds.
    """

    def add(job: Subscriber) -> Subscriber:
        if topic in SUBSCRIBERS:
            raise RuntimeError(f"two subscribers for {topic}")
        SUBSCRIBERS[topic] = job
        if slow:
            SLOW.add(topic)
        return job

    return add


def every(*, seconds: float, when: Callable[[], bool] | None = None) -> Callable[[Job], Job]:
    """Run a function again and again, through the outbox, one at a time; `when` is asked first and must be cheap."""

    def add(job: Job) -> Job:
        topic = f"{job.__module__.removeprefix('raquan.').removesuffix('.jobs')}.{job.__name__}"
        subscribe(topic)(lambda payload, now: job(now))
        SCHEDULES[topic] = Schedule(topic=topic, seconds=seconds, when=when)
        return job

    return add


def follow(follower: Follower) -> None:
    """Tell a function of acts as they are recorded, in their transaction: what it writes stands or falls with them."""
    FOLLOWERS.append(follower)
