"""What may answer in the server's place: a wifi portal, a proxy that gave up, silence, and half a page."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

PAGE = b"<!doctype html><title>Gratis wifi</title><p>Ga akkoord met de voorwaarden."
Saying = Callable[[socket.socket, threading.Event], None]


def _answer(status: str, body: bytes, length: int) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def _says(status: str, *, more: int = 0, ours: bool = False) -> Saying:
    def say(caller: socket.socket, over: threading.Event) -> None:
        caller.recv(65_536)
        answer = _answer(status, PAGE, len(PAGE) + more)
        caller.sendall(answer.replace(b"\r\n", b"\r\nKlantsafari: here\r\n", 1) if ours else answer)

    return say


def _says_nothing(caller: socket.socket, over: threading.Event) -> None:
    caller.recv(65_536)
    over.wait()


@contextmanager
def _standing_in(port: int, say: Saying) -> Iterator[None]:
    over = threading.Event()

    def hear(caller: socket.socket) -> None:
        with caller:
            try:
                say(caller, over)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", port)) as door:

        def receive() -> None:
            while not over.is_set():
                try:
                    caller, _ = door.accept()
                except OSError:
                    return
                threading.Thread(target=hear, args=(caller,), daemon=True).start()

        threading.Thread(target=receive, daemon=True).start()
        try:
            yield
        finally:
            over.set()
            door.shutdown(socket.SHUT_RDWR)


def portal(port: int) -> AbstractContextManager[None]:
    """200 and a page of its own to anything."""
    return _standing_in(port, _says("200 OK"))


def broken(port: int) -> AbstractContextManager[None]:
    """What a proxy says while the app behind it is away."""
    return _standing_in(port, _says("502 Bad Gateway"))


def silent(port: int) -> AbstractContextManager[None]:
    """Takes the call and never says a word."""
    return _standing_in(port, _says_nothing)


def half(port: int) -> AbstractContextManager[None]:
    """Ours by its header, but cut off on the way."""
    return _standing_in(port, _says("200 OK", more=5_000, ours=True))
