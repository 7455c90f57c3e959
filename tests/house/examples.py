"""One example of everything a path can name, at the town hall of Bas, Carla and Eva; Dirk works elsewhere.

Rows go straight into the tables, so that the matrix tests guards and nothing else. A new name in a path gets a
line here.
"""

import json
from datetime import timedelta

from sqlmodel import Session, col, select

from app import storage
from app.clock import new_id, now
from app.models.access import Role
from app.models.action.table import ActionKind, Comment, Evidence, ImprovementAction, RuleAction
from app.models.attachment.table import Attachment, AttachmentKind
from app.models.board.table import Board
from app.models.delivery.quarantining import place_of
from app.models.delivery.table import Announcement, Device, Quarantine
from app.models.field_note.table import Contact, FieldNote, NoteEdit, NoteKind, Receipt, Tagging
from app.models.goal.table import Goal, Level
from app.models.guide.table import Guide, GuideVersion
from app.models.rule.table import Rule, RuleKind, RuleNote
from app.models.safari.table import Safari, SafariParticipant, SafariState
from app.models.tag.table import Tag
from app.models.user.actors import digest
from app.models.user.identity_table import UserIdentity
from app.models.user.proof_table import Passkey
from app.models.user.table import Invitation, Membership, UserSession
from app.sealing import seal
from tests.cast import Cast
from tests.house.examples_following_up import around_action, of_rhythm
from tests.house.examples_privacy import of_emergency, of_privacy
from tests.makers_promise import told_and_linked
from tests.makers_proposal import key_of, pick_of, the_fee

STORY = "Ik moest drie keer hetzelfde vertellen."
UNREADABLE = "Ik wachtte wel heel erg lang."
NAME, NUMBER = "Mevrouw Kanarie", "06 12345678"


def examples(db: Session) -> dict[str, str]:
    """Path parameter -> the id that stands for it."""
    safari = _safari(db)
    note = _note(db, safari)
    tag = db.exec(select(Tag).order_by(col(Tag.position))).first()
    assert tag is not None
    tagging = Tagging(note_id=note.id, tag_id=tag.id, origin="lexicon")
    action = ImprovementAction(
        location_id=Cast.town_hall,
        title="Vraag maar één keer",
        kind=ActionKind.CLEAR,
        owner_id=Cast.carla,
        created_by_id=Cast.bas,
        moved_at=now(),
    )
    attachment = _attachment(note)
    db.add_all([tagging, action, attachment, _voice(note)])
    db.flush()
    evidence = Evidence(action_id=action.id, note_id=note.id, field="story", quote=STORY)
    comment = Comment(action_id=action.id, author_id=Cast.carla, text="Ik pak dit op.")
    goal = Goal(location_id=Cast.town_hall, level=Level.YEARS, title="Iedereen in één keer geholpen")
    board = Board(name="Balie, te laat", owner_id=Cast.carla, shared_at_id=Cast.town_hall)
    db.add_all([evidence, comment, goal, board])
    guide = db.exec(select(Guide)).one()
    said = the_fee(db, Cast.town_hall, Cast.bas)
    said[0].answers = said[0].answers | {"advice": {"value": "Help gewoon even.", "literal": True}}
    edit, apart = _edit(note), _apart(note)
    db.add_all([edit, apart])
    return {
        **_people(db),
        "break_glass_id": of_emergency(db),
        **_announced(db, safari),
        **_rules(db, note, action),
        **told_and_linked(db, note, action),
        **of_privacy(db, note),
        "safari_id": safari.id,
        "code": safari.join_code,
        "join_code": safari.join_code,
        "note_id": note.id,
        "edit_id": edit.id,
        "quarantine_id": apart.id,
        "field": "story",
        "tag_id": tag.id,
        "tagging_id": tagging.id,
        "action_id": action.id,
        "goal_id": goal.id,
        "level": "year",
        "board_id": board.id,
        "evidence_id": evidence.id,
        "comment_id": comment.id,
        **around_action(db, action),
        "attachment_id": attachment.id,
        "proposal_key": key_of(said[0]),
        "proposal_pick": pick_of(said[0]),
        "advice_id": said[0].id,
        "sha256": attachment.sha256,
        "location_id": Cast.town_hall,
        "team_id": Cast.counter_team,
        "user_id": Cast.carla,
        "guide_id": guide.id,
        "version_id": safari.guide_version_id,
        **of_rhythm(db),
        "number": "1",
        "position": "1",
    }


def _safari(db: Session) -> Safari:
    safari = Safari(
        location_id=Cast.town_hall,
        guide_version_id=db.exec(select(GuideVersion.id)).one(),
        leader_id=Cast.bas,
        state=SafariState.RUNNING,
        started_at=now() - timedelta(minutes=30),
        join_code=new_id(),
    )
    db.add(safari)
    db.flush()
    db.add(SafariParticipant(safari_id=safari.id, user_id=Cast.carla))
    return safari


def _note(db: Session, safari: Safari) -> FieldNote:
    note = FieldNote(
        safari_id=safari.id,
        location_id=safari.location_id,
        author_id=Cast.carla,
        kind=NoteKind.INTERVIEW,
        held_at=now(),
        consent="aan-de-balie-1",
        answers={"story": {"value": STORY, "literal": True}},
        headline=STORY,
    )
    db.add(note)
    db.flush()
    db.add(Receipt(note_id=note.id, revision=1, sha256="0" * 64))
    name, reach = seal(NAME, place=f"contact/{note.id}/name"), seal(NUMBER, place=f"contact/{note.id}/reach")
    db.add(Contact(note_id=note.id, name=name, reach=reach))
    return note


def _edit(note: FieldNote) -> NoteEdit:
    draft = {"schema": 1, "safari_id": note.safari_id, "kind": "interview", "effect": None, "declined": False}
    said = {"answers": {"story": {"value": "Ik moest het drie keer zeggen.", "literal": True}}}
    return NoteEdit(
        note_id=note.id, base=0, revision=1, sha256="1" * 64, draft=draft | said, author_id=Cast.carla
    )


def _apart(note: FieldNote) -> Quarantine:
    apart = Quarantine(
        note_id=new_id(),
        sha256="2" * 64,
        sealed=b"",
        user_id=Cast.carla,
        safari_id=note.safari_id,
        location_id=note.location_id,
        faults={"answers.roddel": ["note.unknown_question", {}]},
    )
    sent = {"kind": "interview", "answers": {"roddel": {"value": UNREADABLE}}}
    apart.sealed = seal(json.dumps(sent), place=place_of(apart))
    return apart


def _attachment(note: FieldNote) -> Attachment:
    blob = storage.put(b"\xff\xd8\xff\xe0 as good as a photo")
    return Attachment(
        note_id=note.id,
        kind=AttachmentKind.PHOTO,
        sha256=blob,
        media_type="image/jpeg",
        size=24,
        blob=blob,
        thumbnail=blob,
    )


def _voice(note: FieldNote) -> Attachment:
    blob = storage.put(b"as good as a voice")
    return Attachment(
        note_id=note.id, kind=AttachmentKind.VOICE, sha256=blob, media_type="audio/webm", size=18, blob=blob
    )


def _announced(db: Session, safari: Safari) -> dict[str, str]:
    """Carla's phone has a note of Bas's safari that is not here; Bas's own phone is known too."""
    device = Device(phone_id=new_id(), user_id=Cast.bas)
    announced = Announcement(
        note_id=new_id(), phone_id=new_id(), user_id=Cast.carla, safari_id=safari.id, sha256="0" * 64
    )
    db.add_all([device, announced])
    return {"device_id": device.id, "announced_id": announced.note_id}


def _rules(db: Session, note: FieldNote, action: ImprovementAction) -> dict[str, str]:
    """One that a customer met and an action is about, and another that may turn out to be the same."""
    rule, other = (
        Rule(location_id=Cast.town_hall, title=title, kind=RuleKind.RULE) for title in ("Een", "Twee")
    )
    db.add_all([rule, other])
    db.flush()
    db.add(RuleNote(rule_id=rule.id, note_id=note.id, field="story", quote=STORY))
    db.add(RuleAction(rule_id=rule.id, action_id=action.id))
    return {"rule_id": rule.id, "other_rule_id": other.id}


def _people(db: Session) -> dict[str, str]:
    token = new_id()
    invitation = Invitation(
        token_hash=digest(token),
        email="fatima@klantsafari.example",
        name="Fatima",
        location_id=Cast.town_hall,
        role=Role.MEMBER,
        invited_by_id=Cast.anna,
        expires_at=now() + timedelta(days=14),
    )
    session = UserSession(
        user_id=Cast.bas,
        token_hash=digest(new_id()),
        last_seen_at=now(),
        expires_at=now() + timedelta(days=1),
    )
    passkey = Passkey(user_id=Cast.bas, key_id=new_id(), public_key=b"", site="testserver", name="Telefoon")
    identity = UserIdentity(user_id=Cast.bas, issuer="https://login.example", subject="bas")
    db.add_all([invitation, session, passkey, identity])
    db.flush()
    membership = db.exec(select(Membership.id).where(Membership.user_id == Cast.carla)).one()
    return {
        "passkey_id": passkey.id,
        "kind": "passkey_offer",
        "token": token,
        "invitation_id": invitation.id,
        "session_id": session.id,
        "identity_id": identity.id,
        "membership_id": membership,
    }
