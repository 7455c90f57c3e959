"""The API described to machines, for who is signed in: strangers need not know what there is."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic.json_schema import models_json_schema

from app.models.field_note.schemas import NoteDraft
from app.recognising import COOKIE
from app.routers.dependencies import SignedIn

router = APIRouter(include_in_schema=False)
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "Made by `klantsafari create-token`."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "Of a browser that signed in.",
    },
}
# A note comes in as bytes, whose hash is proven: so FastAPI does not see what is in them.
BODIES = models_json_schema([(NoteDraft, "validation")], ref_template="#/components/schemas/{model}")[1][
    "$defs"
]


@router.get("/api/v1/openapi.json")
def describe(request: Request, actor: SignedIn) -> dict[str, Any]:
    found: dict[str, Any] = request.app.openapi()
    paths = {path: said for path, said in found["paths"].items() if path.startswith("/api/")}
    components = found["components"] | {"securitySchemes": SCHEMES}
    components["schemas"] = BODIES | components["schemas"]
    return found | {"paths": paths, "components": components, "security": [{name: []} for name in SCHEMES]}
