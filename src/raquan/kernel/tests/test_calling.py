"""Which addresses of other people are called at all."""

import pytest

from raquan.kernel.calling import is_plain_address, is_public


@pytest.mark.parametrize(
    ("address", "open_"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        *[(one, False) for one in ("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0")],
        *[(one, False) for one in ("::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1")],
    ],
)
def test_only_the_open_internet_is_public(address: str, open_: bool) -> None:
    assert is_public(address) is open_


def test_addresses() -> None:
    assert is_plain_address("https://example.org/hook?a=1", longest=500)
    assert is_plain_address("http://example.org:8080", longest=500)
    for wrong in ("ftp://a", "https://u:p@a", "https:///x", "a", "https://a b", "https://a:99999", "https://ví.vn"):
        assert not is_plain_address(wrong, longest=500)
    assert not is_plain_address("https://example.org/" + "a" * 481, longest=500)
