"""When the database itself says no."""

from sqlalchemy import text
from sqlmodel import Session

from app.database import database


def test_a_database_that_refuses_gives_a_plain_answer_and_asks_to_try_again(as_user, cast, db: Session):
    bas = as_user(cast.bas)
    with database().writing() as writer:
        writer.connection().execute(text("ALTER TABLE improvement_action RENAME TO gone"))
    answer = bas.get("/actions")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert "Probeer het zo nog eens" in answer.text
    assert "gone" not in answer.text
