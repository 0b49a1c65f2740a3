"""Administration: the people of an organisation and what they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Membership

from . import audit, organisations, people
from .errors import Refused

if TYPE_CHECKING:
    from ideas.models import Organisation, Person, Role


def give_role(membership: Membership, role: Role, *, by: Person) -> Membership:
    """Make somebody of the organisation something else there too; what they were stays. Raises Denied or Refused."""
    organisation, person = membership.organisation, membership.person
    _hold_active(membership, by=by)
    if any(m.organisation_id == organisation.id and m.role is role for m in person.active_memberships):
        raise Refused(f"{person.name} is {role.words} there already.")
    given = people.join(person, organisation, job=membership.job, role=role)
    audit.record(audit.Act.ROLE_GIVEN, organisation, by=by, person=person.name, role=role.words)
    db.session.flush()
    return given


def change_job(membership: Membership, job: str, *, by: Person) -> Membership:
    """Put right what somebody does there. Raises Denied, Refused or Invalid."""
    _hold_active(membership, by=by)
    job = people.checked_job(job)
    if job != membership.job:
        membership.job = job
        audit.record(audit.Act.JOB_CHANGED, membership.organisation, by=by, person=membership.person.name, job=job)
        db.session.flush()
    return membership


def _hold_active(membership: Membership, *, by: Person) -> None:
    db.session.refresh(membership, with_for_update={"of": Membership})
    demand(by, Action.ADMINISTER, membership)
    if not membership.is_active:
        raise Refused(f"{membership.person.name} does not belong to {membership.organisation.name} any more.")


def describe(
    organisation: Organisation,
    *,
    by: Person,
    ods_code: str,
    cqc_code: str,
    sign_off_days: int,
    reporting_url: str,
) -> Organisation:
    """Say more about the organisation one looks after; an empty word takes a code or address away.

    Raises Denied or Invalid.
    """
    demand(by, Action.ADMINISTER, organisation)
    before = _details(organisation)
    organisations.describe(
        organisation,
        ods_code=ods_code,
        cqc_code=cqc_code,
        sign_off_days=sign_off_days,
        reporting_url=reporting_url,
    )
    after = _details(organisation)
    changed = [words for words, value in after.items() if value != before[words]]
    if changed:
        audit.record(audit.Act.DETAILS_CHANGED, organisation, by=by, what=", ".join(changed))
        db.session.flush()
    return organisation


def _details(organisation: Organisation) -> dict[str, object]:
    return {
        "ODS code": organisation.ods_code,
        "CQC code": organisation.cqc_code,
        "days to answer": organisation.sign_off_days,
        "where to report": organisation.reporting_url,
    }
