"""How a public page says that it is the same for everybody, so that it may be kept whole."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def kept(view: View) -> View:
    """Declare that the page depends on its address, on what is public and on the minute alone."""

    @wraps(view)
    def answering(*args: Any, **kwargs: Any) -> Any:
        answer = view(*args, **kwargs)
        answer.may_be_kept = True
        return answer

    return answering  # type: ignore[return-value]
