"""Running it yourself: places, teams and people."""

from app.routers.settings import index, invitations, locations, memberships, proposals, teams, users

ROUTERS = [
    index.router,
    locations.router,
    teams.router,
    users.router,
    memberships.router,
    invitations.router,
    proposals.router,
]
