"""What is on a phone goes through one door, and leaves by one door."""

import re

from tests.house.test_files import ROOT, tracked

SOURCE = ROOT / "app/static/src"


def sources(pattern: str) -> dict[str, int]:
    """In which scripts the pattern stands, and how often."""
    files = tracked("app/static/src/*.ts")
    found = {str(path.relative_to(SOURCE)): len(re.findall(pattern, path.read_text())) for path in files}
    return {name: times for name, times in found.items() if times}


def test_only_the_store_opens_the_database_on_the_phone():
    assert set(sources(r"""\b(openDB|deleteDB)\b|from "idb"|\bindexedDB\b""")) == {"offline/store.ts"}


def test_what_waits_goes_only_when_proven_or_when_its_writer_threw_it_away():
    """`release` asks for a receipt and a later word of the server; `discardRefused` for its writer's own tap."""
    handled = set(sources(r"""objectStore\("outbox"\)\s*\.(delete|clear)"""))
    assert handled == {"offline/outbox.ts", "offline/discarding.ts"}
    assert sources(r"""objectStore\("outbox"\)\s*\.delete""") == dict.fromkeys(sorted(handled), 1)


def test_nothing_reaches_the_outbox_by_a_detour():
    assert sources(r"\.clear\(\)|deleteDatabase|deleteObjectStore").keys() <= {"offline/pages.ts"}
    anything = set(sources(r"objectStore\((shelf|name)\)"))
    assert anything <= {"offline/locking.ts", "offline/outbox.ts", "offline/sealing.ts"}
    assert "delete" not in (SOURCE / "offline/locking.ts").read_text()


def test_where_rows_of_the_outbox_are_written_over_is_known():
    writers = set(sources(r"""objectStore\("outbox"\)\s*\.put"""))
    assert writers == {"offline/outbox.ts"}
