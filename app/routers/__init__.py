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
        log,
        me,
        more,
        offline,
        opening,
        outbox,
        proposals,
        pwa,
        quarantine,
        revisions,
        rule_actions,
        rule_changes,
        rule_naming,
        rules,
        safaris,
        session,
        settings,
        setup,
        tag_review,
        taggings,
        today,
    )
    from app.routers.api import actions as api_actions
    from app.routers.api import blobs, errands, locations, openapi, tags
    from app.routers.api import deliveries as api_deliveries
    from app.routers.api import field_notes as api_field_notes
    from app.routers.api import log as api_log
    from app.routers.api import me as api_me
    from app.routers.api import proposals as api_proposals
    from app.routers.api import rules as api_rules
    from app.routers.api import safaris as api_safaris
    from app.routers.api import tag_review as api_tag_review

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
        tag_review.router,
        attachments.router,
        exports.router,
        log.router,
        actions.router,
        action_moves.router,
        action_changes.router,
        action_raising.router,
        rules.router,
        rule_naming.router,
        rule_changes.router,
        rule_actions.router,
        proposals.router,
        advice.router,
        api_me.router,
        api_log.router,
        locations.router,
        tags.router,
        api_tag_review.router,
        api_safaris.router,
        errands.router,
        api_deliveries.router,
        api_field_notes.router,
        blobs.router,
        api_actions.router,
        api_rules.router,
        api_proposals.router,
        openapi.router,
    ]
