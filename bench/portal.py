"""The public pages with 10,000 outings: what one costs built anew, kept, and told to be the same.

    python -m bench.portal [--outings 10000] [--records 2000] [--times 60]

Milliseconds of CPU a request, the database (SQLite) included: the WSGI application is called in this process, without a
server in front; `x` is beside its empty view in the same run, and a second holds 1000 / ms requests of one core.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from statistics import median
from typing import Any

from bench.machinery import world as home  # noqa: F401 - settles in a home of its own
from bench.pages import fill

MOST_NEW, MOST_KEPT = 4.0, 0.5
EMPTY = "/healthz"
PAGES = (
    "/",
    "/2023/",
    "/2023/outings/",
    "/2023/outings/?when=weekend&service=vneid_level2",
    "/2023/outings/?q=cu+mgar",
    "/2023/calendar/",
    "/2023/outings.ics",
    "/2023/near.json",
    "/2023/outings/{code}/",
    "/2023/help-desks/",
    "/2023/day/",
    "/2023/results/",
    "/2023/press/",
    "/2023/news/",
    "/guides/",
    "/guides/vneid_level2/",
)

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def ask(application: Application, address: str, tag: str = "") -> tuple[int, dict[str, str], int]:
    """Ask a page as a server does; give its status, headers and bytes."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "HTTP_HOST": "localhost",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if tag:
        environ["HTTP_IF_NONE_MATCH"] = tag
    said: list[Any] = []
    answer = application(environ, lambda status, headers, *more: said.extend((status, dict(headers))))
    size = sum(map(len, answer))
    close = getattr(answer, "close", None)
    if close is not None:
        close()
    return int(said[0].split()[0]), said[1], size


def cost(application: Application, address: str, times: int, tag: str = "") -> tuple[float, int, int, str]:
    """Give a page's median milliseconds of CPU, its status, its bytes and its tag."""
    took = []
    for _ in range(times):
        start = time.process_time()
        status, headers, size = ask(application, address, tag)
        took.append((time.process_time() - start) * 1000)
    return median(took), status, size, headers.get("ETag", "")


def main(outings: int, records: int, times: int) -> None:
    """Print a line a page."""
    fill(outings, records)
    from django.apps import apps
    from django.conf import settings

    from raquan.kernel import clock

    offset = clock.offset()
    from raquan.config.wsgi import application as served  # as it is served: its reference data, its collector

    clock.install_offset(offset)
    application: Application = served
    settings.ALLOWED_HOSTS = ["*"]
    kept_bytes = settings.RAQUAN_KEPT_PAGES_BYTES
    code = apps.get_model("outings.Outing").objects.filter(state="planned").order_by("held_on", "code")[0].code
    cost(application, EMPTY, times)
    empty = cost(application, EMPTY, times * 5)[0]
    print(f"empty view {empty:.2f} ms; aims: built {MOST_NEW:.1f} ms, kept and 304 {MOST_KEPT:.1f} ms")
    print(f"{'page':52} {'built':>8} {'x':>6} {'kept':>8} {'x':>6} {'304':>8} {'x':>6} {'gzip KB':>8}")
    for page in PAGES:
        address = page.format(code=code)
        settings.RAQUAN_KEPT_PAGES_BYTES = 0
        ask(application, address)
        built, status, size, _ = cost(application, address, times)
        assert status == 200, f"{address}: {status}"
        settings.RAQUAN_KEPT_PAGES_BYTES = kept_bytes
        ask(application, address)
        kept, _, _, tag = cost(application, address, times * 3)
        same, status, _, _ = cost(application, address, times * 3, tag)
        numbers = "".join(f" {ms:8.2f} {ms / empty:6.1f}" for ms in (built, kept, same))
        print(f"{address:52}{numbers} {size / 1024:8.1f}{'' if status == 304 else '  no 304'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outings", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=60)
    said = parser.parse_args()
    main(said.outings, said.records, said.times)
