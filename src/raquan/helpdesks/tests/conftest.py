"""What the tests of help desks share: the world of outings, below which nothing is mocked."""

from raquan.outings.tests.conftest import world

__all__ = ["world"]
