"""Every router, in the order in which a newcomer meets them."""

from fastapi import APIRouter


def all_routers() -> list[APIRouter]:
    from app.routers import health

    return [
        health.router,
    ]
