"""Fixtures of the pages' tests: rendering a bit of template in our environment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import engines

Render = Callable[..., str]


@pytest.fixture
def draw() -> Render:
    """Give a function that renders template source with the components at hand."""

    def render(source: str, **context: Any) -> str:
        return engines["jinja2"].from_string(source).render(context)

    return render
