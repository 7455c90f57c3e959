"""When the database itself says no."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
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


def test_what_a_customer_said_is_not_in_the_text_of_an_error(db: Session):
    with pytest.raises(DBAPIError) as refused:
        db.connection().execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "mijn man is ziek"})
    assert "mijn man" not in str(refused.value)
    db.rollback()
