"""What the page of an action shows beside why and how: steps, room, files, who follows and who was named."""

from typing import Any

from sqlmodel import Session

from app.models.access import Actor
from app.models.action import (
    filing,
    mentioning,
    queries,
    repeating,
    room_asking,
    room_using,
    stepping,
    watching,
)
from app.models.action.table import ImprovementAction
from app.models.location.table import Location
from app.models.user.queries import names_of


def parts(db: Session, actor: Actor, action: ImprovementAction, place: Location) -> dict[str, Any]:
    uses = room_using.uses_of(db, action.id)
    files = filing.files_of(db, action.id)
    people = (
        {use.by_id for use in uses}
        | {use.answered_by_id for use in uses}
        | {one.added_by_id for one in files}
    )
    watchers = watching.watchers_of(db, action)
    return {
        "steps": stepping.steps_of(db, action.id),
        "files": files,
        "watchers": watchers,
        "follows": actor.id in {one.id for one in watchers},
        "named": [one for one in mentioning.unseen(db, actor) if one.action.id == action.id],
        "people": queries.readers_at(db, place),
        "former": queries.former_owner(db, action),
        "repetition": repeating.repetition_of(db, action.id),
        "rooms": room_using.rooms_for(db, action, place),
        "uses": uses,
        "names": names_of(db, people),
        "may_answer": room_asking.may_answer(db, action, place, actor),
        "question": room_asking.open_question(db, action.id),
    }
