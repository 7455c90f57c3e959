from typing import Any

from sqlmodel import Session

from app.clock import new_id
from app.models.location.table import Location, LocationKind
from app.models.team.table import Team, TeamMember
from app.models.user.actors import actor_for
from app.models.user.passwords import hash_password
from app.models.user.table import Membership, User
from app.seeds.stage import Stage


def tell_people(
    db: Session, stage: Stage, told: dict[str, list[dict[str, Any]]], password: str
) -> list[User]:
    for place in told["locations"]:
        parent = stage.places.get(place.get("parent", ""))
        node_id = new_id()
        path = f"{parent.path if parent else '/'}{node_id}/"
        kind = LocationKind(place["kind"])
        node = Location(
            id=node_id, parent_id=parent.id if parent else None, kind=kind, name=place["name"], path=path
        )
        stage.places[place["ref"]] = node
        db.add(node)
        db.flush()
    hashed = hash_password(password)
    users = []
    for person in told["people"]:
        user = User(
            email=person["email"], name=person["name"], language=person["language"], password_hash=hashed
        )
        db.add(user)
        db.flush()
        for held in person["memberships"]:
            db.add(Membership(user_id=user.id, location_id=stage.places[held["at"]].id, role=held["role"]))
        db.flush()
        stage.actors[person["ref"]] = actor_for(db, user)
        users.append(user)
    for team in told["teams"]:
        made = Team(name=team["name"], location_id=stage.places[team["location"]].id)
        stage.teams[team["ref"]] = made.id
        db.add(made)
        db.flush()
        db.add_all(TeamMember(team_id=made.id, user_id=stage.actors[ref].id) for ref in team["members"])
    db.flush()
    return users
