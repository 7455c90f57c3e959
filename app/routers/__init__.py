"""Every router, in the order in which a newcomer meets them."""

from fastapi import APIRouter


def all_routers() -> list[APIRouter]:
    from app.routers import (
        action_changes,
        action_moves,
        action_raising,
        actions,
        advice,
        attachments,
        bundles,
        capture,
        closing,
        deliveries,
        devices,
        exports,
        field_notes,
        health,
        invitations,
        joining,
        me,
        more,
        offline,
        opening,
        outbox,
        proposals,
        pwa,
        quarantine,
        revisions,
        safaris,
        session,
        settings,
        setup,
        taggings,
        today,
    )
    from app.routers.api import actions as api_actions
    from app.routers.api import blobs, errands, locations, openapi, tags
    from app.routers.api import deliveries as api_deliveries
    from app.routers.api import field_notes as api_field_notes
    from app.routers.api import me as api_me
    from app.routers.api import proposals as api_proposals
    from app.routers.api import safaris as api_safaris

    return [
        health.router,
        pwa.router,
        session.router,
        setup.router,
        invitations.router,
        me.router,
        devices.router,
        deliveries.router,
        more.router,
        today.router,
        outbox.router,
        bundles.router,
        offline.router,
        opening.router,
        safaris.router,
        closing.router,
        joining.router,
        *settings.ROUTERS,
        capture.router,
        field_notes.router,
        revisions.router,
        quarantine.router,
        taggings.router,
        attachments.router,
        exports.router,
        actions.router,
        action_moves.router,
        action_changes.router,
        action_raising.router,
        proposals.router,
        advice.router,
        api_me.router,
        locations.router,
        tags.router,
        api_safaris.router,
        errands.router,
        api_deliveries.router,
        api_field_notes.router,
        blobs.router,
        api_actions.router,
        api_proposals.router,
        openapi.router,
    ]
