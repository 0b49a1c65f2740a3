"""Everything that somebody may ask to do, with what each allows."""

import enum


class Action(enum.StrEnum):
    """An act that needs a right. Search for `Action.DECIDE` to find all that ask for it."""

    #: say what is bad now and what would be less bad
    SAY = "say"
    #: read an idea, its plan, evidence, decisions and history
    READ = "read"
    #: say "us too", and take it back
    US_TOO = "us_too"
    #: answer whether it is less bad for oneself now
    ANSWER_FELT = "answer_felt"
    #: say whether what was adopted is still used, and still less bad
    ANSWER_WATCH = "answer_watch"
    #: change the idea, its plan, screening, steps, measures, readings and cycles, and ask leaders to sponsor
    EDIT = "edit"
    #: answer for the team how a week of the trial was
    ANSWER_WEEK = "answer_week"
    #: take one's own idea back, or delete one's draft
    WITHDRAW = "withdraw"
    #: hide an idea with a reason, and show it again
    HIDE = "hide"
    #: take on an idea that has no owner
    TAKE_ON = "take_on"
    #: name an owner where there is none
    NAME_OWNER = "name_owner"
    #: become the home of an idea that looks for a host
    HOST = "host"
    #: answer "asked of us" for the idea's home: we take it, or not ours
    ANSWER_HOME = "answer_home"
    #: hand the ownership to somebody, or ask somebody into the team
    HAND_ON = "hand_on"
    #: say yes or no to a place in the team that one was asked to take
    ANSWER_TEAM = "answer_team"
    #: tick off a step, or take the tick away
    TICK = "tick"
    #: record a check's state: the adviser their own words, the team as "the team says"
    RECORD_CHECK = "record_check"
    #: move the card to planning or stopped
    MOVE = "move"
    #: move the card to any stage that its gate opens
    MOVE_ANYWHERE = "move_anywhere"
    #: back an idea, and pledge
    SPONSOR = "sponsor"
    #: answer one's own ask to sponsor
    ANSWER_SPONSORSHIP = "answer_sponsorship"
    #: ask a named leader for an answer
    ASK_SIGN_OFF = "ask_sign_off"
    #: decide a request
    DECIDE = "decide"
    #: take over a request that is before another leader
    TAKE_OVER = "take_over"
    #: send a request on to another leader
    SEND_ON = "send_on"
    #: take a request back before it is answered
    TAKE_BACK = "take_back"
    #: put one's name to an idea that was said without one; whoever does it holds its claim code
    PUT_NAME = "put_name"
    #: invite somebody to an organisation, and take a link back
    INVITE = "invite"
    #: make a link for the person who could lead where nobody does: they ask with it, and wait for a yes
    NOMINATE = "nominate"
    #: say yes or no to somebody who asked to join
    CONFIRM_JOINER = "confirm_joiner"
    #: look after an organisation's people, roles and details, and read its audit
    ADMINISTER = "administer"
    #: make a link with which somebody of the organisation chooses a new password
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of an act
    #: add, rename and retire the places of an organisation
    KEEP_PLACES = "keep_places"
    #: name an organisation's partner, and say whether a sponsor may decide there
    NAME_PARTNER = "name_partner"
