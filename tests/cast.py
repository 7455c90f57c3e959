"""Five people, two places, one guide: the company every test sentence speaks about."""

from functools import cache

from sqlmodel import Session

from app.models.access import Role
from app.models.guide.publishing import publish_shipped
from app.models.location.table import Location, LocationKind
from app.models.tag.shipping import ship_themes
from app.models.team.table import Team, TeamMember
from app.models.user.table import Membership, User

PASSWORD = "zeven-groene-fietsen"


def _id(number: int) -> str:
    return f"0190a000-0000-7000-8000-{number:012d}"


class Cast:
    """Ids that are the same in every test database."""

    waterrijk, city, town_hall = _id(1), _id(2), _id(3)
    bank, branch = _id(4), _id(5)
    anna, bas, carla, dirk, eva = _id(11), _id(12), _id(13), _id(14), _id(15)
    counter_team, branch_team = _id(21), _id(22)


@cache
def password_hash() -> str:
    from app.models.user.passwords import hash_password

    return hash_password(PASSWORD)


PLACES = [
    (Cast.waterrijk, None, LocationKind.ORGANISATION, "Waterrijk"),
    (Cast.city, Cast.waterrijk, LocationKind.REGION, "Gemeente"),
    (Cast.town_hall, Cast.city, LocationKind.LOCATION, "Stadskantoor"),
    (Cast.bank, Cast.waterrijk, LocationKind.REGION, "Bank"),
    (Cast.branch, Cast.bank, LocationKind.LOCATION, "Kantoor Markt"),
]
PEOPLE = [
    (Cast.anna, "Anna Bakker", Role.ADMIN, Cast.waterrijk),
    (Cast.bas, "Bas de Wit", Role.MANAGER, Cast.town_hall),
    (Cast.carla, "Carla Smit", Role.MEMBER, Cast.town_hall),
    (Cast.dirk, "Dirk Mulder", Role.MANAGER, Cast.branch),
    (Cast.eva, "Eva Visser", Role.READER, Cast.town_hall),
]


def gather(db: Session) -> None:
    paths: dict[str | None, str] = {None: "/"}
    for place, parent, kind, name in PLACES:
        paths[place] = f"{paths[parent]}{place}/"
        db.add(Location(id=place, parent_id=parent, kind=kind, name=name, path=paths[place]))
        db.flush()
    for person, name, role, place in PEOPLE:
        email = f"{name.split()[0].lower()}@klantsafari.example"
        db.add(User(id=person, name=name, email=email, password_hash=password_hash()))
        db.flush()
        db.add(Membership(user_id=person, role=role, location_id=place))
    db.add(Team(id=Cast.counter_team, name="Balie burgerzaken", location_id=Cast.town_hall))
    db.add(Team(id=Cast.branch_team, name="Klantadvies", location_id=Cast.branch))
    db.flush()
    db.add(TeamMember(team_id=Cast.counter_team, user_id=Cast.carla))
    ship_themes(db)
    publish_shipped(db)
