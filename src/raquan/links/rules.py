"""The words and rules of short links: channels, life, codes, where they may lead, what is a machine."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from raquan.kernel.calling import is_plain_address
from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


class Channel(StrEnum):
    """By what a link reaches people; whatever has no word of its own is other."""

    PORTAL = "portal"
    ZALO = "zalo"
    FACEBOOK = "facebook"
    TIKTOK = "tiktok"
    SMS = "sms"
    EMAIL = "email"
    RADIO = "radio"
    LOUDSPEAKER = "loudspeaker"
    PRESS = "press"
    LED = "led"
    SHOP = "shop"
    STREET = "street"
    POSTER = "poster"
    LEAFLET = "leaflet"
    OTHER = "other"


CHANNEL_NAMES: Mapping[Channel, str] = {
    Channel.PORTAL: N_("Trang thông tin điện tử"),
    Channel.ZALO: N_("Zalo"),
    Channel.FACEBOOK: N_("Facebook"),
    Channel.TIKTOK: N_("TikTok"),
    Channel.SMS: N_("Tin nhắn"),
    Channel.EMAIL: N_("Thư điện tử"),
    Channel.RADIO: N_("Đài phát thanh, truyền hình"),
    Channel.LOUDSPEAKER: N_("Loa truyền thanh xã, thôn"),
    Channel.PRESS: N_("Báo chí"),
    Channel.LED: N_("Màn hình LED"),
    Channel.SHOP: N_("Cửa hàng, siêu thị"),
    Channel.STREET: N_("Băng rôn ngoài đường"),
    Channel.POSTER: N_("Áp phích"),
    Channel.LEAFLET: N_("Tờ rơi"),
    Channel.OTHER: N_("Kênh khác"),
}


class LinkState(StrEnum):
    """Whether a link leads anywhere; one whose last day is over leads nowhere either."""

    LIVE = "live"
    STOPPED = "stopped"


class LinkStep(StrEnum):
    """What takes a link from one state to the other; each is a command."""

    STOP = "stop_link"
    RESUME = "resume_link"


LINK_TRANSITIONS: StateTable[LinkState, LinkStep] = StateTable(
    (LinkState.LIVE, LinkStep.STOP, LinkState.STOPPED),
    (LinkState.STOPPED, LinkStep.RESUME, LinkState.LIVE),
    begins={LinkState.LIVE: "make_link"},
)

LINK_STATE_NAMES: Mapping[LinkState, str] = {
    LinkState.LIVE: N_("Đang dùng"),
    LinkState.STOPPED: N_("Đã dừng"),
}

LONGEST_TARGET = 1000

# Neither 0 and o, nor 1, i and l, nor u beside v: what is read out, or typed from a poster, is read one way.
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_CODE_LENGTH = 5

_OUTING = re.compile(r"/\d{4}/outings/([A-Za-z0-9-]{3,20})/")
_NOT_OURS_TO_SHOW = ("/desk/", "/l/", "/v1/", "/api/", "/field/", "/files/", "/dk/")
"""Where a public link leads nobody: the staff's pages, doors of devices, private addresses, and links again."""

# What fetches a page for a preview, an index or a watch says so in its User-Agent.
_MACHINE = re.compile(
    # Cubot makes telephones; WhatsApp's own name is that of its preview.
    r"(?<!cu)bot(\b|[/_-])|crawl|spider|slurp|preview|externalhit|facebookcatalog|whatsapp/|curl|wget|python|java/|"
    r"go-http|okhttp|axios|fetch|headless|lighthouse|monitor|uptime|scanner|archiver|validator|http-?client|raquan",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class About:
    """What a link is for: the kind of thing and its id, as the room that owns it writes them."""

    kind: str = ""
    id: str = ""


def make_code(choose: Callable[[str], str]) -> str:
    """Make a code such as 7k2qw; `choose` picks a sign of an alphabet at random: 24 million, so few are guessed."""
    return "".join(choose(_ALPHABET) for _ in range(_CODE_LENGTH))


def is_code(text: str) -> bool:
    """Tell whether a text has the shape of a code."""
    return len(text) == _CODE_LENGTH and set(text) <= set(_ALPHABET)


def code_path(code: str) -> str:
    """Give the path of a link."""
    return f"/l/{code}"


def read_target(typed: str, public_url: str) -> str | None:
    """Give where a link may lead, as it is stored: a public path of ours, or an https address; None for others.

    An address of ours is stored as its path, so that it stays ours under another name.
    """
    text = typed.strip()
    if text == public_url or text.startswith((f"{public_url}/", f"{public_url}?")):
        text = text.removeprefix(public_url) or "/"
        text = text if text.startswith("/") else f"/{text}"
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text or len(text) > LONGEST_TARGET:
        return None
    if text.startswith("/"):
        return text if _is_public_path(text) else None
    # Browsers take "https:/host" and "https:host" for addresses too; only the plain shape is taken here.
    is_https = text.startswith("https://") and is_plain_address(text, longest=LONGEST_TARGET)
    return text if is_https else None


def about_of(target: str) -> About:
    """Tell what a page of ours is about, where its address says so: an outing by its code."""
    found = _OUTING.match(target)
    return About("outing", found[1].upper()) if found else About()


def is_machine(user_agent: str) -> bool:
    """Tell whether what asks says that it is no person's browser; what says nothing is none either."""
    return not user_agent.strip() or _MACHINE.search(user_agent) is not None


def _is_public_path(text: str) -> bool:
    parts = urlsplit(text)
    if text.startswith("//") or parts.scheme or parts.netloc:
        return False
    steps = parts.path.split("/")
    plain = parts.path.removeprefix("/en")
    return ".." not in steps and "." not in steps and not f"{plain.rstrip('/')}/".startswith(_NOT_OURS_TO_SHOW)
