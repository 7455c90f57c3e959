from fastapi import APIRouter
from starlette.responses import Response

from app.models.user import telling
from app.models.user.proof_table import NoticeKind
from app.rendering import see_other
from app.routers.dependencies import Db, SignedIn

router = APIRouter(prefix="/me/notices", include_in_schema=False)


@router.post("/{kind}/closure")
def close(kind: NoticeKind, db: Db, actor: SignedIn) -> Response:
    telling.read(db, kind, by=actor)
    return see_other("/today")
