from sqlmodel import select

from app.models.access import Role
from app.models.audit.table import AuditEntry
from app.models.user import tokens
from app.models.user.table import Membership, User, UserSession
from tests.cast import Cast
from tests.counting import counted_queries
from tests.looking import look
from tests.makers_user import someone


def test_anna_sees_everybody_and_bas_only_his_own_people(as_user, cast: Cast, db):
    someone(db, "zonder@klantsafari.example")
    db.add(Membership(user_id=cast.dirk, location_id=cast.town_hall, role=Role.READER))
    db.commit()
    all_of_them = as_user(cast.anna).get("/settings/users").text
    for name in ("Anna", "Bas", "Carla", "Dirk", "Eva", "Zonder"):
        assert name in all_of_them
    his = as_user(cast.bas).get("/settings/users").text
    assert "Carla Smit" in his
    assert "Dirk Mulder" in his
    assert "Zonder" not in his
    assert "Kantoor Markt" not in his
    assert "Kantoor Markt" not in as_user(cast.bas).get(f"/settings/users/{cast.dirk}").text


def test_anna_gives_carla_a_second_role_and_takes_it_back(as_user, cast: Cast, db):
    anna = as_user(cast.anna)
    given = {"role": "manager", "location_id": cast.branch}
    assert anna.post(f"/settings/users/{cast.carla}/memberships", data=given).status_code == 303
    again = anna.post(f"/settings/users/{cast.carla}/memberships", data=given)
    assert again.status_code == 422
    assert "Deze rol is er al op die locatie." in again.text
    assert as_user(cast.carla).get("/settings/users").status_code == 200
    own = select(Membership.id).where(Membership.user_id == cast.carla, Membership.role == Role.MANAGER)
    held = look(own)[0]
    assert anna.post(f"/settings/users/{cast.carla}/memberships/{held}/removal").status_code == 303
    assert as_user(cast.carla).get("/settings/users").status_code == 403
    assert anna.post(f"/settings/users/{cast.bas}/memberships/{held}/removal").status_code == 404


def test_the_last_beheerder_stays(as_user, cast: Cast, db):
    anna = as_user(cast.anna)
    own = look(select(Membership.id).where(Membership.user_id == cast.anna))[0]
    refused = anna.post(f"/settings/users/{cast.anna}/memberships/{own}/removal")
    assert refused.status_code == 422
    assert "laatste beheerder" in refused.text
    assert anna.post(f"/settings/users/{cast.anna}/closure").status_code == 422
    second = someone(db, "wout@klantsafari.example", (Role.ADMIN, cast.waterrijk))
    someone(db, "deel@klantsafari.example", (Role.ADMIN, cast.city))
    db.commit()
    assert as_user(second.id).post(f"/settings/users/{cast.anna}/closure").status_code == 303
    own = look(select(Membership.id).where(Membership.user_id == second.id))[0]
    assert (
        as_user(second.id).post(f"/settings/users/{second.id}/memberships/{own}/removal").status_code == 422
    )


def test_who_is_disabled_is_out_at_once_and_comes_back_without_old_sessions(as_user, cast: Cast, db):
    token = tokens.create(db, db.get(User, cast.dirk))
    db.commit()
    dirk, anna = as_user(cast.dirk), as_user(cast.anna)
    assert anna.post(f"/settings/users/{cast.dirk}/closure").status_code == 303
    assert dirk.get("/me").status_code == 303
    assert "Uitgeschakeld" in anna.get("/settings/users").text
    assert anna.post(f"/settings/users/{cast.dirk}/reopening").status_code == 303
    assert dirk.get("/me").status_code == 303
    assert dirk.get("/me", headers={"cookie": "", "authorization": f"Bearer {token}"}).status_code == 401
    assert look(select(UserSession).where(UserSession.user_id == cast.dirk)) == []
    verbs = look(select(AuditEntry.verb).where(AuditEntry.subject_id == cast.dirk))
    assert set(verbs) == {"user.disabled", "user.enabled"}


def test_a_beheerder_of_one_branch_disables_nobody_who_also_works_elsewhere(as_user, cast: Cast, db):
    wout = someone(db, "wout@klantsafari.example", (Role.ADMIN, cast.bank))
    db.add(Membership(user_id=cast.carla, location_id=cast.branch, role=Role.MEMBER))
    db.commit()
    assert as_user(wout.id).post(f"/settings/users/{cast.carla}/closure").status_code == 403
    assert as_user(wout.id).post(f"/settings/users/{cast.dirk}/closure").status_code == 303
    assert as_user(wout.id).post(f"/settings/users/{cast.bas}/closure").status_code == 404
    top = {"role": "lezer", "location_id": cast.waterrijk}
    assert as_user(wout.id).post(f"/settings/users/{cast.carla}/memberships", data=top).status_code == 422


def test_many_users_come_in_pages_and_ask_no_more_queries(as_user, cast: Cast, db):
    anna = as_user(cast.anna)
    with counted_queries() as few:
        anna.get("/settings/users")
    for number in range(120):
        someone(db, f"p{number:03}@klantsafari.example", (Role.MEMBER, cast.town_hall))
    db.commit()
    with counted_queries() as many:
        first = anna.get("/settings/users").text
    assert len(many) == len(few)
    following = first.split("/settings/users?after=")[1].split('"')[0]
    second = anna.get("/settings/users", params={"after": following}).text
    names = [f"P{n:03}" for n in range(120)]
    assert all((f"<b>{n}" in first) != (f"<b>{n}" in second) for n in names)
    assert anna.get("/settings/users?after=onzin").status_code == 422


def test_text_that_no_database_keeps_is_bad_input_and_no_crash(as_user, cast: Cast):
    anna = as_user(cast.anna)
    assert anna.get("/settings/users/%00").status_code == 404
    assert anna.get("/settings/users?after=%00").status_code == 422
    answer = anna.post("/me", data={"name": "Anna\x00", "language": "nl"})
    assert answer.status_code in (303, 422)
    assert as_user(cast.eva).post("/login", data={"email": "a\x00@b.nl", "password": "x"}).status_code == 422
