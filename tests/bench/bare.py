"""A page of fixed bytes behind the same kind of server: `python -m tests.bench.bare FILE PORT`."""

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route


def main(file: str, port: str) -> None:
    content = Path(file).read_bytes()

    async def page(_: Request) -> HTMLResponse:
        return HTMLResponse(content)

    app = Starlette(routes=[Route("/", page)])
    uvicorn.run(app, host="127.0.0.1", port=int(port), access_log=False, log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
