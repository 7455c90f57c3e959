"""All that stands around a note on its own page; the same number of questions for every note."""

from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session, col, select

from app.models.access import Actor, Permission
from app.models.field_note.checking import outlines
from app.models.field_note.contacting import may_open
from app.models.field_note.showing import Line, lines
from app.models.field_note.table import Contact, FieldNote, Tagging, TaggingState
from app.models.guide.queries import Outline
from app.models.location.table import Location
from app.models.safari import queries as safaris
from app.models.safari.table import Safari
from app.models.tag import queries as tags
from app.models.tag.table import Tag
from app.models.user.table import User


@dataclass(frozen=True, slots=True)
class Label:
    """`quotes` are the words it rests on, as they stand in the note; `felt_by` is who said how it was meant."""

    tag: Tag
    tagging: Tagging
    quotes: list[str]
    felt_by: str | None


@dataclass(frozen=True)
class Story:
    """`labels` in the order of the themes; `others` are the themes it does not have yet. `only_looking` is who reads
    it in an emergency."""

    note: FieldNote
    guide: Outline
    place: Location
    author: User
    safari: Safari
    safari_seen: bool
    labels: list[Label]
    others: list[Tag]
    contact: Contact | None
    contact_open: bool
    only_looking: bool

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.note, self.guide, [label.tagging for label in self.labels])

    def in_state(self, state: str) -> list[Label]:
        return [label for label in self.labels if label.tagging.state == TaggingState(state)]


def story(db: Session, actor: Actor, note: FieldNote) -> Story:
    place, author, safari = db.exec(
        select(Location, User, Safari)
        .join(FieldNote, col(FieldNote.location_id) == col(Location.id))
        .join(User, col(User.id) == col(FieldNote.author_id))
        .join(Safari, col(Safari.id) == col(FieldNote.safari_id))
        .where(FieldNote.id == note.id)
    ).one()
    with_names = select(Tagging, User.name).outerjoin(User, col(User.id) == col(Tagging.felt_by_id))
    taggings = {t.tag_id: (t, who) for t, who in db.exec(with_names.where(Tagging.note_id == note.id))}
    every = tags.every(db)
    return Story(
        note=note,
        guide=outlines.get(db, safari.guide_version_id),
        place=place,
        author=author,
        safari=safari,
        safari_seen=_sees(db, actor, safari),
        labels=[
            Label(tag, tagging, _quotes(note, tagging), felt_by)
            for tag in every
            if tag.id in taggings
            for tagging, felt_by in [taggings[tag.id]]
        ],
        others=[tag for tag in every if tag.active and tag.id not in taggings],
        contact=db.get(Contact, note.id),
        contact_open=may_open(actor, note, place),
        only_looking=note.author_id != actor.id and not actor.may(Permission.RECORD_NOTE, at=place.path),
    )


def _sees(db: Session, actor: Actor, safari: Safari) -> bool:
    return db.exec(safaris.visible_to(actor).where(Safari.id == safari.id)).first() is not None


def _quotes(note: FieldNote, tagging: Tagging) -> list[str]:
    texts = {name: answer["value"] for name, answer in note.answers.items()}
    return [
        texts[span["field"]][span["start"] : span["end"]] for span in tagging.spans if span["field"] in texts
    ]
