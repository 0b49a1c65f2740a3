"""What was asked and decided in the example."""

from __future__ import annotations

import collections

from ideas import clock
from ideas.domain import (
    desk,
    gates,
    partners,
    rounds,
)
from ideas.models import (
    Decision,
    Event,
    Gate,
    Idea,
    Organisation,
    Outcome,
    SignOff,
    Stage,
)


class TestDecisions:
    def test_all_answers_occur_at_both_gates(self, told):
        answers = collections.Counter((d.gate, d.outcome) for d in told(Decision))
        assert {outcome for gate, outcome in answers if gate is Gate.TRY} == set(Outcome)
        assert {outcome for gate, outcome in answers if gate is Gate.ADOPT} == set(Outcome)
        noes = [d for d in told(Decision) if d.outcome is Outcome.NO and d.gate is Gate.TRY]
        assert {bool(d.smaller_yes) for d in noes} == {True, False}

    def test_nobody_decided_who_might_not(self, told):
        for decision in told(Decision):
            request, leader = decision.sign_off, decision.decided_by
            assert leader.leads(request.organisation_id), leader.name
            assert not leader.belongs_to_a_supplier
            assert not request.idea.ever_had_in_team(leader)
            backs_it = any(s.person is leader for s in request.idea.accepted_sponsorships)
            assert backs_it is decision.decided_by_sponsor

    def test_the_only_leader_of_a_care_home_backed_one_and_said_yes_and_her_partner_is_told(self, told, person):
        same = [d.sign_off for d in told(Decision) if d.decided_by_sponsor]
        assert [(d.decision.decided_by.first_name, d.idea.home_organisation.name) for d in same] == [
            ("Gwen", "Willow Bank Care Home")
        ]
        assert desk.of(person("mina")).to_know == same
        assert not any(partners.is_needed(o) for o in told(Organisation) if o.name == "Willow Bank Care Home")

    def test_two_organisations_stand_side_by_side_and_one_has_answered(self, told):
        waiting = [request for request in told(SignOff) if request.is_open and rounds.beside(request)]
        assert len(waiting) == 1
        assert waiting[0].organisation is waiting[0].idea.home_organisation
        assert [(r.organisation.name, r.decision.outcome) for r in rounds.beside(waiting[0])] == [
            ("Ashmoor Mental Health", Outcome.APPROVE)
        ]

    def test_what_is_tried_has_a_yes_and_what_is_kept_has_two(self, told):
        for idea in told(Idea):
            said_yes = [s.gate for s in idea.sign_offs if s.decision and s.decision.outcome is Outcome.APPROVE]
            if idea.stage is Stage.TRYING:
                assert said_yes == [Gate.TRY], idea.title
                assert idea.trial_ends_on
            if idea.stage is Stage.ADOPTED:
                assert said_yes == [Gate.TRY, Gate.ADOPT], idea.title

    def test_femi_has_one_that_is_late_and_two_to_come(self, told, person):
        waiting = [(r.due_on - clock.today()).days for r in desk.of(person("femi")).answers]
        assert len(waiting) == 3
        assert -5 <= waiting[0] <= -2
        assert 3 <= waiting[1] < waiting[2] <= 12

    def test_others_are_asked_too(self, told, person):
        assert all(desk.of(person(who)).answers for who in ("ben", "gwen", "patrick", "marcia", "maria", "martin"))

    def test_requests_were_sent_on_taken_over_and_taken_back(self, told):
        kinds = {event.kind for event in told(Event)}
        assert kinds >= {"sign_off.sent_on", "sign_off.taken_over", "sign_off.taken_back"}

    def test_one_trial_is_over_and_nobody_has_said_what_now(self, told):
        over = [i for i in told(Idea) if i.stage is Stage.TRYING and i.trial_ends_on < clock.today()]
        assert len(over) == 1
        assert over[0].open_sign_off is None

    def test_some_yeses_hold_while_it_runs(self, told):
        running = [i for i in told(Idea) if i.stage is Stage.TRYING]
        assert (
            sum(
                gates.standing_approval(i) is not None and bool(i.sign_offs[0].decision.condition_while)
                for i in running
            )
            > 5
        )
