"""Pages of lists."""

from itertools import repeat

import pytest

from raquan.kernel.paging import MAX_SIZE, total_of


@pytest.mark.parametrize(
    ("held", "number", "size", "total"),
    [(0, 1, 20, 0), (19, 1, 20, 19), (20, 1, 20, 999), (3, 2, 20, 999), (5, 0, 20, 5), (MAX_SIZE, 1, 500, 999)],
)
def test_a_list_is_counted_only_where_its_first_page_may_not_be_all(
    held: int, number: int, size: int, total: int
) -> None:
    assert total_of(list(repeat("one", held)), number, size, lambda: 999) == total
