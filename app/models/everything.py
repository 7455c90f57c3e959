"""Every table, so that migrations and tests see the whole database."""

from app.models.action.table import ActionTeam, Comment, Evidence, ImprovementAction, RuleAction
from app.models.attachment.table import Attachment
from app.models.audit.table import AuditCheck, AuditEntry, AuditLink
from app.models.backup.table import BackupRun
from app.models.board.table import Board
from app.models.break_glass.table import BreakGlass, GlassLook, GlassSeen
from app.models.chore.table import Chore
from app.models.consent.table import Consent
from app.models.delivery.table import Announcement, Device, Quarantine
from app.models.field_note.table import (
    Contact,
    FieldNote,
    NoteEdit,
    PendingReading,
    Receipt,
    Tagging,
    Tombstone,
)
from app.models.guide.table import Guide, GuideVersion, Question
from app.models.location.table import Location
from app.models.mail.table import Mail
from app.models.privacy.table import Breach, PrivacyOfficer, PrivacyRequest, RetentionTerm
from app.models.proposal.table import AdviceSetAside, Proposal, ProposalSentence, ProposalSetting
from app.models.pulse.table import PulseCount, PulseTaken
from app.models.push.table import Push, PushSubscription
from app.models.reminder.table import Digest, ReminderMark, ReminderSetting
from app.models.rhythm.table import CalendarLink, Rhythm
from app.models.rule.table import NoRule, Rule, RuleNote
from app.models.safari.table import Safari, SafariParticipant
from app.models.tag.learned import LearnedModel
from app.models.tag.table import Tag
from app.models.team.table import Team, TeamMember
from app.models.user.code_table import MailedCode
from app.models.user.identity_table import SpentState, UserIdentity
from app.models.user.proof_table import CodeApp, KnownBrowser, Notice, Passkey, SpareCode, SpentTicket
from app.models.user.table import ApiToken, Invitation, Membership, SignInAttempt, User, UserSession

__all__ = [
    "ActionTeam", "AdviceSetAside", "Announcement", "ApiToken", "Attachment", "AuditCheck", "AuditEntry",
    "AuditLink", "BackupRun", "Board", "Breach", "BreakGlass", "CalendarLink", "Chore", "CodeApp", "Comment",
    "Consent", "Contact", "Device", "Digest", "Evidence", "FieldNote", "GlassLook", "GlassSeen", "Guide",
    "GuideVersion", "ImprovementAction", "Invitation", "KnownBrowser", "LearnedModel", "Location", "Mail",
    "MailedCode", "Membership", "NoRule", "NoteEdit", "Notice", "Passkey", "PendingReading", "PrivacyOfficer",
    "PrivacyRequest", "Proposal", "ProposalSentence", "ProposalSetting", "PulseCount", "PulseTaken", "Push",
    "PushSubscription", "Quarantine", "Question", "Receipt", "ReminderMark", "ReminderSetting", "RetentionTerm",
    "Rhythm", "Rule", "RuleAction", "RuleNote", "Safari", "SafariParticipant", "SignInAttempt", "SpareCode",
    "SpentState", "SpentTicket", "Tag", "Tagging", "Team", "TeamMember", "Tombstone", "User", "UserIdentity",
    "UserSession",
]  # fmt: skip
