from typing import Annotated

from fastapi import Query

from app.models.access import Actor, Permission
from app.models.log import as_json
from app.models.log.as_json import LogLineOut
from app.models.log.filter import LogFilter
from app.routers.api.shared import Cursor, Limit, PageOut, api_router
from app.routers.dependencies import Db, may

router = api_router("log", "log")


class LogQuery(LogFilter):
    limit: Limit = 50
    cursor: Cursor = ""


@router.get("", summary="Who did what, the newest first; for a beheerder")
def index(
    db: Db, actor: Annotated[Actor, may(Permission.READ_LOG)], asked: Annotated[LogQuery, Query()]
) -> PageOut[LogLineOut]:
    found = as_json.page(db, actor, asked, limit=asked.limit, cursor=asked.cursor)
    return PageOut(items=list(found.items), next=found.next)
