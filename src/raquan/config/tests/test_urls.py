"""The root addresses."""

from urllib.robotparser import RobotFileParser

from django.test import Client
from django.urls import reverse
from django.utils.translation import override


def test_search_engines_find_what_is_for_the_public_and_nothing_else(client: Client) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    for language in ("vi", "en"):
        with override(language):
            assert robots.can_fetch("any", reverse("portal:outings", args=[2023]))
            assert not robots.can_fetch("any", reverse("outings:list"))
    assert not robots.can_fetch("any", "/v1/key/x/projects/2023/formList")
