"""Every table, so that migrations and tests see the whole database."""

from app.models.action.table import ActionTeam, Comment, Evidence, ImprovementAction, RuleAction
from app.models.attachment.table import Attachment
from app.models.audit.table import AuditEntry
from app.models.backup.table import BackupRun
from app.models.delivery.table import Announcement, Device, Quarantine
from app.models.field_note.table import Contact, FieldNote, NoteEdit, Receipt, Tagging, Tombstone
from app.models.guide.table import Guide, GuideVersion, Question
from app.models.location.table import Location
from app.models.promise.table import (
    CustomerAnswer,
    CustomerLink,
    Promise,
    PublicPlace,
    Reply,
    Telling,
)
from app.models.proposal.table import AdviceSetAside, Proposal, ProposalSentence, ProposalSetting
from app.models.rule.table import Rule, RuleNote
from app.models.safari.table import Safari, SafariParticipant
from app.models.tag.learned import LearnedModel
from app.models.tag.table import Tag
from app.models.team.table import Team, TeamMember
from app.models.user.table import (
    ApiToken,
    Invitation,
    Membership,
    SignInAttempt,
    User,
    UserSession,
)

__all__ = [
    "ActionTeam", "AdviceSetAside", "Announcement", "ApiToken", "Attachment", "AuditEntry", "BackupRun",
    "Comment", "Contact", "CustomerAnswer", "CustomerLink", "Device", "Evidence", "FieldNote", "Guide",
    "GuideVersion", "ImprovementAction", "Invitation", "LearnedModel", "Location", "Membership", "NoteEdit",
    "Promise", "Proposal", "ProposalSentence", "ProposalSetting", "PublicPlace", "Quarantine", "Question",
    "Receipt", "Reply", "Rule", "RuleAction", "RuleNote", "Safari", "SafariParticipant", "SignInAttempt", "Tag",
    "Tagging", "Team", "TeamMember", "Telling", "Tombstone", "User", "UserSession",
]  # fmt: skip
