"""Every setting is typed, explained, in the README, and named when it is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import Settings, WrongSettings

ROOT = Path(__file__).parents[2]


def test_a_secret_may_come_from_a_file_and_a_file_that_is_not_there_is_named(tmp_path, monkeypatch):
    (tmp_path / "address").write_text("https://safari.example\n")
    monkeypatch.setenv("KLANTSAFARI_BASE_URL_FILE", str(tmp_path / "address"))
    assert Settings().base_url == "https://safari.example"
    monkeypatch.setenv("KLANTSAFARI_BASE_URL_FILE", str(tmp_path / "none"))
    with pytest.raises(WrongSettings, match="KLANTSAFARI_BASE_URL_FILE"):
        Settings()


def test_every_setting_has_a_line_of_explanation_and_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert f"`KLANTSAFARI_{name.upper()}`" in readme, name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KLANTSAFARI_DATABASE_URL", "mysql://somewhere"),
        ("KLANTSAFARI_LANGUAGE", "klingon"),
        ("KLANTSAFARI_TIME_ZONE", "Mars/Olympus"),
        ("KLANTSAFARI_SESSION_DAYS", "often"),
        ("KLANTSAFARI_SECURITY_CONTACT", "bel maar"),
        ("KLANTSAFARI_SECRET_KEY", "too short"),
        ("KLANTSAFARI_OIDC_ISSUER", "http://login.example"),
        ("KLANTSAFARI_OIDC_ROLES", "groups:balie=baas@Stadskantoor"),
        ("KLANTSAFARI_SMTP_URL", "smtp://mail.example"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path, name, value):
    environment = {"PATH": "/usr/bin:/bin", "KLANTSAFARI_DATA": str(tmp_path), name: value}
    command = [sys.executable, "-m", "app", "serve", "--port", "0"]
    tried = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert tried.returncode == 2
    assert name in tried.stderr
    assert "Traceback" not in tried.stderr
