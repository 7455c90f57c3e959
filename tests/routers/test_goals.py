from app.clock import new_id


def set_goal(client, cast, level="years", **fields):
    made = {
        "id": new_id(),
        "level": level,
        "title": "Iedereen in één keer geholpen",
        "location_id": cast.town_hall,
    }
    answer = client.post("/goals", data=made | fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return made["id"]


def test_bas_builds_the_tree_and_eva_reads_it(as_user, cast):
    bas = as_user(cast.bas)
    assert "Begin met wat over een paar jaar" in bas.get("/goals").text
    bas.post(
        "/value-strategy",
        data={"location_id": cast.town_hall, "kind": "customer", "text": "Wij luisteren."},
    )
    years = set_goal(bas, cast)
    form = bas.get(f"/goals/new/year?above={years}&location={cast.town_hall}").text
    assert f'<option value="{years}" selected>' in form
    year = set_goal(
        bas, cast, "year", parent_id=years, title="Dit jaar één formulier", why="Klanten vragen het."
    )
    seen = as_user(cast.eva).get("/goals").text
    assert "Wij luisteren." in seen
    assert seen.index("Iedereen in één keer geholpen") < seen.index("Dit jaar één formulier")
    assert "Doel erbij" not in seen
    assert "%" not in seen.split('class="goal-tree"')[1]
    assert bas.get(f"/goals/{year}").status_code == 200
    assert as_user(cast.dirk).get(f"/goals/{year}").status_code == 404
    items = as_user(cast.eva).get("/api/v1/goals").json()["items"]
    assert [(one["id"], one["parent_id"]) for one in items] == [(years, None), (year, years)]
    assert "Dit jaar één formulier" in bas.get("/exports/goals.csv").text


def test_bas_changes_and_closes_a_goal_and_mistakes_keep_what_was_typed(as_user, cast):
    bas = as_user(cast.bas)
    goal = set_goal(bas, cast)
    wrong = {"title": "Nieuwe titel", "version": 1, "starts_on": "2026-06-01", "until": "2026-01-01"}
    refused = bas.post(f"/goals/{goal}", data=wrong)
    assert refused.status_code == 422
    assert 'value="Nieuwe titel"' in refused.text
    assert bas.post(f"/goals/{goal}", data=wrong | {"until": "2026-12-31"}).status_code == 303
    late = bas.post(f"/goals/{goal}", data={"title": "Te laat", "version": 1})
    assert late.status_code == 409
    assert 'value="Te laat"' in late.text
    assert bas.post(f"/goals/{goal}/closure", data={}).status_code == 422
    bas.post(f"/goals/{goal}/closure", data={"outcome": "Dat lukte."})
    assert "Dat lukte." in bas.get(f"/goals/{goal}").text
    bas.post(f"/goals/{goal}/reopening")
    assert "Sluit af" in bas.get(f"/goals/{goal}").text


def test_an_action_is_put_under_a_goal_on_its_form(as_user, cast, db, actor):
    from tests.makers_action import raised, story

    action = raised(db, actor(cast.bas), story(db, cast.town_hall, cast.bas))
    db.commit()
    bas = as_user(cast.bas)
    goal = set_goal(bas, cast, "now")
    assert "Bij welk doel hoort dit?" in bas.get(f"/actions/{action.id}/edit").text
    sent = {"title": action.title, "kind": "clear", "version": 1, "goal_id": goal}
    bas.post(f"/actions/{action.id}", data=sent)
    assert bas.get(f"/api/v1/actions/{action.id}").json()["goal_id"] == goal
    assert action.title in bas.get(f"/goals/{goal}").text
