"""`python -m tests.faults.table` puts the figures of docs/proof.json between two markers in the README."""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
JSON, README = ROOT / "docs" / "proof.json", ROOT / "README.md"
PLACE = re.compile(r"(?<=<!-- proof -->\n).*?(?=<!-- /proof -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """`small` is how often in `make test`, `full` in `make proof`."""

    module: str
    fault: str
    small: int
    full: int


ROWS = (
    Row("browser_kills", "browser killed up to half a second after a save", 5, 200),
    Row("server_kills", "server killed under 8 clients, and in the instant of its answer", 20, 200),
    Row(
        "flaky_network",
        "connection drops before or after, truncates, stalls, resets, or is a portal",
        10,
        1000,
    ),
    Row("replays", "every request five times at once", 50, 1000),
    Row("same_note_twice", "double tap, two tabs, two phones with the same outbox", 1, 20),
    Row("sessions", "session ends offline, somebody else signs in, sign-out with unsent notes", 1, 20),
    Row("no_room", "phone full, server's disk full, database read-only", 1, 10),
    Row("wrong_clocks", "clock ten years off, and the night the clock changes", 1, 10),
    Row("upgrades", "new version with notes waiting", 2, 50),
    Row("wiped", "phone wiped after it told what it holds", 1, 10),
    Row("backups", "backup under writes, restored elsewhere", 2, 20),
    Row("strange_requests", "the whole API asked what nobody asks", 5_000, 50_000),
)


def spoken(figures: dict[str, Any]) -> str:
    return ", ".join(f"{_value(value)} {name}".strip() for name, value in figures.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes:" if value else "NO:"
    if isinstance(value, dict):
        return "/".join(_value(one) for one in value.values())
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(results: dict[str, Any]) -> str:
    """Markdown; a row per fault that was tried, with where and when."""
    lines = ["| what goes wrong | what came of it | when |", "| --- | --- | --- |"]
    for row in ROWS:
        if result := results.get(row.module):
            when = f"{result['date']}, `{result['commit']}`, {result['seconds']} s on {result['cores']} cores"
            lines.append(f"| {row.fault} | {spoken(result['figures'])} | {when} |")
    return "\n".join(lines) + "\n"


def in_readme() -> str:
    """What stands between the markers now."""
    found = PLACE.search(README.read_text())
    return found[0] if found else ""


def main() -> int:
    readme = README.read_text()
    if not PLACE.search(readme):
        print("README.md has no line <!-- proof --> followed by one <!-- /proof -->", file=sys.stderr)
        return 1
    README.write_text(PLACE.sub(lambda _: table(json.loads(JSON.read_text())), readme))
    return 0


if __name__ == "__main__":
    sys.exit(main())
