"""Whatever a customer or a colleague wrote: none of it stands in the log."""

import json

from sqlmodel import select

from app.models import erasing
from app.models.action import commenting, raising
from app.models.action.schemas import ActionDraft, CommentDraft
from app.models.audit.table import AuditEntry
from app.models.field_note import contacting, tagging
from app.models.rule import naming
from app.models.rule.schemas import RuleDraft
from app.models.tag.table import Tag
from tests.makers_note import interview, recorded, running_safari
from tests.makers_rule import met

CANARY = "KANARIE"
SAID = f"{CANARY} moest 35 euro betalen, dat mag ik niet anders, zei ze."


def test_no_word_of_a_note_its_call_back_its_action_or_its_rule_is_in_the_log(db, cast, actor):
    bas = actor(cast.bas)
    safari = running_safari(db, cast.town_hall, cast.bas)
    wish = {"name": f"{CANARY} de Vries", "reach": "0612345678"}
    told = interview(safari.id, answers={"story": {"value": SAID, "literal": True}}, call_back=wish)
    note = recorded(db, bas, told)
    contacting.reveal(db, note, by=bas)
    tagging.add(db, note, db.exec(select(Tag.id).where(Tag.slug == "regels")).one(), by=bas)
    quote = f"story:0-{len(SAID)}"
    wanted = {"title": f"{CANARY} goedkoper", "description": CANARY, "kind": "clear", "quotes": [quote]}
    action = raising.raise_from(db, note, ActionDraft.model_validate(wanted), by=bas)
    commenting.comment(db, action, CommentDraft(text=CANARY), by=bas)
    named = {"location_id": cast.town_hall, "title": CANARY, "kind": "fee", "view": CANARY}
    rule = naming.name(db, RuleDraft.model_validate(named), by=bas)
    met(db, bas, rule, note, quote)
    erasing.erase(db, note, by=bas)
    lines = db.exec(select(AuditEntry)).all()
    assert len(lines) >= 7
    assert CANARY not in json.dumps([line.model_dump(mode="json") for line in lines])
    assert "612345678" not in json.dumps([line.detail for line in lines])
