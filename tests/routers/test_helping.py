"""Did it help? Chosen on the action's page, and told there."""

from app.clock import today
from tests.makers_helping import done, talks, theme, yardstick


def test_bas_chooses_in_two_steps_and_reads_when_they_will_look(as_user, cast, db, actor):
    action = done(db, actor(cast.bas), cast.town_hall)
    talks(db, cast.town_hall, cast.bas, [1] * 9, days_ago=3)
    moves = f"tag:{theme(db).id}"
    db.commit()
    bas = as_user(cast.bas)
    assert "Kies wat klanten moeten merken" in bas.get(f"/actions/{action.id}").text
    assert f'value="{moves}"' in bas.get(f"/actions/{action.id}/yardstick").text
    form = bas.get(f"/actions/{action.id}/yardstick", params={"moves": moves})
    assert "Wat hoop je te horen?" in form.text
    sent = {
        "moves": moves,
        "hope": "less_negative",
        "location_id": cast.town_hall,
        "counts_from": str(today()),
    }
    answer = bas.post(f"/actions/{action.id}/yardstick", data=sent)
    assert answer.status_code in (200, 303)
    page = bas.get(f"/actions/{action.id}").text
    assert "Te weinig om te zeggen" in page
    assert "Nog 8 gesprekken bij Stadskantoor" in page
    refused = bas.post(
        f"/actions/{action.id}/yardstick", data=sent | {"counts_from": "2020-01-01", "hope": "less_named"}
    )
    assert refused.status_code == 422
    assert "al voorbij" in refused.text


def test_the_page_the_card_the_json_and_the_csv_say_the_same(as_user, cast, db, actor):
    action = done(db, actor(cast.bas), cast.town_hall)
    yardstick(db, action)
    talks(db, cast.town_hall, cast.bas, [1] * 14 + [0] * 6, days_ago=40)
    talks(db, cast.town_hall, cast.bas, [1] + [0] * 15, days_ago=20)
    db.commit()
    bas = as_user(cast.bas)
    page = bas.get(f"/actions/{action.id}").text
    assert "Beter: dit hielp" in page
    assert "14 van 20" in page
    assert "1 van 16" in page
    assert "%" not in page.split('id="helped"')[1].split("</section>")[0]
    assert "half uur" in page.split('id="helped"')[1].split("</section>")[0]
    assert "Hielp" in bas.get("/actions?step=done").text
    assert bas.get(f"/api/v1/actions/{action.id}").json()["verdict"] == "better"
    assert "better" in bas.get("/exports/actions.csv").text
    seen = as_user(cast.eva).get(f"/actions/{action.id}").text
    assert "14 van 20" in seen
    assert "half uur" not in seen


def test_only_who_changes_actions_there_may_choose(as_user, cast, db, actor):
    action = done(db, actor(cast.bas), cast.town_hall)
    db.commit()
    assert as_user(cast.eva).get(f"/actions/{action.id}/yardstick").status_code == 403
    assert as_user(cast.dirk).get(f"/actions/{action.id}/yardstick").status_code == 404
