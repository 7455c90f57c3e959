"""Running it yourself: places, teams, people and themes."""

from app.routers.settings import (
    backups,
    index,
    invitations,
    locations,
    memberships,
    minding,
    privacy,
    privacy_lists,
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
    minding.router,
    memberships.router,
    invitations.router,
    theme_trial.router,
    themes.router,
    theme_changes.router,
    proposals.router,
    privacy.router,
    privacy_lists.router,
    sign_in.router,
    backups.router,
]
