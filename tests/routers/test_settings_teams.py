from sqlmodel import select

from app.models.team.table import Team, TeamMember
from tests.cast import Cast
from tests.counting import counted_queries
from tests.looking import look


def test_anna_makes_a_team_with_people_from_two_places(as_user, cast: Cast, db):
    anna = as_user(cast.anna)
    new = {"name": "Backoffice", "location_id": cast.city, "members": [cast.carla, cast.dirk]}
    assert anna.post("/settings/teams", data=new).status_code == 303
    team = look(select(Team).where(Team.name == "Backoffice"))[0]
    assert "2 leden" in anna.get("/settings/teams").text
    anna.post(f"/settings/teams/{team.id}", data={"name": "Back-office", "members": [cast.dirk]})
    assert look(select(TeamMember.user_id).where(TeamMember.team_id == team.id)) == [cast.dirk]
    anna.post(f"/settings/teams/{team.id}", data={"name": "Back-office"})
    assert look(select(TeamMember.user_id).where(TeamMember.team_id == team.id)) == []


def test_wrong_teams_are_refused_and_what_was_typed_is_kept(as_user, cast: Cast):
    anna = as_user(cast.anna)
    same = anna.post("/settings/teams", data={"name": "balie burgerzaken", "location_id": cast.town_hall})
    assert same.status_code == 422
    assert "Dit team bestaat hier al." in same.text
    stranger = anna.post(
        f"/settings/teams/{cast.counter_team}", data={"name": "Balie X", "members": ["niemand"]}
    )
    assert stranger.status_code == 422
    assert "Balie X" in stranger.text
    assert anna.get("/settings/teams/onbekend").status_code == 404


def test_the_list_of_teams_asks_no_more_for_many_teams(as_user, cast: Cast, db):
    anna = as_user(cast.anna)
    with counted_queries() as few:
        anna.get("/settings/teams")
    db.add_all(Team(name=f"Team {n}", location_id=cast.town_hall) for n in range(30))
    db.commit()
    with counted_queries() as many:
        anna.get("/settings/teams")
    assert len(many) == len(few)
