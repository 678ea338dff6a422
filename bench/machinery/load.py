"""A light load generator: one thread, plain sockets, requests made beforehand as far as they can be."""

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: seconds in all, each answer's seconds in order of size, and the generator's own CPU."""

    seconds: float
    latencies: list[float]
    own_cpu: float

    @property
    def rate(self) -> float:
        """Give the answers a second."""
        return len(self.latencies) / self.seconds

    def at(self, part: float) -> float:
        """Give the milliseconds within which this part of the answers came."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * part))] * 1000


class _Line(asyncio.Protocol):
    """A kept connection that sends the next request as soon as the last one is answered."""

    def __init__(self, asked: Iterator[bytes], wanted: bytes, latencies: list[float]) -> None:
        self.asked, self.wanted, self.latencies = asked, wanted, latencies
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer = b""
        self.began = 0.0
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, separator, body = self.buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        length = head.lower().partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
        if len(body) < int(length):
            return
        self.latencies.append(time.perf_counter() - self.began)
        if not head.startswith(self.wanted):
            self._end(RuntimeError(self.buffer[:600].decode(errors="replace")))
            return
        self.buffer = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or ConnectionError("the server has hung up"))

    def _next(self) -> None:
        request = next(self.asked, None)
        if request is None:
            self._end(None)
            return
        self.began = time.perf_counter()
        self.transport.write(request)

    def _end(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None) if error is None else self.done.set_exception(error)
            self.transport.close()


def send_all(port: int, requests: Iterable[bytes], *, concurrency: int, status: int) -> Load:
    """Send every request over so many kept connections; each must be answered with `status`."""

    async def run() -> list[float]:
        asked, latencies = iter(requests), list[float]()
        loop, wanted = asyncio.get_running_loop(), f"HTTP/1.1 {status} ".encode()
        made = [
            await loop.create_connection(lambda: _Line(asked, wanted, latencies), "127.0.0.1", port)
            for _ in range(concurrency)
        ]
        await asyncio.gather(*(line.done for _, line in made))
        return latencies

    began, cpu = time.perf_counter(), time.process_time()
    latencies = asyncio.run(run())
    return Load(time.perf_counter() - began, sorted(latencies), time.process_time() - cpu)
