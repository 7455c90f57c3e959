"""Built files carry a hash in their name, so a browser may keep them for ever."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.rendering import DIST


class BuiltFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def built_files() -> BuiltFiles:
    return BuiltFiles(directory=DIST, check_dir=False)
