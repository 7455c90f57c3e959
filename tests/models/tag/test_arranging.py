import pytest
from sqlmodel import select

from app.errors import Invalid
from app.models.audit.table import AuditEntry
from app.models.tag import arranging, queries
from app.models.tag.reading import shipped
from app.models.tag.schemas import ThemeChanges, ThemeDraft
from app.models.tag.table import Tag, TagKind
from app.models.tag.trying import try_sentence
from app.models.tag.vocabulary import lexicon_for


@pytest.fixture
def bas(actor, cast):
    return actor(cast.bas)


def parking(**changes) -> ThemeDraft:
    told = {"name_nl": "Parkeren", "about_nl": "Plek voor auto en fiets.", "words": "parkeer*\nparkeren"}
    return ThemeDraft.model_validate(told | changes)


def slugs(db, text: str) -> list[str]:
    return [trial.tag.slug for trial in try_sentence(db, text)]


def test_without_own_words_notes_are_read_with_the_shipped_lexicon_itself(db):
    assert lexicon_for(db) is shipped()


def test_a_theme_of_their_own_takes_part_at_once(db, bas):
    assert "parkeren" not in slugs(db, "Parkeren kan hier nergens.")
    tag = arranging.add(db, parking(), by=bas)
    assert (tag.slug, tag.name, tag.active) == ("parkeren", {"nl": "Parkeren"}, True)
    assert "parkeren" in slugs(db, "Parkeren kan hier nergens.")
    assert lexicon_for(db) is lexicon_for(db)


def test_a_theme_that_is_off_is_not_tried(db, bas):
    tag = arranging.add(db, parking(), by=bas)
    for _ in range(2):
        arranging.switch_off(db, tag, by=bas)
    assert "parkeren" not in slugs(db, "Parkeren kan hier nergens.")
    arranging.switch_on(db, tag, by=bas)
    assert "parkeren" in slugs(db, "Parkeren kan hier nergens.")
    verbs = db.exec(select(AuditEntry.verb).where(AuditEntry.subject_id == tag.id)).all()
    assert sorted(verbs) == ["theme.added", "theme.closed", "theme.reopened"]


def test_own_words_are_added_to_a_shipped_theme_and_taken_away(db, bas):
    tag = db.exec(select(Tag).where(Tag.slug == "kosten")).one()
    changes = ThemeChanges(name_nl="Kosten", words="De Zilvervloot")
    arranging.change(db, tag, changes, by=bas)
    db.flush()
    assert "kosten" in slugs(db, "Ze begon over de zilvervloot.")
    arranging.change(db, tag, ThemeChanges(name_nl="Kosten"), by=bas)
    db.flush()
    assert "kosten" not in slugs(db, "Ze begon over de zilvervloot.")


@pytest.mark.parametrize(
    ("words", "code"),
    [("", "theme.words_missing"), ("  \n ", "theme.words_missing"), ("goed\n(stuk", "theme.word_broken")],
)
def test_wrong_words_say_so_and_the_former_ones_stay(db, bas, words, code):
    with pytest.raises(Invalid) as refused:
        arranging.add(db, parking(words=words), by=bas)
    assert refused.value.fields["words"][0] == code
    tag = arranging.add(db, parking(), by=bas)
    with pytest.raises(Invalid):
        arranging.change(db, tag, parking(words=words), by=bas)
    assert tag.words == ["parkeer*", "parkeren"]


def test_too_many_lines_and_a_line_that_is_too_long_are_refused(db, bas):
    for words in ("\n".join(f"woord{n}" for n in range(201)), "lang " * 40):
        with pytest.raises(Invalid):
            arranging.add(db, parking(words=words), by=bas)


def test_two_themes_have_no_name_and_no_slug_in_common(db, bas):
    arranging.add(db, parking(), by=bas)
    with pytest.raises(Invalid) as refused:
        arranging.add(db, parking(name_nl="PARKEREN"), by=bas)
    assert refused.value.fields == {"name_nl": ("theme.name_taken", {})}
    assert arranging.add(db, parking(name_nl="Parkeren!"), by=bas).slug == "parkeren-2"
    assert arranging.add(db, parking(name_nl="?"), by=bas).slug == "theme"


def test_a_value_stands_in_its_own_list(db, bas):
    value = arranging.add(db, parking(name_nl="Gastvrij", kind="value", words="gastvrij*"), by=bas)
    assert queries.of_kind(db, TagKind.VALUE) == [value]
    assert value not in queries.of_kind(db, TagKind.THEME)


def test_a_theme_moves_to_its_place_and_stays_there_when_it_is_sent_twice(db, bas):
    before = [tag.slug for tag in queries.of_kind(db, TagKind.THEME)]
    tag = queries.of_kind(db, TagKind.THEME)[4]
    for _ in range(2):
        arranging.change(db, tag, ThemeChanges(name_nl=tag.name["nl"], place=2), by=bas)
        db.flush()
    after = [tag.slug for tag in queries.of_kind(db, TagKind.THEME)]
    assert after == [before[0], before[4], *before[1:4], *before[5:]]


def test_a_tried_sentence_shows_the_words_it_rests_on(db):
    [trial] = [
        t for t in try_sentence(db, "Hallo. Ik moest een half uur wachten.") if t.tag.slug == "wachttijd"
    ]
    assert "".join(text for text, _ in trial.pieces) == "Hallo. Ik moest een half uur wachten."
    assert [text for text, lit in trial.pieces if lit] == ["Ik moest een half uur wachten"]
    assert trial.suggestion.why
