"""The likeliest mistakes 13 to 20: about files, tables to take along, pages, the outside and the log."""

import ast
import csv
import io
from pathlib import Path

import pytest
from sqlmodel import col, select

from app import errors, logs
from app.models.attachment import accepting
from app.models.export.cells import FORMULA, quoted
from app.models.field_note.table import FieldNote
from app.routers.browsers import own_path
from app.settings import Settings
from tests import makers_file as files
from tests.house.routes import app
from tests.looking import look
from tests.makers_note import interview, recorded, running_safari
from tests.mistakes.stage import CANARY, MARKUP, canaries, pages
from tests.routers.test_attachments import HOSTILE

pytestmark = pytest.mark.phone
APP = Path(__file__).parents[2] / "app"
SENDERS = {
    "aiohttp",
    "ftplib",
    "httpx",
    "httpx2",
    "pywebpush",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib3",
}
MODULES = {"urllib.request", "http.client", "authlib.integrations"}
WAYS_OUT: dict[str, str] = {
    "mail.py": "the mail server that the operator set",
    "oidc/fetching.py": "the organisation's own sign-in: https, no redirects, a limit on size and time",
    "push.py": "the push service of a phone, once the operator switched push on; only what public_hosts lets by",
    "public_hosts.py": "looks up a name, to refuse addresses within",
}
"""File of ours that may ask something of another machine -> why. Whatever is here guards itself against addresses
within: loopback, link-local, redirects and names that change meanwhile."""
PATHS = (
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "///x",
)


def test_13_what_is_no_photo_or_sound_is_refused_and_a_polyglot_loses_its_other_half():
    for _, content, _ in HOSTILE.values():
        with pytest.raises(errors.Invalid):
            accepting.unpacked(content)
    kept = accepting.unpacked(files.polyglot())
    assert b"script" not in kept.content
    assert accepting.unpacked(files.webm()).media_type == "audio/webm"


def test_14_a_bomb_of_a_photo_or_a_sound_goes_off_nowhere():
    for make in (files.bomb, files.heic_bomb):
        with pytest.raises(errors.Invalid) as refused:
            accepting.unpacked(make())
        assert refused.value.fields["photo"][0] == "photo.too_many_pixels"
    # A head that says four gigabytes, over half a kilobyte: sound is never unpacked here, so that is what is kept.
    sound = accepting.unpacked(b"RIFF\xff\xff\xff\xffWAVEfmt " + bytes(500))
    assert len(sound.content) == 516
    assert "Image.open" not in (APP / "models/attachment/accepting.py").read_text()
    assert "decoding.clean(" in (APP / "models/attachment/accepting.py").read_text()


@pytest.mark.parametrize("start", list(FORMULA))
def test_15_no_cell_and_no_header_of_a_table_becomes_a_formula(db, cast, actor, as_user, start):
    said = f"{start}cmd|'/c calc'!A1 en zo"
    assert quoted(said)[1] == "'"
    safari = running_safari(db, cast.town_hall, cast.bas)
    told = {"story": {"value": f"x{said}", "literal": True}}
    note = recorded(db, actor(cast.bas), interview(safari.id, answers=told))
    row = db.exec(select(FieldNote).where(col(FieldNote.id) == note.id)).one()
    row.answers, row.headline = {"story": {"value": said, "literal": True}}, said
    db.commit()
    for dialect, mark in (("excel", ";"), ("rfc4180", ",")):
        text = (
            as_user(cast.bas).get(f"/exports/field-notes.csv?dialect={dialect}").content.decode("utf-8-sig")
        )
        cells = [cell for line in csv.reader(io.StringIO(text, newline=""), delimiter=mark) for cell in line]
        assert [cell for cell in cells if "cmd|" in cell]
        assert [cell for cell in cells if cell[:1] in FORMULA and cell] == []


def test_16_no_text_of_anybody_is_ever_run_on_any_page(db, cast, as_user, visitor):
    ids = canaries(db, MARKUP)
    db.commit()
    shown = 0
    for who in (as_user(cast.bas), as_user(cast.carla), as_user(cast.eva), as_user(cast.anna), visitor):
        for route in pages():
            answer = who.get(route.path.format_map(ids))
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            shown += CANARY in answer.text
            assert "<img src=x" not in answer.text, route.name
            assert "<script>alert" not in answer.text, route.name
            assert f"{CANARY}<" not in answer.text, route.name
            assert f"{CANARY}49" not in answer.text, route.name
    assert shown > 60


def test_17_there_is_no_description_figure_debugger_known_secret_or_open_door(visitor, cast):
    for path in (
        "/docs",
        "/redoc",
        "/openapi.json",
        "/api/v1/openapi.json",
        "/metrics",
        "/debug",
        "/.env",
        "/admin",
    ):
        assert visitor.get(path).status_code in (401, 404), path
    assert not app().debug
    assert Settings.model_fields["secret_key"].default.get_secret_value() == ""
    for origin in ("https://evil.example", "null"):
        answer = visitor.get("/login", headers={"origin": origin})
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_18_signing_in_leads_nowhere_but_here(visitor):
    from tests.cast import PASSWORD

    for wanted in PATHS:
        assert own_path(wanted) == "/today", wanted
        bas = {"email": "bas@klantsafari.example", "password": PASSWORD, "next": wanted}
        assert visitor.post("/login", data=bas).headers["location"] == "/today", wanted


def test_19_nothing_asks_anything_of_another_machine_but_what_is_named_here():
    found = {str(path.relative_to(APP)): out for path in APP.rglob("*.py") if (out := _ways_out(path))}
    assert {name: out for name, out in found.items() if name not in WAYS_OUT} == {}


def _ways_out(path: Path) -> set[str]:
    named: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {one for one in named if one.partition(".")[0] in SENDERS or one.startswith(tuple(MODULES))}


def test_20_the_log_of_the_server_repeats_nothing_that_anybody_said(db, cast, as_user, capfd, monkeypatch):
    logs.configure("DEBUG")
    ids = canaries(db)
    db.commit()
    bas = as_user(cast.bas)
    capfd.readouterr()
    for path in (
        "/field-notes",
        "/actions",
        f"/field-notes?q={CANARY}",
        f"/nowhere/{CANARY}",
        f"/join/{CANARY}",
    ):
        bas.get(path)
    note = f"/api/v1/field-notes/{ids['note_id']}"
    bas.put(note, json={"answers": {"story": {"value": CANARY}}, CANARY: CANARY})
    bas.post("/me", data={"name": CANARY * 100, "language": CANARY})
    bas.post("/login", data={"email": f"{CANARY}@x.example", "password": CANARY})

    def crash(*_, **__):
        raise RuntimeError(CANARY)

    monkeypatch.setattr("app.routers.me.adjusting.change_profile", crash, raising=False)
    monkeypatch.setattr("app.models.user.adjusting.note", crash)
    with pytest.raises(RuntimeError):
        bas.post("/me", data={"name": "Bas", "language": "nl"})
    out, err = capfd.readouterr()
    assert '"event": "request"' in err
    assert '"event": "crash"' in err
    assert CANARY not in (out + err).upper()
    assert look(select(FieldNote.headline).where(col(FieldNote.id) == ids["note_id"])) == [CANARY]
