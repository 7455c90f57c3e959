"""The routes of the app as `GET /path/{id}`, each with what its guards declare."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from app.main import create_app
from app.recognising import Open


@dataclass(frozen=True)
class Guarded:
    name: str
    path: str
    method: str
    permissions: frozenset[str]
    confirmed: bool = False
    in_emergency: bool = False
    while_due: Open | None = None


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
    declared = frozenset(_said(context.dependant, "permission"))
    confirmed = any(_said(context.dependant, "confirmed"))
    in_emergency = any(_said(context.dependant, "in_emergency"))
    while_due = next(_said(context.dependant, "while_due"), None)
    path = str(context.path_format)
    for method in sorted(context.methods or ()):
        yield Guarded(f"{method} {path}", path, method, declared, confirmed, in_emergency, while_due)


def _said(dependant: Dependant, what: str) -> Iterator[Any]:
    """What the guards of a route, and theirs in turn, say of themselves."""
    for inner in dependant.dependencies:
        if said := getattr(inner.call, what, None):
            yield said
        yield from _said(inner, what)
