"""A bad connection between phone and server: an asyncio TCP proxy that hurts some of the requests to the API.

One request a connection, so that each fault is one socket that really breaks. Pages and files pass unhurt.
"""

import asyncio
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

FAULTS = ("drop_before", "drop_after", "truncate", "stall", "reset", "portal")
HURT = (b"PUT ", b"POST ", b"HEAD ")
PORTAL = b"<!doctype html><title>Gratis wifi</title><form action=/login>Ga akkoord met de voorwaarden</form>"
PORTAL_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
LONGEST_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    head: bytes
    body: bytes

    @property
    def raw(self) -> bytes:
        """As it goes on: the server closes after its answer."""
        lines = [one for one in self.head.split(b"\r\n") if not one.lower().startswith(b"connection:")]
        return b"\r\n".join([lines[0], b"Connection: close", *lines[1:]]) + self.body

    @property
    def path(self) -> str:
        return self.head.split(b" ", 2)[1].decode()

    @property
    def may_be_hurt(self) -> bool:
        return self.head.startswith(HURT) and self.path.startswith("/api/")


class Proxy:
    """`share` of the API's writes (0 to 1) meet `fault`, the same ones for the same `seed`; `counts` what was done.

    `stall` is in seconds: a stalled request is held for at most twice that, then cut. Paths in `spare` pass unhurt.
    """

    def __init__(
        self,
        to: int,
        *,
        fault: str = "",
        share: float = 0.5,
        seed: int = 0,
        stall: float = 1.0,
        spare: tuple[str, ...] = (),
    ) -> None:
        self.to, self.fault, self.share, self.stall, self.spare = to, fault, share, stall, spare
        self.port, self.counts = 0, Counter[str]()
        self._random = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._faults: dict[str, Callable[[Request, asyncio.StreamWriter], Awaitable[None]]] = {
            "drop_before": self._drop_before,
            "drop_after": self._drop_after,
            "truncate": self._truncate,
            "stall": self._stall,
            "reset": self._reset,
            "portal": self._portal,
        }

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def __enter__(self) -> "Proxy":
        self._thread.start()
        opening = asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=LONGEST_HEAD)
        self._server = asyncio.run_coroutine_threadsafe(opening, self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        await asyncio.sleep(0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _read(reader)
            hurt = self.fault and self._may_hurt(request) and self._random.random() < self.share
            self.counts[self.fault if hurt else "passed"] += 1
            await (self._faults[self.fault] if hurt else self._pass)(request, writer)
        except (OSError, EOFError):
            self.counts["broken"] += 1
        except asyncio.CancelledError:
            self.counts["cut at the end"] += 1
        finally:
            writer.close()

    def _may_hurt(self, request: Request) -> bool:
        return request.may_be_hurt and request.path not in self.spare

    async def _pass(self, request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(await self._answer(request))
        await writer.drain()

    async def _answer(self, request: Request) -> bytes:
        reader, server = await asyncio.open_connection("127.0.0.1", self.to)
        try:
            server.write(request.raw)
            return await reader.read(-1)
        finally:
            server.close()

    async def _drop_before(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """The server never hears of it."""

    async def _drop_after(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """The server did it; nobody gets to know."""
        await self._answer(request)

    async def _truncate(self, request: Request, writer: asyncio.StreamWriter) -> None:
        if self._random.random() < 0.5:
            _, server = await asyncio.open_connection("127.0.0.1", self.to)
            server.write(request.raw[: len(request.raw) - len(request.body) // 2 - 1])
            await server.drain()
            server.close()
            return
        answer = await self._answer(request)
        writer.write(answer[: int(len(answer) * self._random.random())])
        await writer.drain()

    async def _stall(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """Silence, before or after the server did its work, until the phone or the proxy has had enough."""
        if self._random.random() < 0.5:
            await self._answer(request)
        await asyncio.sleep(2 * self.stall * self._random.random())

    async def _reset(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """RST instead of a goodbye, before or after the server did its work."""
        if self._random.random() < 0.5:
            await self._answer(request)
        line: socket.socket = writer.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async def _portal(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """Somebody else answers, and says that all is well."""
        writer.write(PORTAL_HEAD % len(PORTAL) + PORTAL)
        await writer.drain()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
    size = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
    return Request(head, await reader.readexactly(size))
