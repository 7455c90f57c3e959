import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from app.clock import now
from app.models.access import Role
from app.models.user.actors import digest
from app.models.user.table import Invitation, Membership, User
from app.recognising import COOKIE
from tests.cast import PASSWORD, Cast
from tests.conftest import browser
from tests.looking import look
from tests.makers_user import invitation, someone

FATIMA = {"name": "Fatima El Amrani", "password": "negen gele tulpen"}


def test_bas_invites_fatima_and_she_walks_in_by_the_link(as_user, cast: Cast, db):
    given = {
        "name": "Fatima",
        "email": "Fatima@klantsafari.example",
        "role": "teamlid",
        "location_id": cast.town_hall,
    }
    shown = as_user(cast.bas).post("/settings/invitations", data=given)
    assert shown.status_code == 200
    link = re.search(r'value="(https://testserver/invitations/[\w-]+)"', shown.text)
    assert link
    token = link[1].rpartition("/")[2]
    assert look(select(Invitation.token_hash))[0] == digest(token)
    fatima = browser()
    assert "Bas de Wit" in fatima.get(link[1]).text
    answer = fatima.post(f"{link[1]}/acceptance", data=FATIMA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    assert "Fatima El Amrani" in fatima.get("/me").text
    role, place = look(
        select(Membership.role, Membership.location_id)
        .join(User, col(User.id) == col(Membership.user_id))
        .where(User.email == "fatima@klantsafari.example")
    )[0]
    assert (role, place) == (Role.MEMBER, cast.town_hall)
    assert browser().get(link[1]).status_code == 404
    assert browser().post(f"{link[1]}/acceptance", data=FATIMA).status_code == 404


@pytest.mark.parametrize("why", ["expired", "sender disabled", "sender moved", "unknown"])
def test_a_link_that_no_longer_counts_is_a_plain_page(visitor: TestClient, cast: Cast, db, why):
    token = invitation(db, invited_by_id=cast.bas)
    found = db.get_one(Invitation, db.exec(select(Invitation.id)).one())
    if why == "expired":
        found.expires_at = now() - timedelta(seconds=1)
    if why == "sender disabled":
        db.get(User, cast.bas).disabled_at = now()
    if why == "sender moved":
        found.location_id = cast.branch
    db.commit()
    answer = visitor.get(f"/invitations/{'x' if why == 'unknown' else token}")
    assert answer.status_code == 404
    assert "Deze uitnodiging werkt niet meer" in answer.text


def test_a_weak_password_keeps_the_name_and_the_invitation(visitor: TestClient, cast: Cast, db):
    token = invitation(db)
    db.commit()
    answer = visitor.post(f"/invitations/{token}/acceptance", data={"name": "Fatima E.", "password": "kort"})
    assert answer.status_code == 422
    assert "Fatima E." in answer.text
    assert visitor.post(f"/invitations/{token}/acceptance", data=FATIMA).status_code == 303


def test_who_has_an_account_gets_the_role_only_after_signing_in_with_it(as_user, cast: Cast, db):
    token = invitation(db, email="dirk@klantsafari.example", location_id=cast.town_hall)
    db.commit()
    stranger = browser()
    page = stranger.get(f"/invitations/{token}")
    assert f"/login?next=/invitations/{token}" in page.text
    assert stranger.post(f"/invitations/{token}/acceptance", data=FATIMA).status_code == 403
    assert stranger.post(f"/invitations/{token}/membership").status_code == 403
    assert as_user(cast.bas).post(f"/invitations/{token}/membership").status_code == 403
    assert "voor iemand anders" in as_user(cast.bas).get(f"/invitations/{token}").text
    dirk = as_user(cast.dirk)
    assert "Doe mee" in dirk.get(f"/invitations/{token}").text
    assert dirk.post(f"/invitations/{token}/membership").headers["location"] == "/today"
    held = select(Membership.location_id).where(
        Membership.user_id == cast.dirk, Membership.role == Role.MEMBER
    )
    assert look(held) == [cast.town_hall]
    assert dirk.post(f"/invitations/{token}/membership").status_code == 404


def test_bas_sees_and_revokes_only_what_is_his(as_user, cast: Cast, db):
    elsewhere = invitation(db, location_id=cast.branch, name="Gert")
    here = invitation(db, name="Hanna", email="hanna@klantsafari.example")
    admin = invitation(db, name="Ivo", email="ivo@klantsafari.example", role=Role.ADMIN)
    db.commit()

    def removal(token: str) -> str:
        (own,) = look(select(Invitation.id).where(Invitation.token_hash == digest(token)))
        return f"/settings/invitations/{own}/removal"

    bas = as_user(cast.bas)
    page = bas.get("/settings/users").text
    assert "Hanna" in page
    assert "Gert" not in page
    assert bas.post(removal(elsewhere)).status_code == 404
    assert bas.post(removal(admin)).status_code == 403
    assert bas.post(removal(here)).status_code == 303
    assert browser().get(f"/invitations/{here}").status_code == 404
    assert browser().get(f"/invitations/{elsewhere}").status_code == 200


def test_a_manager_makes_no_beheerders_and_invites_nobody_elsewhere(as_user, cast: Cast, db):
    bas = as_user(cast.bas)
    assert 'value="beheerder"' not in bas.get("/settings/invitations/new").text
    assert "Kantoor Markt" not in bas.get("/settings/invitations/new").text
    given = {
        "name": "Fatima",
        "email": "fatima@klantsafari.example",
        "role": "beheerder",
        "location_id": cast.town_hall,
    }
    refused = bas.post("/settings/invitations", data=given)
    assert refused.status_code == 422
    assert "Deze rol mag je op die locatie niet geven" in refused.text
    assert "fatima@klantsafari.example" in refused.text
    there = bas.post("/settings/invitations", data=given | {"role": "lezer", "location_id": cast.branch})
    assert there.status_code == 422
    assert look(select(Invitation)) == []


def test_inviting_somebody_who_is_known_tells_nothing_about_that(as_user, cast: Cast, db):
    someone(db, "geheim@klantsafari.example", (Role.MEMBER, cast.branch))
    db.commit()
    given = {"name": "G", "role": "teamlid", "location_id": cast.town_hall}
    known, new = (
        as_user(cast.bas).post("/settings/invitations", data=given | {"email": f"{who}@klantsafari.example"})
        for who in ("geheim", "nieuwe")
    )
    assert known.status_code == new.status_code == 200
    without_qr = [re.sub(r'src="data:[^"]*"', "", answer.text) for answer in (known, new)]
    assert len(without_qr[0]) == len(without_qr[1])


def test_accepting_ends_the_session_this_browser_had(cast: Cast, db):
    token = invitation(db)
    db.commit()
    client = browser()
    client.post("/login", data={"email": "eva@klantsafari.example", "password": PASSWORD})
    old = client.cookies[COOKIE]
    client.post(f"/invitations/{token}/acceptance", data=FATIMA)
    assert client.cookies[COOKIE] != old
    assert browser(f"{COOKIE}={old}").get("/me").status_code == 303
