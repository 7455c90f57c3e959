import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.clock import new_id
from app.models.field_note import recording, tagging
from app.models.field_note.schemas import NoteDraft
from app.models.field_note.table import Contact, FieldNote, Receipt, Tagging, TaggingState
from app.models.guide.table import GuideVersion
from app.models.safari.table import Safari, SafariParticipant, SafariState
from app.models.tag.table import Tag
from app.seeds.stage import Stage, workday


def tell_safaris(db: Session, stage: Stage, told: list[dict[str, Any]]) -> None:
    version = db.exec(select(GuideVersion)).one()
    for outing in told:
        state = SafariState(outing["state"])
        begins, ends = _hours(stage, outing, state)
        planned = state == SafariState.PLANNED
        safari = Safari(
            location_id=stage.places[outing["location"]].id,
            guide_version_id=version.id,
            leader_id=stage.actors[outing["leader"]].id,
            goal=outing["goal"],
            target=outing["target"],
            state=state,
            planned_for=begins if planned else None,
            started_at=None if planned else begins,
            closed_at=ends,
            join_code=secrets.token_urlsafe(16),
            debrief=outing.get("debrief", ""),
            created_at=min(begins, stage.now),
        )
        db.add(safari)
        db.flush()
        stage.safaris[outing["ref"]] = safari
        for ref in outing["participants"]:
            db.add(SafariParticipant(safari_id=safari.id, user_id=stage.actors[ref].id, joined_at=begins))
    db.flush()


def _hours(stage: Stage, outing: dict[str, Any], state: SafariState) -> tuple[datetime, datetime | None]:
    if state == SafariState.RUNNING:
        stage.days[outing["ref"]] = stage.today()
        return stage.now - timedelta(minutes=outing["minutes_ago"]), None
    day: date = workday(stage.day(outing["days_ago"]))
    stage.days[outing["ref"]] = day
    ended = stage.at(day, outing["ended"]) if state == SafariState.CLOSED else None
    return stage.at(day, outing["at"]), ended


def tell_notes(db: Session, stage: Stage, told: list[dict[str, Any]]) -> None:
    version = db.exec(select(GuideVersion)).one()
    for heard in told:
        by = stage.actors[heard["by"]]
        draft = _draft(stage, heard, version.consent_version)
        receipt, _ = recording.record(db, new_id(), draft, sent=recording.canonical(draft), by=by)
        arrived = min(draft.held_at + timedelta(minutes=heard.get("received_after", 0)), stage.now)
        db.exec(update(Receipt).where(col(Receipt.note_id) == receipt.id).values(received_at=arrived))
        if called := heard.get("contact", {}).get("called_days_ago"):
            called_at = stage.ago(called, "15:20")
            row = update(Contact).where(col(Contact.note_id) == receipt.id)
            db.exec(row.values(called_at=called_at, called_by_id=by.id))
        stage.notes[heard["ref"]] = db.get(FieldNote, receipt.id)


def _draft(stage: Stage, heard: dict[str, Any], consent: str) -> NoteDraft:
    literal = set(heard.get("literal", ()))
    answers = {
        name: {"value": value} | ({"literal": name in literal} if isinstance(value, str) else {})
        for name, value in heard.get("answers", {}).items()
    }
    if "minutes_ago" in heard:
        held_at = stage.now - timedelta(minutes=heard["minutes_ago"])
    else:
        held_at = stage.at(stage.days[heard["safari"]], heard["at"])
    contact = heard.get("contact")
    agreed = heard.get("consent")
    reach = contact and {"name": contact.get("name", ""), "reach": contact.get("phone") or contact["email"]}
    return NoteDraft.model_validate(
        {
            "safari_id": stage.safaris[heard["safari"]].id,
            "kind": heard["kind"],
            "held_at": held_at,
            "consent": consent if agreed else "",
            "declined": agreed is False,
            "answers": answers,
            "effect": heard.get("effect"),
            "channel": heard.get("channel"),
            "call_back": reach,
        }
    )


def tell_decisions(db: Session, stage: Stage, told: list[dict[str, Any]]) -> None:
    tags = dict(db.exec(select(Tag.slug, Tag.id)).all())
    for decision in told:
        note, by, tag_id = (
            stage.notes[decision["note"]],
            stage.actors[decision["by"]],
            tags[decision["theme"]],
        )
        state = TaggingState(decision["state"])
        there = select(Tagging).where(Tagging.note_id == note.id, Tagging.tag_id == tag_id)
        if db.exec(there).first() is not None:
            tagging.decide(db, note, tag_id, state, by=by)
        elif state == TaggingState.ACCEPTED:
            added = tagging.add(db, note, tag_id, by=by)
            start = note.answers[decision["field"]]["value"].index(decision["words"])
            end = start + len(decision["words"])
            added.spans = [
                {"field": decision["field"], "start": start, "end": end, "sentiment": note.sentiment}
            ]
    db.flush()
