"""A proposal as JSON."""

from pydantic import BaseModel, Field

from app.models.action.as_json import QuoteOut
from app.models.action.table import ActionKind
from app.models.proposal.offering import Offer


class NearOut(BaseModel):
    """An open action about the same; `words`: in what they meet."""

    action_id: str
    title: str
    words: list[str]


class SaidOut(QuoteOut):
    pick: str = Field(description='Names this sentence when you accept: "note/field:start-end".')


class ProposalOut(BaseModel):
    """`customers` say this within `days` days; `fresh` of them since it was refused. `waits`: it was refused, and
    nobody new has said it."""

    key: str
    location_id: str
    theme: str
    title: str
    kind: ActionKind
    customers: int
    days: int
    waits: bool
    fresh: int
    reason: str
    quotes: list[SaidOut]
    near: list[NearOut]


def shown(offer: Offer) -> ProposalOut:
    return ProposalOut(
        key=offer.key,
        location_id=offer.place.id,
        theme=offer.slug,
        title=offer.title,
        kind=offer.kind,
        customers=len(offer.group.quotes),
        days=offer.group.days,
        waits=offer.waits,
        fresh=offer.fresh,
        reason=offer.refused.reason if offer.refused else "",
        quotes=[
            SaidOut(
                note_id=said.note_id,
                field=said.field,
                quote=said.text,
                mark_start=said.mark_start,
                mark_end=said.mark_end,
                pick=said.pick,
            )
            for said in offer.group.quotes
        ],
        near=[
            NearOut(action_id=near.subject.id, title=near.subject.title, words=list(near.likeness.words))
            for near in offer.near
        ],
    )
