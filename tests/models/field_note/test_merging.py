import pytest
from sqlmodel import select

from app.errors import Invalid
from app.models.field_note import merging
from app.models.field_note.table import Tagging, TaggingState
from app.models.field_note.theme_counts import theme_rows
from app.models.tag import arranging
from app.models.tag.table import Tag, TagKind
from app.models.tag.trying import try_sentence
from tests.makers_safari import note, safari, suggestion

ACCEPTED, REJECTED, SUGGESTED = TaggingState.ACCEPTED, TaggingState.REJECTED, TaggingState.SUGGESTED


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


@pytest.fixture
def tags(db):
    return {tag.slug: tag for tag in db.exec(select(Tag))}


def of(db, tag):
    return db.exec(select(Tagging).where(Tagging.tag_id == tag.id)).all()


def test_its_stories_go_along_and_it_is_off(db, bas, tags):
    outing = safari(db)
    for _ in range(3):
        suggestion(db, note(db, outing), tag_id=tags["opgelost"].id)
    for _ in range(2):
        merging.merge(db, tags["opgelost"], tags["nakomen"].id, by=bas)
    assert (len(of(db, tags["opgelost"])), len(of(db, tags["nakomen"]))) == (0, 3)
    assert (tags["opgelost"].active, tags["opgelost"].merged_into_id) == (False, tags["nakomen"].id)


@pytest.mark.parametrize(
    ("one", "other", "stays"),
    [
        (ACCEPTED, SUGGESTED, ACCEPTED),
        (SUGGESTED, ACCEPTED, ACCEPTED),
        (REJECTED, SUGGESTED, REJECTED),
        (REJECTED, ACCEPTED, ACCEPTED),
        (ACCEPTED, REJECTED, ACCEPTED),
        (SUGGESTED, SUGGESTED, SUGGESTED),
    ],
)
def test_a_story_that_had_both_keeps_what_a_person_decided(db, bas, tags, one, other, stays):
    said = note(db, safari(db))
    suggestion(db, said, tag_id=tags["opgelost"].id, state=one, score=0.9, why="één")
    suggestion(db, said, tag_id=tags["nakomen"].id, state=other, score=0.6, why="ander")
    merging.merge(db, tags["opgelost"], tags["nakomen"].id, by=bas)
    [kept] = of(db, tags["nakomen"])
    assert kept.state == stays
    if one == other:
        assert kept.why == "één"


def test_what_suggested_the_one_now_suggests_the_other(db, bas, tags):
    merging.merge(db, tags["kosten"], tags["regels"].id, by=bas)
    found = {trial.tag.slug for trial in try_sentence(db, "Ik moest 35 euro kosten betalen voor hulp.")}
    assert "regels" in found
    arranging.switch_on(db, tags["kosten"], by=bas)
    db.flush()
    found = {trial.tag.slug for trial in try_sentence(db, "Ik moest 35 euro kosten betalen voor hulp.")}
    assert "kosten" in found


def test_no_theme_goes_into_itself_round_in_a_circle_or_into_one_that_is_off(db, bas, tags):
    a, b, c = tags["kosten"], tags["regels"], tags["ruimte"]
    merging.merge(db, a, b.id, by=bas)
    merging.merge(db, b, c.id, by=bas)
    tries = {a.id: "theme.merge_circle", b.id: "theme.merge_circle", c.id: "theme.merge_itself"}
    for into, code in (tries | {"x": "field.unknown_choice"}).items():
        with pytest.raises(Invalid) as refused:
            merging.merge(db, c, into, by=bas)
        assert refused.value.fields["into_id"][0] == code
    with pytest.raises(Invalid) as refused:
        merging.merge(db, tags["opgelost"], a.id, by=bas)
    assert refused.value.fields["into_id"][0] == "theme.merge_off"


def test_the_list_counts_what_people_said(db, tags):
    outing = safari(db)
    for state in (ACCEPTED, ACCEPTED, REJECTED, SUGGESTED):
        suggestion(db, note(db, outing), tag_id=tags["kosten"].id, state=state)
    row = next(row for row in theme_rows(db)[TagKind.THEME] if row.tag.slug == "kosten")
    assert (row.accepted, row.rejected, row.waiting, row.into) == (2, 1, 1, None)
