from app.models.safari.table import SafariState
from tests.makers_safari import go, safari


def opened(db, **changes):
    made = safari(db, goal="Waarom twee keer?", **changes)
    db.commit()
    return made


def test_dirk_follows_the_link_sees_what_he_joins_and_goes(db, cast, as_user):
    bas_goes, dirk = opened(db), as_user(cast.dirk)
    page = dirk.get(f"/join/{bas_goes.join_code}").text
    for words in ("Stadskantoor", "Op safari met Bas de Wit", "Waarom twee keer?", "Doe mee"):
        assert words in page
    for _ in range(2):
        answer = dirk.post(f"/join/{bas_goes.join_code}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/safaris/{bas_goes.id}")
    assert "Gesprek beginnen" in dirk.get(f"/safaris/{bas_goes.id}").text
    assert dirk.get(f"/join/{bas_goes.join_code}").headers["location"] == f"/safaris/{bas_goes.id}"
    assert "Ga verder" in dirk.get("/today").text


def test_a_visitor_signs_in_first_and_comes_back(db, visitor):
    path = f"/join/{opened(db).join_code}"
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}")
    assert visitor.post(path).status_code == 303


def test_a_wrong_code_is_not_found(cast, as_user):
    answer = as_user(cast.dirk).get("/join/raad-eens")
    assert answer.status_code == 404
    assert "Vraag de leider om een nieuwe." in answer.text
    assert as_user(cast.dirk).post("/join/raad-eens").status_code == 404


def test_a_closed_safari_says_so_plainly(db, cast, as_user):
    done, dirk = opened(db, state=SafariState.CLOSED), as_user(cast.dirk)
    page = dirk.get(f"/join/{done.join_code}")
    assert page.status_code == 200
    assert "Deze safari is al afgerond. Meedoen kan niet meer." in page.text
    assert "Doe mee" not in page.text
    assert dirk.post(f"/join/{done.join_code}").status_code == 409


def test_who_may_not_record_cannot_join(db, cast, as_user):
    code = opened(db).join_code
    for who in (cast.eva, cast.anna):
        assert as_user(who).get(f"/join/{code}").status_code == 403
        assert as_user(who).post(f"/join/{code}").status_code == 403


def test_the_invitation_shows_link_code_and_who_goes(db, cast, as_user):
    running = safari(db)
    go(db, running, cast.carla)
    db.commit()
    carla = as_user(cast.carla)
    page = carla.get(f"/safaris/{running.id}/invitation").text
    assert f"https://testserver/join/{running.join_code}" in page
    assert "Carla Smit" in page
    code = carla.get(f"/safaris/{running.id}/invitation.svg")
    assert code.headers["content-type"] == "image/svg+xml"
    assert code.text.startswith("<svg")
    assert "style=" not in code.text
    assert "<script" not in code.text


def test_the_link_carries_the_public_address(db, cast, as_user, monkeypatch):
    from app.settings import settings

    running = opened(db)
    monkeypatch.setattr(settings(), "base_url", "https://safari.example/")
    page = as_user(cast.bas).get(f"/safaris/{running.id}/invitation").text
    assert f"https://safari.example/join/{running.join_code}" in page
