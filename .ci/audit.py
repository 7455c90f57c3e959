"""Asks the public lists of known holes about every pinned package. What cannot be reached is said, never passed over.

1 when a hole is known; 0 otherwise, also without a connection: then it says that nothing was looked up.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 300
PIP_AUDIT = [
    "--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json", "--timeout=20",
]  # fmt: skip


def asked(command: list[str], **environment: str) -> Any:
    """What it says as JSON, or None when it says nothing that can be read."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=PATIENCE,
            check=False,
        )  # fmt: skip
        return json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def python_holes(requirements: Path) -> list[str] | None:
    """None when nothing at all was looked up."""
    tool = str(Path(sys.executable).with_name("pip-audit"))
    said = asked([tool, "-r", str(requirements), *PIP_AUDIT])
    if said is None:
        return None
    known = [found for found in said["dependencies"] if "skip_reason" not in found]
    if not known:
        return None
    print(f"{requirements.name}: {len(known)} of {len(said['dependencies'])} packages looked up")
    return [f"{found['name']} {found['version']}: {hole['id']}" for found in known for hole in found["vulns"]]


def npm_holes(node: str) -> list[str] | None:
    path = f"{node}{os.pathsep}{os.environ.get('PATH', '')}"
    said = asked(["npm", "audit", "--json"], PATH=path)
    if not isinstance(said, dict) or "vulnerabilities" not in said:
        return None
    print("package-lock.json: looked up")
    return [f"{name}: {found['severity']}" for name, found in said["vulnerabilities"].items()]


def main(node: str) -> int:
    holes: list[str] = []
    answers = {path.name: python_holes(path) for path in sorted(ROOT.glob("requirements*.txt"))}
    for name, found in {**answers, "package-lock.json": npm_holes(node)}.items():
        if found is None:
            print(f"{name}: SKIPPED, the list of known holes could not be reached from here")
        holes += found or []
    for hole in holes:
        print(hole, file=sys.stderr)
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
