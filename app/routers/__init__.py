"""Every router, in the order in which a newcomer meets them."""

from fastapi import APIRouter


def all_routers() -> list[APIRouter]:
    from app.routers import health
    from app.routers.api import field_notes as api_field_notes

    return [
        health.router,
        api_field_notes.router,
    ]
