"""A form whose fields follow from a guide, as typed: every field a list of texts."""

from typing import Any

from fastapi import Depends, Request

from app.forms import Again, Filled


def answered(again: Again) -> Any:
    """Whatever is Invalid afterwards brings the same page back, with what was typed."""

    async def read(request: Request) -> Filled[Any]:
        sent = await request.form()
        values = {name: [v for v in sent.getlist(name) if isinstance(v, str)] for name in sent}
        request.state.again, request.state.form = again, Filled[Any](values)
        return Filled[Any](values)

    return Depends(read, scope="function")


def one(form: Filled[Any], name: str) -> str:
    given = form.value(name) or [""]
    return str(given[-1])


def number(form: Filled[Any], name: str) -> int:
    """0 when it is no number: no revision has that."""
    text = one(form, name)
    return int(text) if text.isdecimal() and len(text) < 6 else 0
