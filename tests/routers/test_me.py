from sqlmodel import select

from app.models.user.actors import digest
from app.models.user.passwords import matches
from app.models.user.table import User, UserSession
from tests.cast import PASSWORD, Cast
from tests.conftest import browser
from tests.looking import look
from tests.makers import session_cookie


def test_eva_changes_her_name_and_reads_on_in_english(as_user, cast: Cast, db):
    eva = as_user(cast.eva)
    assert (
        eva.post("/me", data={"name": "Eva V.", "language": "en"}).headers["location"] == "/me?saved=profile"
    )
    assert '<html lang="en">' in eva.get("/me").text
    user = look(select(User).where(User.id == cast.eva))[0]
    assert (user.name, user.language) == ("Eva V.", "en")


def test_an_unknown_language_or_an_empty_name_is_refused_and_kept(as_user, cast: Cast):
    refused = as_user(cast.eva).post("/me", data={"name": "", "language": "fr"})
    assert refused.status_code == 422
    assert refused.text.count('class="error"') == 2


def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(as_user, cast: Cast, db):
    phone, laptop = as_user(cast.eva), as_user(cast.eva)
    wrong = phone.post("/me/password", data={"old": "iets anders dan dat", "new": "negen gele tulpen"})
    assert wrong.status_code == 422
    assert "Dit is niet je wachtwoord van nu." in wrong.text
    weak = phone.post("/me/password", data={"old": PASSWORD, "new": "klantsafari-eva-1"})
    assert weak.status_code == 422
    assert laptop.get("/me").status_code == 200
    assert phone.post("/me/password", data={"old": PASSWORD, "new": "negen gele tulpen"}).status_code == 303
    assert phone.get("/me").status_code == 200
    assert laptop.get("/me").status_code == 303
    assert matches("negen gele tulpen", look(select(User.password_hash).where(User.id == cast.eva))[0])


def test_eva_ends_her_lost_phone_but_not_the_phone_of_bas(as_user, cast: Cast, db):
    lost, of_bas = session_cookie(db, cast.eva), session_cookie(db, cast.bas)
    db.commit()

    def closure(cookie: str) -> str:
        hashed = digest(cookie.partition("=")[2])
        (own,) = look(select(UserSession.id).where(UserSession.token_hash == hashed))
        return f"/me/sessions/{own}/closure"

    eva = as_user(cast.eva)
    assert eva.get("/me").text.count("/closure") == 3  # each device, and all others
    assert eva.post(closure(of_bas)).status_code == 404
    assert eva.post(closure(lost)).headers["location"] == "/me"
    assert browser(lost).get("/me").status_code == 303
    assert browser(of_bas).get("/me").status_code == 200


def test_ending_this_device_signs_out(as_user, cast: Cast, db):
    eva = as_user(cast.eva)
    own = look(select(UserSession.id))[0]
    answer = eva.post(f"/me/sessions/{own}/closure")
    assert answer.headers["location"] == "/login"
    assert eva.get("/me").status_code == 303


def test_more_shows_each_role_only_what_it_may(as_user, cast: Cast):
    seen = {who: as_user(who).get("/more").text for who in (cast.anna, cast.bas, cast.eva)}
    links = ("/safaris", "/field-notes", "/exports", "/settings", "/me")
    shown = {
        who: [link for link in links if f'class="row" href="{link}"' in text] for who, text in seen.items()
    }
    assert shown == {cast.anna: ["/settings", "/me"], cast.bas: list(links), cast.eva: ["/me"]}
