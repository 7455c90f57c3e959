from datetime import timedelta
from typing import Any

from sqlmodel import Session

from app.models.action.table import ActionTeam, Comment, Evidence, ImprovementAction, Room, Step
from app.models.audit.table import AuditEntry
from app.seeds.stage import Stage


def tell_actions(db: Session, stage: Stage, told: list[dict[str, Any]]) -> None:
    for position, plan in enumerate(told, start=1):
        action = _action(stage, plan, float(position))
        db.add(action)
        db.flush()
        stage.actions[plan["ref"]] = action
        db.add_all(
            ActionTeam(action_id=action.id, team_id=stage.teams[team]) for team in plan.get("teams", ())
        )
        db.add_all(_evidence(stage, action, found) for found in plan["evidence"])
        db.add_all(_comment(stage, action, said) for said in plan.get("comments", ()))
        db.add_all(_history(stage, action, plan))
    db.flush()


def _action(stage: Stage, plan: dict[str, Any], position: float) -> ImprovementAction:
    owner, due_in = plan.get("owner"), plan.get("due_in")
    moves = plan.get("moves", [])
    last = moves[-1] if moves else {"by": plan["created_by"], "days_ago": plan["days_ago"]}
    waiting = plan.get("room") == Room.WAITING
    return ImprovementAction(
        location_id=stage.places[plan["location"]].id,
        title=plan["title"],
        description=plan.get("description", ""),
        kind=plan["kind"],
        step=Step(plan["step"]),
        position=position,
        version=1 + len(moves),
        owner_id=stage.actors[owner].id if owner else None,
        due_on=None if due_in is None else stage.today() + timedelta(days=due_in),
        room=plan.get("room"),
        room_from=plan.get("room_from", ""),
        room_since=stage.ago(plan["room_since"]) if waiting else None,
        reason=plan.get("reason", ""),
        created_by_id=stage.actors[plan["created_by"]].id,
        created_at=stage.ago(plan["days_ago"]),
        moved_by_id=stage.actors[last["by"]].id,
        moved_at=stage.ago(last["days_ago"]),
        stirred_at=stage.ago(last["days_ago"]),
    )


def _evidence(stage: Stage, action: ImprovementAction, found: dict[str, Any]) -> Evidence:
    start = found["quote"].index(found["mark"])
    return Evidence(
        action_id=action.id,
        note_id=stage.notes[found["note"]].id,
        field=found["field"],
        quote=found["quote"],
        mark_start=start,
        mark_end=start + len(found["mark"]),
    )


def _comment(stage: Stage, action: ImprovementAction, said: dict[str, Any]) -> Comment:
    at = stage.ago(said["days_ago"], said["at"])
    return Comment(
        action_id=action.id, author_id=stage.actors[said["by"]].id, text=said["text"], created_at=at
    )


def _history(stage: Stage, action: ImprovementAction, plan: dict[str, Any]) -> list[AuditEntry]:
    """The same lines that raising and moving write, on the days they happened."""
    entries = [_entry(stage, action, "action.raised", plan["created_by"], plan["days_ago"], {})]
    step = Step.NEW.value
    for move in plan.get("moves", ()):
        detail = {"from": step, "to": move["to"]}
        entries.append(_entry(stage, action, "action.moved", move["by"], move["days_ago"], detail))
        step = move["to"]
    return entries


def _entry(
    stage: Stage, action: ImprovementAction, verb: str, ref: str, days_ago: int, detail: dict[str, str]
) -> AuditEntry:
    actor = stage.actors[ref]
    return AuditEntry(
        verb=verb,
        subject_kind="action",
        subject_id=action.id,
        actor_id=actor.id,
        actor_name=actor.name,
        location_id=action.location_id,
        detail=detail,
        at=stage.ago(days_ago),
    )
