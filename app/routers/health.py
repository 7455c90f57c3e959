from fastapi import APIRouter
from sqlalchemy import text
from starlette.responses import JSONResponse

from app.database import database
from app.routers.dependencies import Public

router = APIRouter(prefix="/health", dependencies=[Public], include_in_schema=False)


@router.get("/live")
def live() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready")
def ready() -> JSONResponse:
    """503 until the database answers and is migrated."""
    try:
        with database().reading() as db:
            db.connection().execute(text("SELECT 1 FROM location LIMIT 1"))
    except Exception:  # noqa: BLE001 - whatever is wrong, the answer is "not ready"
        return JSONResponse({"status": "not ready"}, 503)
    return JSONResponse({"status": "ok"})
