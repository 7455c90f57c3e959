"""The one place where an exception becomes a page, a fragment or JSON, in the reader's language."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from app import errors
from app.database import database
from app.error_words import TITLES, said
from app.errors import Fault
from app.forms import Again, faults_of
from app.i18n import translator
from app.logs import log
from app.models.safari.queries import running_for
from app.no_room import Trouble, storage_trouble
from app.rendering import actor_of, is_htmx, language_of, page, see_other

STATUS: dict[type[errors.Problem], int] = {
    errors.NotFound: 404,
    errors.NotSignedIn: 401,
    errors.NotConfirmed: 403,
    errors.SecondFactorDue: 401,
    errors.Forbidden: 403,
    errors.Conflict: 409,
    errors.Gone: 410,
    errors.TooLarge: 413,
    errors.TooMany: 429,
    errors.Invalid: 422,
    errors.Problem: 422,
}
HEADERS = {"seconds": "Retry-After", "offset": "Upload-Offset"}
PATIENCE = {413: 3600}
"""Seconds until another try makes sense, where the problem itself does not say."""
NO_ROOM: dict[Trouble, tuple[int, int]] = {"full": (507, 120), "read_only": (503, 60)}
FOR_CUSTOMERS = ("/u/", "/p/")
HTTP_CODES = {404: "not_found", 405: "not_found", 413: "too_large"}


def install(app: FastAPI) -> None:
    app.add_exception_handler(errors.Problem, show_problem)
    app.add_exception_handler(RequestValidationError, show_unreadable)
    app.add_exception_handler(HTTPException, show_http)
    app.add_exception_handler(DataError, show_unstorable)
    app.add_exception_handler(UnicodeEncodeError, show_unstorable)
    app.add_exception_handler(DBAPIError, show_busy)
    app.add_exception_handler(NoConnection, show_busy)
    app.add_exception_handler(ClientDisconnect, show_nobody)
    app.add_exception_handler(OSError, show_file_trouble)


def show_problem(request: Request, problem: Any) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(problem, kind))
    if isinstance(problem, errors.NotSignedIn) and not _wants_json(request):
        return _to_sign_in(request)
    if isinstance(problem, errors.SecondFactorDue) and not _wants_json(request):
        return _to_second_factor(request)
    if isinstance(problem, errors.NotConfirmed) and not _wants_json(request):
        return _to_confirmation(request)
    if isinstance(problem, errors.Invalid) and (again := getattr(request.state, "again", None)):
        return _ask_again(request, again, problem)
    fields = problem.fields if isinstance(problem, errors.Invalid) else {}
    return _show(request, status, (problem.code, problem.details), fields)


def _ask_again(request: Request, again: Again, wrong: errors.Invalid) -> Response:
    try:
        with database().reading() as db:
            if actor := actor_of(request):
                # The bars around the page lead on to it, as on every page that is asked for.
                request.state.open_safari = running_for(db, actor)
            answer = again(request, db, request.state.form.refused(wrong.fields))
    except errors.Problem as other:
        # What the form was about is gone, or was never there.
        request.state.again = None
        return show_problem(request, other)
    answer.status_code = 422
    return answer


def show_unreadable(request: Request, wrong: Any) -> Response:
    """FastAPI's own 422 repeats the input; ours names fields and codes only."""
    problems = [e | {"loc": e["loc"][1:]} for e in wrong.errors()]
    return _show(request, 422, ("invalid", {}), faults_of(problems))


def show_http(request: Request, raised: Any) -> Response:
    if isinstance(raised.__cause__, errors.Problem):
        return show_problem(request, raised.__cause__)
    if raised.status_code == 400:
        # FastAPI's own word for a body that is not even text.
        return show_problem(request, errors.Problem("invalid"))
    shown = _show(request, raised.status_code, (HTTP_CODES.get(raised.status_code, "server"), {}), {})
    shown.headers.update(raised.headers or {})
    return shown


def show_unstorable(request: Request, _: Exception) -> Response:
    """Text that no database keeps, such as a NUL in a path or half a character in JSON: never typed by a person."""
    return show_problem(request, errors.NotFound() if request.method == "GET" else errors.Problem("invalid"))


def show_busy(request: Request, refused: Any) -> Response:
    """Two who wrote the same at once, or a database that does not answer: nothing was kept, and trying again helps."""
    if no_room := storage_trouble(refused):
        return show_no_room(request, no_room)
    log.warning("database", error=type(refused).__name__)
    return _show(request, 503, ("busy", {"seconds": 2}), {})


def show_file_trouble(request: Request, refused: Any) -> Response:
    if no_room := storage_trouble(refused):
        return show_no_room(request, no_room)
    return show_crash(request, refused)


def show_no_room(request: Request, trouble: Trouble) -> Response:
    """Nothing was kept and nothing is lost: who sent it still has it."""
    log.error("storage", trouble=trouble)
    status, seconds = NO_ROOM[trouble]
    return _show(request, status, (f"storage.{trouble}", {"seconds": seconds}), {})


def show_nobody(request: Request, _: Exception) -> Response:
    """Whoever asked is gone, halfway through what they sent: no fault of ours, and nobody reads the answer."""
    return Response(status_code=400)


def show_crash(request: Request, crash: Exception) -> Response:
    trace = crash.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename.rsplit('/app/')[-1]}:{trace.tb_lineno}" if trace else ""
    log.error("crash", error=type(crash).__name__, where=where)
    return _show(request, 500, ("server", {}), {})


def _show(request: Request, status: int, fault: Fault, fields: dict[str, Fault]) -> Response:
    language = language_of(request)
    words = said(fault, language)
    headers = {HEADERS[name]: str(told) for name, told in fault[1].items() if name in HEADERS}
    if status in PATIENCE:
        headers.setdefault("Retry-After", str(PATIENCE[status]))
    if _wants_json(request):
        return JSONResponse({"error": as_json(fault, fields, language)}, status, headers)
    title = translator(language)(TITLES.get(status, TITLES[500]))
    template = "shared/_notice.html" if is_htmx(request) else "errors/show.html"
    if request.url.path.startswith(FOR_CUSTOMERS):
        template = "customers/trouble.html"
    fields_said = [said(found, language) for found in fields.values()]
    shown = page(request, template, status=status, title=title, message=words, more=fields_said, kind="warn")
    shown.headers.update(headers)
    return shown


def as_json(fault: Fault, fields: Mapping[str, Fault], language: str) -> dict[str, Any]:
    by_field = {name: {"code": found[0], "message": said(found, language)} for name, found in fields.items()}
    return {"code": fault[0], "message": said(fault, language), "fields": by_field}


def _wants_json(request: Request) -> bool:
    """Whoever comes with a token is a machine, whatever it asks: it can follow no way to a page."""
    return request.url.path.startswith("/api/") or request.headers.get("authorization") is not None


def _to_sign_in(request: Request) -> Response:
    if is_htmx(request):
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    wanted = _whole_path(request) if request.method == "GET" else "/"
    return see_other(f"/login?{urlencode({'next': wanted}, safe='/')}" if wanted != "/" else "/login")


def _to_second_factor(request: Request) -> Response:
    if is_htmx(request):
        return Response(status_code=401, headers={"HX-Redirect": "/second-factor"})
    wanted = _whole_path(request) if request.method == "GET" else "/today"
    return see_other(f"/second-factor?{urlencode({'next': wanted}, safe='/')}")


def _to_confirmation(request: Request) -> Response:
    """A page waits behind the question; of a form that came too late, the page itself is asked for again."""
    asked_from = urlsplit(request.headers.get("hx-current-url") or request.headers.get("referer", ""))
    wanted = (
        _whole_path(request) if request.method == "GET" and not is_htmx(request) else asked_from.path or "/"
    )
    path = f"/session/confirmation?{urlencode({'next': wanted}, safe='/')}"
    if is_htmx(request):
        return Response(status_code=403, headers={"HX-Redirect": path})
    return see_other(path)


def _whole_path(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
