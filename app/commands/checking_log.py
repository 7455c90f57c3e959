"""`klantsafari check-log`: is every line of the log still as it was written?"""

from typing import Annotated

import typer

from app.database import database
from app.models.audit import chaining, checking
from app.models.audit.checking import Verdict

TROUBLE = {
    "changed": "Line {seq} ({id}) is not what was written.",
    "gone": "Line {seq} ({id}) is not there any more.",
    "stranger": "Line {id} was put in afterwards.",
    "rewritten": "Line {seq} ({id}) fits its neighbours, but is another than the one that was checked before.",
}


def check_log(
    known: Annotated[
        str, typer.Option(help="What an earlier check printed and you kept elsewhere, as LINES:HASH.")
    ] = "",
) -> None:
    """Follow the chain over every line of the log; name the first that does not fit."""
    mark = _mark(known)
    while True:
        with database().writing() as db:
            if not chaining.lengthen(db):
                break
    with database().reading() as db:
        verdict = checking.check(db, known=mark)
    with database().writing() as db:
        checking.record(db, verdict)
    typer.echo(said(verdict), err=bool(verdict.trouble))
    if verdict.trouble:
        raise typer.Exit(1)


def said(verdict: Verdict) -> str:
    if verdict.trouble:
        words = TROUBLE[verdict.trouble]
        return words.format(seq=verdict.broken_seq, id=verdict.broken_id or "no id left")
    return f"{verdict.lines} lines, all as they were written. Keep this elsewhere: {verdict.lines}:{verdict.head}"


def _mark(known: str) -> tuple[int, str] | None:
    if not known:
        return None
    lines, _, head = known.partition(":")
    if not lines.isdecimal() or len(head) != 64:
        raise typer.BadParameter("is LINES:HASH, as an earlier check printed it", param_hint="--known")
    return int(lines), head
