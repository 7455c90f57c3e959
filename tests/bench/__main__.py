"""`make bench`: one JSON object with every figure; `python -m tests.bench csv board` measures only those."""

import json
import os
import sys
import tempfile
from pathlib import Path

from tests.bench import access, audit, batch, board, counts, csv, first_load, ingest, moving, phone, sign_in

FIGURES = {
    "access": access.measure,
    "ingest": ingest.measure,
    "batch": batch.measure,
    "board": board.measure,
    "moving": moving.measure,
    "csv": csv.measure,
    "first_load": first_load.measure,
    "phone": phone.measure,
    "queries": counts.measure,
    "audit": audit.measure,
    "sign_in": sign_in.measure,
}


def main(names: list[str]) -> None:
    os.environ["KLANTSAFARI_LOG_LEVEL"] = "WARNING"
    found = {}
    for name in names or FIGURES:
        print(f"{name} ...", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="klantsafari-bench-") as folder:
            found[name] = FIGURES[name](Path(folder))
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
