"""Jinja, one environment a language: pages, fragments, and the answer that fits who asked."""

import json
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app import error_words, log_words
from app.clock import now
from app.errors import NotSignedIn
from app.formats import filters
from app.i18n import LANGUAGES, best_language, translations
from app.models.access import Actor, Permission
from app.models.consent.texts import TEXTS
from app.settings import settings

HERE = Path(__file__).parent
DIST = HERE / "static" / "dist"


@lru_cache(maxsize=1)
def _assets(built_at: float) -> dict[str, str]:
    return json.loads((DIST / "manifest.json").read_text())


def asset(name: str) -> str:
    """The address of a built file; a rebuild under a running server is noticed."""
    built_at = (DIST / "manifest.json").stat().st_mtime
    return f"/static/dist/{_assets(built_at)[name]}"


@lru_cache(maxsize=1)
def _build(built_at: float) -> str:
    return sha256((DIST / "manifest.json").read_bytes()).hexdigest()[:12]


def build() -> str:
    """Which build is served: it changes with any built file. "none" before the first."""
    try:
        return _build((DIST / "manifest.json").stat().st_mtime)
    except FileNotFoundError:
        return "none"


def icon(name: str, classes: str = "") -> Markup:
    html = '<svg class="i {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    return Markup(html).format(classes, asset("sprite.svg"), name)  # noqa: S704 - our own literal


def logo() -> Markup:
    html = '<svg class="logo" viewBox="0 0 32 29" aria-hidden="true" focusable="false"><use href="{}#logo"/></svg>'
    return Markup(html).format(asset("sprite.svg"))  # noqa: S704 - our own literal


def words_for_script(words: dict[str, str]) -> Markup:
    """Texts for TypeScript as a data block; `<` is escaped so that no text can end the block."""
    safe = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return Markup('<script type="application/json" id="words">{}</script>').format(Markup(safe))  # noqa: S704 - escaped above


@cache
def environment(language: str) -> Environment:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(filters(language))
    env.globals.update(
        verb_said=lambda verb: log_words.verb_said(verb, language),
        kind_said=lambda kind: log_words.kind_said(kind, language),
        said=lambda fault: error_words.said(fault, language),
        asset=asset,
        build=build,
        icon=icon,
        logo=logo,
        words_for_script=words_for_script,
        language=language,
        now=now,
        languages=LANGUAGES,
        read_aloud=TEXTS,
        sso=lambda: settings().oidc_name if settings().has_sso else "",
        has_mail=lambda: settings().has_mail,
    )
    return env


def language_of(request: Request) -> str:
    """What the page itself was asked for in, the actor's own choice, the browser's, or the setting."""
    if asked := getattr(request.state, "language", None):
        return str(asked)
    actor = actor_of(request)
    return (
        actor.language
        if actor
        else best_language(request.headers.get("accept-language", ""), settings().language)
    )


def actor_of(request: Request) -> Actor | None:
    return getattr(request.state, "actor", None)


def asker(request: Request) -> Actor:
    """The actor of a page behind a guard."""
    actor = actor_of(request)
    if actor is None:
        raise NotSignedIn
    return actor


def _render(request: Request, template: str, context: dict[str, Any]) -> str:
    actor = actor_of(request)
    shared = {
        "request": request,
        "actor": actor,
        "nav": context.get("nav", ""),
        "open_safari": getattr(request.state, "open_safari", None),
        "broken": getattr(request.state, "broken", ()),
        "can": lambda permission: bool(actor and actor.holds(Permission(permission))),
        "kept": False,
    }
    return environment(language_of(request)).get_template(template).render(shared | context)


def kept(request: Request, template: str, **context: Any) -> str:
    """The page as a phone keeps it: without what others recorded and without what changes by the hour."""
    return _render(request, template, context | {"kept": True})


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    return HTMLResponse(_render(request, template, context), status)


fragment = page


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def see_other(url: str) -> RedirectResponse:
    return RedirectResponse(url, 303)


def answer(request: Request, template: str, *, to: str, status: int = 200, **context: Any) -> Response:
    """After a change: htmx gets the fragment it can swap, a plain form goes on to a page."""
    return fragment(request, template, status=status, **context) if is_htmx(request) else see_other(to)
