"""What Klantsafari is made of, as CycloneDX: the pinned packages that are run, of Python and of the screens.

The same locks give the same file: without a moment, a serial number, a path or an address to download from.
"""

import json
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent


def python_parts() -> dict[str, Any]:
    tool = str(Path(sys.executable).with_name("cyclonedx-py"))
    command = [
        tool, "requirements", "--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON",
        "requirements.txt",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def npm_parts() -> list[dict[str, Any]]:
    """What is bundled into the screens; what only builds or tests them stays out."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    used = {path: told for path, told in packages.items() if path and not told.get("dev")}
    return [_npm_part(path.rpartition("node_modules/")[2], told) for path, told in sorted(used.items())]


def _npm_part(name: str, told: dict[str, Any]) -> dict[str, Any]:
    purl = f"pkg:npm/{quote(name, safe='/')}@{told['version']}"
    digest = b64decode(told["integrity"].partition("-")[2]).hex()
    part = {"type": "library", "bom-ref": purl, "name": name, "version": told["version"], "purl": purl}
    licence = {"licenses": [{"expression": told["license"]}]} if "license" in told else {}
    return part | licence | {"hashes": [{"alg": "SHA-512", "content": digest}]}


def main(target: Path) -> None:
    sbom = python_parts()
    for part in sbom["components"]:
        part["purl"] = part["bom-ref"] = f"pkg:pypi/{part['name']}@{part['version']}"
        hashes = [one for told in part.pop("externalReferences", []) for one in told.get("hashes", [])]
        part["hashes"] = sorted(hashes, key=lambda one: one["content"])
        part.pop("description", None)
    sbom["components"] = sorted(sbom["components"] + npm_parts(), key=lambda part: part["purl"])
    sbom["metadata"] = {"component": sbom["metadata"]["component"]}
    for passing in ("serialNumber", "dependencies"):
        sbom.pop(passing, None)
    target.write_text(json.dumps(sbom, indent=1, sort_keys=True) + "\n")
    print(f"{target}: {len(sbom['components'])} packages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
