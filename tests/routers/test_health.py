from fastapi.testclient import TestClient

from app.rendering import build


def test_a_load_balancer_hears_that_the_server_is_alive_and_ready(visitor: TestClient):
    assert visitor.get("/health/live").json() == {"status": "ok"}
    assert visitor.get("/health/ready").status_code == 200


def test_every_answer_carries_the_browser_policy(visitor: TestClient):
    headers = visitor.get("/health/live").headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_post_from_another_site_is_refused(visitor: TestClient):
    answer = visitor.post("/login", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_every_answer_says_which_build_gave_it_even_a_refusal(visitor: TestClient):
    builds = {
        visitor.get(path).headers["klantsafari"]
        for path in ("/health/live", "/login", "/nowhere", "/api/v1/me")
    }
    assert builds == {build()}
