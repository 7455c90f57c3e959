"""The routes of the app as `GET /path/{id}`, each with what its guards declare."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from app.main import create_app


@dataclass(frozen=True)
class Guarded:
    name: str
    path: str
    method: str
    permissions: frozenset[str]
    confirmed: bool = False


@cache
def app() -> FastAPI:
    return create_app()


@cache
def routes() -> tuple[Guarded, ...]:
    """Everything that answers, but for the built files."""
    return tuple(found for context in iter_route_contexts(app().routes) for found in _guarded(context))


def _guarded(context: RouteContext) -> Iterator[Guarded]:
    if not isinstance(context.original_route, APIRoute):
        return
    declared = frozenset(_declared(context.dependant))
    confirmed = any(_confirms(context.dependant))
    for method in sorted(context.methods or ()):
        yield Guarded(
            f"{method} {context.path_format}", str(context.path_format), method, declared, confirmed
        )


def _declared(dependant: Dependant) -> Iterator[str]:
    for inner in dependant.dependencies:
        if permission := getattr(inner.call, "permission", None):
            yield permission
        yield from _declared(inner)


def _confirms(dependant: Dependant) -> Iterator[bool]:
    for inner in dependant.dependencies:
        yield getattr(inner.call, "confirmed", False)
        yield from _confirms(inner)
