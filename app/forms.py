"""A form that keeps what was typed: the draft when it is right, else the same page with a message at each field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar, get_args, get_origin

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from app.errors import Fault, Invalid

D = TypeVar("D", bound=BaseModel)


class Again(Protocol):
    """Shows the form's own page once more; gets the request, a reading session, and the filled form."""

    def __call__(self, request: Request, db: Any, form: Any) -> Response: ...


@dataclass(frozen=True)
class Filled(Generic[D]):
    """`values` are as typed (text, or a list for several), `faults` are codes per field."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, list[UploadFile]] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    result: D | None = None

    @property
    def draft(self) -> D:
        if self.result is None:
            raise Invalid(dict(self.faults))
        return self.result

    def value(self, name: str, default: Any = "") -> Any:
        return self.values.get(name, default)

    def error(self, name: str) -> Fault | None:
        return self.faults.get(name)

    def refused(self, faults: Mapping[str, Fault]) -> "Filled[D]":
        return replace(self, faults=dict(faults))


def blank(**values: Any) -> Filled[Any]:
    """An empty form, or one that begins with what is there now."""
    return Filled(values=values)


def filled(schema: type[D], *, again: Again) -> Any:
    """A dependency that reads the posted form into `schema`; when something is wrong, `again` answers with 422."""

    async def read(request: Request) -> Filled[D]:
        form = await request.form()
        typed, files = _as_typed(schema, form), _files(form)
        request.state.again = again
        request.state.form = Filled(typed, files)
        try:
            result, faults = schema.model_validate(_without_blanks(typed)), {}
        except ValidationError as wrong:
            result, faults = None, faults_of(wrong.errors(include_input=False, include_url=False))
        request.state.form = Filled(typed, files, faults, result)
        return request.state.form

    return Depends(read, scope="function")


def from_address(schema: type[D], query: Mapping[str, str]) -> Filled[D]:
    """A filter as the address of the page has it, with what is wrong in it."""
    try:
        return Filled(values=query, result=schema.model_validate(dict(query)))
    except ValidationError as wrong:
        return Filled(values=query, faults=faults_of(wrong.errors(include_input=False, include_url=False)))


def faults_of(problems: Iterable[Any]) -> dict[str, Fault]:
    """Pydantic's errors as our codes, one per field, without the input itself."""
    faults: dict[str, Fault] = {}
    for error in problems:
        name = ".".join(str(step) for step in error["loc"]) or "form"
        context: dict[str, object] = {
            k: v for k, v in error.get("ctx", {}).items() if isinstance(v, str | int | float)
        }
        code = str(error["ctx"]["error"]) if error["type"] == "value_error" else f"field.{error['type']}"
        faults.setdefault(name, (code, context))
    return faults


def _as_typed(schema: type[BaseModel], form: FormData) -> dict[str, Any]:
    many = {name for name, info in schema.model_fields.items() if _is_list(info.annotation)}
    typed: dict[str, Any] = {}
    for name in form:
        texts = [value for value in form.getlist(name) if isinstance(value, str)]
        if texts:
            typed[name] = texts if name in many else texts[-1].replace("\r\n", "\n").strip()
    return typed


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(get_origin(a) is list for a in get_args(annotation))


def _files(form: FormData) -> dict[str, list[UploadFile]]:
    found: dict[str, list[UploadFile]] = {}
    for name in form:
        uploads = [value for value in form.getlist(name) if isinstance(value, UploadFile) and value.filename]
        if uploads:
            found[name] = uploads
    return found


def _without_blanks(typed: Mapping[str, Any]) -> dict[str, Any]:
    """An empty box is no answer, so that a default or "required" applies."""
    return {name: value for name, value in typed.items() if value != ""}
