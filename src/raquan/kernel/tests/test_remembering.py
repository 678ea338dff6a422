"""What is looked up is kept for a while, and not a moment longer than it is true in this process."""

from raquan.kernel.remembering import Remembered, forget_everything


def test_a_value_is_looked_up_once_while_its_time_lasts() -> None:
    kept: Remembered[str, int] = Remembered(10)
    looks: list[str] = []

    def look_up() -> int:
        looks.append("look")
        return len(looks)

    assert [kept.get("a", look_up, seconds=60), kept.get("a", look_up, seconds=60)] == [1, 1]
    assert kept.get("b", look_up, seconds=60) == 2
    kept.forget()
    assert kept.get("a", look_up, seconds=60) == 3


def test_nothing_is_kept_of_a_vain_search_or_for_no_time() -> None:
    kept: Remembered[str, int] = Remembered(10)
    answers = iter([None, 1, 2, 3])
    assert [kept.get("a", lambda: next(answers), seconds=60) for _ in range(3)] == [None, 1, 1]
    assert [kept.get("b", lambda: next(answers), seconds=0) for _ in range(2)] == [2, 3]


def test_what_was_being_looked_up_when_it_changed_is_not_kept() -> None:
    kept: Remembered[str, str] = Remembered(10)

    def old_answer() -> str:
        kept.forget()  # somebody's commit, between the question and its answer
        return "old"

    assert kept.get("a", old_answer, seconds=60) == "old"
    assert kept.get("a", lambda: "new", seconds=60) == "new"


def test_it_never_holds_more_than_it_may() -> None:
    kept: Remembered[int, int] = Remembered(3)
    for number in range(10):
        kept.get(number, lambda number=number: number, seconds=60)  # type: ignore[misc]
        assert len(kept._kept) <= 3


def test_all_is_forgotten_at_once() -> None:
    one, other = Remembered[str, int](10), Remembered[str, str](10)
    assert (one.get("a", lambda: 1, seconds=60), other.get("a", lambda: "x", seconds=60)) == (1, "x")
    forget_everything()
    assert (one.get("a", lambda: 2, seconds=60), other.get("a", lambda: "y", seconds=60)) == (2, "y")
