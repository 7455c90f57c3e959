"""A copy of the whole app in a folder of its own, so that it can be built and served again as another version."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.server import await_answer

ROOT = Path(__file__).parents[2]
PARTS = ("app", "migrations", "package.json", "tsconfig.json", "pyproject.toml")


class Releases:
    """`release(n)` really builds another version; `serving()` runs the one that was built last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(
                    source, folder / part, ignore=shutil.ignore_patterns("__pycache__", "dist", "dist.*")
                )
            else:
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, folder / part)
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
        self._sources = folder / "app" / "static" / "src"
        self._plain = {name: (self._sources / name).read_text() for name in ("app.ts", "capture.ts")}
        self._style = (self._sources / "styles" / "tokens.css").read_text()

    @property
    def files(self) -> set[str]:
        return {path.name for path in (self.folder / "app" / "static" / "dist").iterdir()}

    def release(self, number: int) -> None:
        """Every script and the style sheet change, and with them every name with a hash."""
        for name, text in self._plain.items():
            told = f'\ndocument.documentElement.dataset.release = "{number}";\n'
            (self._sources / name).write_text(text + told)
        style = f'{self._style}\n:root {{ --release: "{number}"; }}\n'
        (self._sources / "styles" / "tokens.css").write_text(style)
        subprocess.run(["node", "app/static/build.mjs"], cwd=self.folder, env=_with_node(), check=True)

    @contextmanager
    def serving(self, port: int) -> Iterator[None]:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(port)],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            await_answer(f"http://localhost:{port}/health/ready", lambda: process.poll() is None)
            yield
        finally:
            process.kill()
            process.wait()


def _with_node() -> dict[str, str]:
    told = subprocess.run([ROOT / ".ci" / "machine", "node"], capture_output=True, text=True, check=True)
    return os.environ | {"PATH": f"{told.stdout.strip()}{os.pathsep}{os.environ['PATH']}"}
