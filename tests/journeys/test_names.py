"""What nobody needs to know does not leave the phone."""

import pytest
from sqlmodel import select

from app.models.field_note.table import FieldNote
from tests.cast import Cast
from tests.journeys.conftest import sign_in
from tests.makers_note import running_safari

pytestmark = [pytest.mark.journey, pytest.mark.phone]


def test_bas_makes_a_name_black_and_a_number_goes_by_itself(phone, db):
    safari = running_safari(db, Cast.town_hall, Cast.bas)
    db.commit()
    sign_in(phone, "bas")
    phone.goto(f"/safaris/{safari.id}/observations/new")
    box = phone.get_by_placeholder("of typ het hier")
    box.fill("Ik sprak mevr. De Boer, bsn 111222333.")
    box.blur()
    phone.get_by_text("We maakten een BSN of rekeningnummer onleesbaar.").wait_for()
    phone.get_by_role("button", name="Maak zwart: mevr. De Boer").click()
    phone.get_by_role("button", name="Bewaar", exact=True).click()
    phone.wait_for_url("**/safaris/*?saved=1")
    db.rollback()
    note = db.exec(select(FieldNote)).one()
    assert note.answers["text"]["value"] == "Ik sprak █████, bsn [BSN]."
