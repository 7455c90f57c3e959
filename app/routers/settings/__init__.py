"""Running it yourself: places, teams, people and themes."""

from app.routers.settings import (
    backups,
    index,
    invitations,
    locations,
    memberships,
    proposals,
    sign_in,
    teams,
    theme_changes,
    theme_trial,
    themes,
    users,
)

ROUTERS = [
    index.router,
    locations.router,
    teams.router,
    users.router,
    memberships.router,
    invitations.router,
    theme_trial.router,
    themes.router,
    theme_changes.router,
    proposals.router,
    sign_in.router,
    backups.router,
]
