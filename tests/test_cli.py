"""The commands as an operator types them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from app.models.user.actors import digest
from app.models.user.passwords import matches
from app.models.user.table import ApiToken, User
from tests.cast import PASSWORD
from tests.looking import look

ADMIN = ("create-admin", "anna@elzenmeer.example", "--name", "Anna Bakker", "--password")


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", *arguments]
    root = Path(__file__).parent.parent
    return subprocess.run(
        command, cwd=root, env=os.environ | variables, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_token_stands_alone_on_the_last_line(stage: None):
    made = run("create-token", "bas@klantsafari.example", "--name", "Export")
    assert made.returncode == 0
    assert look(select(ApiToken.token_hash)) == [digest(made.stdout.splitlines()[-1])]
    unknown = run("create-token", "niemand@klantsafari.example")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "niemand@klantsafari.example" in unknown.stderr


def test_the_first_beheerder_can_be_made_by_command(empty_stage: None):
    weak = run(*ADMIN, "welkomwelkom")
    assert (weak.returncode, "password:" in weak.stderr) == (1, True)
    assert run(*ADMIN, PASSWORD).returncode == 0
    assert run(*ADMIN, "acht groene fietsen").returncode == 0
    assert run("create-token", "anna@elzenmeer.example").returncode == 0


def test_a_lost_password_is_replaced_by_command(stage: None):
    new = "negen gele tulpen"
    assert run("set-password", "eva@klantsafari.example", "--password", "kort").returncode == 1
    assert run("set-password", "eva@klantsafari.example", "--password", new).returncode == 0
    (stored,) = look(select(User.password_hash).where(User.email == "eva@klantsafari.example"))
    assert matches(new, stored)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KLANTSAFARI_LANGUAGE", "fr"),
        ("KLANTSAFARI_DATABASE_URL", "mysql://x"),
        ("KLANTSAFARI_TIME_ZONE", "Mars/Base"),
        ("KLANTSAFARI_BODY_LIMIT", "veel"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(stage: None, name: str, value: str):
    stopped = run("migrate", **{name: value})
    assert stopped.returncode == 2
    assert stopped.stderr.startswith(f"{name}: ")
    assert "Traceback" not in stopped.stderr
