"""The permission map: which role may do what, at its own court or in the whole subtree; written to be read by a lawyer.

BSS-3 and DL-7 give the roles of the command centre, BSS-5 and BSS-6 the duty desk, DL-8 and DL-10 the reach of a
superior court over its subtree, to supervise it too (DL-4(7)). The three administrators are separate people and see
no case content.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from backend.courts.rules import CourtTree


class Permission(StrEnum):
    """Each thing a person can be allowed to do."""

    LEAD_REGISTER = "lead.register"
    LEAD_READ = "lead.read"
    LEAD_TRIAGE = "lead.triage"
    REPORTER_READ = "reporter.read"
    DIRECTIVE_READ = "directive.read"
    DIRECTIVE_ISSUE = "directive.issue"
    DIRECTIVE_RECEIVE = "directive.receive"
    CLOCK_READ = "clock.read"
    TEAM_READ = "team.read"
    TEAM_MANAGE = "team.manage"
    POSITION_READ = "position.read"
    PEOPLE_READ = "people.read"
    DEVICE_ENROL = "device.enrol"
    DEVICE_REVOKE = "device.revoke"
    TRACKER_MANAGE = "tracker.manage"
    DELEGATE = "delegate"
    PHONE_USE = "phone.use"
    BOARD_READ = "board.read"
    DUTY_READ = "duty.read"
    DUTY_KEEP = "duty.keep"
    ROSTER_MANAGE = "roster.manage"
    COMPLAINT_REGISTER = "complaint.register"
    RECORD_READ = "record.read"
    RECORD_OPEN = "record.open"
    RECORD_ACCEPT_REASON = "record.accept_reason"
    RECORD_DECIDE = "record.decide"
    VIEWING_READ = "viewing.read"
    STATISTICS_READ = "statistics.read"
    AUDIT_READ = "audit.read"
    ACCOUNT_MANAGE = "account.manage"
    INSTALLATION_MANAGE = "installation.manage"


class Role(StrEnum):
    """The roles a person can be appointed to at a court."""

    OFFICER = "officer"
    TEAM_LEADER = "team_leader"
    DUTY_OFFICER = "duty_officer"
    DUTY_LEADER = "duty_leader"
    LIAISON = "liaison"
    COMMANDER = "commander"
    RECORDS_CLERK = "records_clerk"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"
    AUDITOR = "auditor"


class Reach(StrEnum):
    """How far a permission goes: the court of the appointment, or that court and every court below it."""

    OWN = "own"
    SUBTREE = "subtree"


OWN, SUBTREE = Reach.OWN, Reach.SUBTREE
P = Permission

PHONE_ROLES = frozenset({Role.OFFICER, Role.TEAM_LEADER})
"""Roles that work with a phone alone and need no second factor; every other role does."""

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""The three administrators (三员): each a person of its own, who holds no other role at the same time."""

DESK = {
    P.BOARD_READ: SUBTREE,
    P.LEAD_READ: SUBTREE,
    P.DIRECTIVE_READ: SUBTREE,
    P.CLOCK_READ: SUBTREE,
    P.TEAM_READ: SUBTREE,
    P.POSITION_READ: SUBTREE,
    P.PEOPLE_READ: SUBTREE,
    P.DUTY_READ: SUBTREE,
}
DUTY = {
    **DESK,
    P.LEAD_REGISTER: OWN,
    P.LEAD_TRIAGE: OWN,
    P.REPORTER_READ: OWN,
    P.DIRECTIVE_RECEIVE: OWN,
    P.DEVICE_ENROL: OWN,
    P.DEVICE_REVOKE: OWN,
    P.TRACKER_MANAGE: OWN,
    P.DUTY_KEEP: OWN,
    P.COMPLAINT_REGISTER: OWN,
}
LEADS_THE_DUTY = {
    P.DIRECTIVE_ISSUE: SUBTREE,
    P.TEAM_MANAGE: OWN,
    P.ROSTER_MANAGE: OWN,
    P.RECORD_OPEN: SUBTREE,
    P.RECORD_ACCEPT_REASON: OWN,
    P.STATISTICS_READ: SUBTREE,
}

PERMISSION_MAP: Mapping[Role, Mapping[Permission, Reach]] = {
    Role.OFFICER: {P.PHONE_USE: OWN, P.DUTY_READ: OWN},
    Role.TEAM_LEADER: {P.PHONE_USE: OWN, P.DUTY_READ: OWN},
    Role.DUTY_OFFICER: {**DUTY, P.DIRECTIVE_ISSUE: OWN},
    Role.DUTY_LEADER: {**DUTY, **LEADS_THE_DUTY, P.RECORD_READ: OWN},
    Role.LIAISON: {
        **DESK,
        P.DIRECTIVE_RECEIVE: OWN,
        P.TEAM_MANAGE: OWN,
        P.ROSTER_MANAGE: OWN,
        P.STATISTICS_READ: SUBTREE,
    },
    Role.COMMANDER: {
        **DUTY,
        **LEADS_THE_DUTY,
        P.DELEGATE: OWN,
        P.RECORD_READ: SUBTREE,
        P.RECORD_DECIDE: SUBTREE,
        P.VIEWING_READ: OWN,
    },
    Role.RECORDS_CLERK: {P.LEAD_READ: OWN, P.DIRECTIVE_READ: OWN, P.BOARD_READ: OWN},
    Role.SYSTEM_ADMINISTRATOR: {P.INSTALLATION_MANAGE: OWN},
    Role.SECURITY_ADMINISTRATOR: {P.ACCOUNT_MANAGE: OWN, P.DEVICE_REVOKE: OWN, P.PEOPLE_READ: OWN},
    Role.AUDIT_ADMINISTRATOR: {P.AUDIT_READ: OWN},
    Role.AUDITOR: {P.AUDIT_READ: SUBTREE, P.VIEWING_READ: SUBTREE, P.STATISTICS_READ: SUBTREE},
}


def reach_of(appointments: Iterable[tuple[str, str]], tree: CourtTree) -> dict[str, frozenset[str]]:
    """Return, for each permission, the ids of the courts it reaches, from pairs of role and court id."""
    reach: dict[str, set[str]] = {}
    for role, court_id in appointments:
        for permission, scope in PERMISSION_MAP[Role(role)].items():
            below = tree.subtree(court_id)
            courts = below if scope is Reach.SUBTREE else below & {court_id}
            reach.setdefault(permission, set()).update(courts)
    return {permission: frozenset(courts) for permission, courts in reach.items() if courts}


def may_be_held_together(roles: Iterable[str]) -> bool:
    """Tell whether one person may hold the roles at the same time: an administrator holds that one alone."""
    held = frozenset(roles)
    return not held & ADMINISTRATORS or len(held) == 1


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Tell whether any of the roles is a desk role."""
    return any(Role(role) not in PHONE_ROLES for role in roles)
