"""Every table, so that migrations and tests see the whole database."""

from app.models.action.extra_table import Mention, Repetition, SubStep, Watcher
from app.models.action.room_table import RoomUse, TeamRoom
from app.models.action.table import ActionTeam, Comment, Evidence, ImprovementAction, RuleAction
from app.models.attachment.table import ActionFile, Attachment
from app.models.audit.table import AuditCheck, AuditEntry, AuditLink
from app.models.backup.table import BackupRun
from app.models.board.table import Board
from app.models.break_glass.table import BreakGlass, GlassLook, GlassSeen
from app.models.chore.table import Chore
from app.models.compliment.table import Compliment
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
from app.models.goal.table import Goal, GoalAction, GoalTheme, ValueStrategy
from app.models.guide.table import Guide, GuideVersion, LocalQuestion, Question
from app.models.helping.table import Yardstick
from app.models.location.table import Location
from app.models.mail.table import Mail
from app.models.privacy.table import Breach, PrivacyOfficer, PrivacyRequest, RetentionTerm
from app.models.promise.table import CustomerAnswer, CustomerLink, Promise, PublicPlace, Reply, Telling
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
from app.models.user.forced_table import ForcedRole
from app.models.user.identity_table import SpentState, UserIdentity
from app.models.user.proof_table import CodeApp, KnownBrowser, Notice, Passkey, SpareCode, SpentTicket
from app.models.user.table import ApiToken, Invitation, Membership, SignInAttempt, User, UserSession

__all__ = [
    "ActionFile", "ActionTeam", "AdviceSetAside", "Announcement", "ApiToken", "Attachment", "AuditCheck",
    "AuditEntry", "AuditLink", "BackupRun", "Board", "Breach", "BreakGlass", "CalendarLink", "Chore", "CodeApp",
    "Comment", "Compliment", "Consent", "Contact", "CustomerAnswer", "CustomerLink", "Device", "Digest", "Evidence",
    "FieldNote", "ForcedRole", "GlassLook", "GlassSeen", "Goal", "GoalAction", "GoalTheme", "Guide", "GuideVersion",
    "ImprovementAction", "Invitation", "KnownBrowser", "LearnedModel", "LocalQuestion", "Location", "Mail",
    "MailedCode", "Membership", "Mention", "NoRule", "NoteEdit", "Notice", "Passkey", "PendingReading",
    "PrivacyOfficer", "PrivacyRequest", "Promise", "Proposal", "ProposalSentence", "ProposalSetting", "PublicPlace",
    "PulseCount", "PulseTaken", "Push", "PushSubscription", "Quarantine", "Question", "Receipt", "ReminderMark",
    "ReminderSetting", "Repetition", "Reply", "RetentionTerm", "Rhythm", "RoomUse", "Rule", "RuleAction",
    "RuleNote", "Safari", "SafariParticipant", "SignInAttempt", "SpareCode", "SpentState", "SpentTicket", "SubStep",
    "Tag", "Tagging", "Team", "TeamMember", "TeamRoom", "Telling", "Tombstone", "User", "UserIdentity",
    "UserSession", "ValueStrategy", "Watcher", "Yardstick",
]  # fmt: skip
