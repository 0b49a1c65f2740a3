"""The table of permissions, written by hand from PRODUCT.md, for a second pair of eyes.

It knows nothing of the policy: each row says who may, by name, and everybody else of the cast may not.
A page that does not exist for somebody counts as a no.
"""

from __future__ import annotations

import dataclasses

from ideas.access import Action

CAST = ("amara", "tomas", "femi", "ruth", "ben", "ada", "gwen", "dele", "sol", "lena", "mina")
EVERYBODY = frozenset(CAST)


@dataclasses.dataclass(frozen=True)
class Row:
    """One row: an act on a thing of the world, and who may.

    `sends` is the direct request, which carries nothing, so that it is refused for its words and never for its
    right; `offered_on` is the page whose form to that address shows the act to those who may, and to nobody else.
    """

    act: str
    action: Action
    thing: str
    may: frozenset[str]
    sends: str = ""
    offered_on: str = ""


def who(names: str) -> frozenset[str]:
    """Names of the cast, parted by blanks."""
    found = frozenset(names.split())
    assert found <= EVERYBODY, found - EVERYBODY
    return found


# Who is who:  amara author and owner of `carried` · tomas member of its home, has a step · femi leader of its home,
# asked to decide · ruth leader of its home, asked into the team · ben leader of its home, sponsors it · ada its admin ·
# gwen leader elsewhere, asked to sponsor · dele member elsewhere · sol of a supplier, in its team ·
# lena leader of a supplier · mina leader elsewhere, asked about a check
ROWS = (
    Row("say it", Action.SAY, "", EVERYBODY, "/ideas", "/ideas/new"),
    Row("read an open idea", Action.READ, "carried", EVERYBODY),
    Row("say us too", Action.US_TOO, "carried", EVERYBODY, "/ideas/{carried}/us-too/removal"),
    Row(
        "say whether it is less bad for oneself",
        Action.ANSWER_FELT,
        "felt_ask",
        who("tomas"),
        "/felt-asks/{felt_ask}/answer",
        "/ideas/{tried}/evidence",
    ),
    Row(
        "say whether it is still used",
        Action.ANSWER_WATCH,
        "watch",
        who("amara"),
        "/watches/{watch}",
        "/watches/{watch}",
    ),
    Row("say whether it is still used when its team is gone", Action.ANSWER_WATCH, "orphan", who("femi ruth ben")),
    Row("say us too here first", Action.US_TOO, "here_first", who("amara tomas femi ruth ben ada gwen dele sol")),
    Row("say us too of a draft", Action.US_TOO, "draft", who("amara dele"), "/ideas/{draft}/us-too"),
    Row("read one that is here first", Action.READ, "here_first", who("amara tomas femi ruth ben ada gwen dele sol")),
    Row("read a hidden one", Action.READ, "hidden", who("femi ruth ben ada dele")),
    Row("read a draft", Action.READ, "draft", who("amara dele")),
    Row("edit an idea", Action.EDIT, "carried", who("amara sol"), "/ideas/{carried}", "/ideas/{carried}/edit"),
    Row("edit a draft", Action.EDIT, "draft", who("amara dele"), "/ideas/{draft}", "/ideas/{draft}/edit"),
    Row("edit its plan", Action.EDIT, "carried", who("amara sol"), "/ideas/{carried}/plan", "/ideas/{carried}/plan"),
    Row("add a step", Action.EDIT, "carried", who("amara sol"), "/ideas/{carried}/steps", "/ideas/{carried}/plan"),
    Row(
        "answer the questions",
        Action.EDIT,
        "carried",
        who("amara sol"),
        "/ideas/{carried}/screening",
        "/ideas/{carried}/plan",
    ),
    Row(
        "add a measure",
        Action.EDIT,
        "carried",
        who("amara sol"),
        "/ideas/{carried}/measures",
        "/ideas/{carried}/evidence",
    ),
    Row(
        "note what happened",
        Action.EDIT,
        "carried",
        who("amara sol"),
        "/ideas/{carried}/happenings",
        "/ideas/{carried}/happenings",
    ),
    Row("plan a cycle", Action.EDIT, "carried", who("amara sol"), "/ideas/{carried}/cycles"),
    Row("start a cycle", Action.EDIT, "cycle", who("amara sol"), "/cycles/{cycle}/start"),
    Row("say what comes of a cycle", Action.EDIT, "cycle", who("amara sol"), "/cycles/{cycle}/act"),
    Row("say what came of it", Action.EDIT, "carried", who("amara sol"), "/ideas/{carried}/result"),
    Row(
        "ask a leader to sponsor",
        Action.EDIT,
        "carried",
        who("amara sol"),
        "/ideas/{carried}/sponsorships",
        "/ideas/{carried}",
    ),
    Row("withdraw an idea", Action.WITHDRAW, "carried", who("amara"), "/ideas/{carried}/withdrawal"),
    Row("delete a draft", Action.WITHDRAW, "draft", who("amara")),
    Row(
        "hide an idea",
        Action.HIDE,
        "carried",
        who("femi ruth ben ada"),
        "/ideas/{carried}/hiding",
        "/ideas/{carried}/hiding",
    ),
    Row(
        "show a hidden one again",
        Action.HIDE,
        "hiding",
        who("femi ruth ben ada"),
        "/hidings/{hiding}/ending",
        "/ideas/{hidden}",
    ),
    Row(
        "say how a week was",
        Action.ANSWER_WEEK,
        "tried",
        who("amara sol"),
        "/ideas/{tried}/week",
        "/ideas/{tried}/week",
    ),
    Row("name an owner where there is none", Action.NAME_OWNER, "unowned", who("femi ruth ben")),
    Row(
        "host an idea",
        Action.HOST,
        "unhosted",
        who("femi ruth ben gwen mina"),
        "/ideas/{unhosted}/home",
        "/ideas/{unhosted}",
    ),
    Row(
        "hand it on, or ask into the team",
        Action.HAND_ON,
        "carried",
        who("amara"),
        "/ideas/{carried}/team",
        "/ideas/{carried}",
    ),
    Row("hand on an idea of a supplier's", Action.HAND_ON, "unhosted", who("sol")),
    Row(
        "answer a place in the team",
        Action.ANSWER_TEAM,
        "place",
        who("ruth"),
        "/team/{place}/answer",
        "/ideas/{carried}",
    ),
    Row(
        "tick off a step", Action.TICK, "step", who("amara tomas"), "/steps/{step}/completion", "/ideas/{carried}/plan"
    ),
    Row("add a file", Action.EDIT, "carried", who("amara sol"), "/ideas/{carried}/files", "/ideas/{carried}/plan"),
    Row("take a file off", Action.EDIT, "file", who("amara sol"), "/files/{file}/removal"),
    Row("change a step", Action.EDIT, "step", who("amara sol"), "/steps/{step}"),
    Row("record a check", Action.RECORD_CHECK, "check", who("amara mina"), "/checks/{check}", "/ideas/{carried}/plan"),
    Row(
        "move it to planning or stopped",
        Action.MOVE,
        "carried",
        who("amara sol"),
        "/ideas/{carried}/moves",
        "/ideas/{carried}",
    ),
    Row("move it to any stage", Action.MOVE_ANYWHERE, "carried", who("amara")),
    Row("sponsor", Action.SPONSOR, "carried", who("femi ruth ben gwen mina")),
    Row(
        "answer an ask to sponsor",
        Action.ANSWER_SPONSORSHIP,
        "sponsorship",
        who("gwen"),
        "/sponsorships/{sponsorship}/answer",
        "/ideas/{carried}",
    ),
    Row("ask for a sign-off", Action.ASK_SIGN_OFF, "carried", who("amara"), "/ideas/{carried}/sign-offs"),
    Row("decide", Action.DECIDE, "request", who("femi"), "/sign-offs/{request}/decision", "/ideas/{carried}/sign-off"),
    Row("take a request over", Action.TAKE_OVER, "request", who("femi ruth")),
    Row(
        "send a request on",
        Action.SEND_ON,
        "request",
        who("amara femi ruth ben"),
        "/sign-offs/{request}/leader",
        "/ideas/{carried}/sign-off",
    ),
    Row(
        "take a request back",
        Action.TAKE_BACK,
        "request",
        who("amara femi ruth ben"),
        "/sign-offs/{request}/withdrawal",
        "/ideas/{carried}/sign-off",
    ),
    Row("put one's name to it", Action.PUT_NAME, "nameless", EVERYBODY),
    Row("put one's name to what one sponsors or decides", Action.PUT_NAME, "carried", EVERYBODY - who("ben femi")),
    Row(
        "say yes to who asked to join",
        Action.CONFIRM_JOINER,
        "joiner",
        who("ada femi ruth ben"),
        "/memberships/{joiner}/refusal",
        "/admin/northmere-hospitals",
    ),
    Row(
        "take a link back",
        Action.INVITE,
        "invitation",
        who("ada femi ruth ben"),
        "/invitations/{invitation}/revocation",
        "/admin/northmere-hospitals",
    ),
    Row(
        "invite somebody",
        Action.INVITE,
        "northmere",
        who("ada femi ruth ben"),
        "/admin/northmere-hospitals/invitations",
        "/admin/northmere-hospitals/invitations/new",
    ),
    Row(
        "look after people",
        Action.ADMINISTER,
        "tomas_there",
        who("ada"),
        "/memberships/{tomas_there}",
        "/memberships/{tomas_there}",
    ),
    Row(
        "end a membership",
        Action.ADMINISTER,
        "leaver",
        who("ada"),
        "/memberships/{leaver}/ending",
        "/memberships/{leaver}/ending",
    ),
    Row(
        "make a link for a new password",
        Action.RESET_PASSWORD,
        "tomas_there",
        who("ada"),
        "/memberships/{tomas_there}/password-links",
        "/memberships/{tomas_there}",
    ),
    Row("make one for who belongs elsewhere too", Action.RESET_PASSWORD, "both", frozenset()),
    Row("make one for oneself", Action.RESET_PASSWORD, "ada_there", frozenset()),
    Row("make one where nobody administers", Action.RESET_PASSWORD, "dele_there", who("gwen")),
    Row(
        "change an organisation's details",
        Action.ADMINISTER,
        "northmere",
        who("ada"),
        "/admin/northmere-hospitals/details",
        "/admin/northmere-hospitals/details",
    ),
    Row(
        "look after a place",
        Action.KEEP_PLACES,
        "spot",
        who("ada"),
        "/places/{spot}",
        "/places/{spot}/edit",
    ),
    Row(
        "look after a place where nobody administers",
        Action.KEEP_PLACES,
        "room",
        who("gwen"),
        "/places/{room}/retirement",
        "/places/{room}/edit",
    ),
    Row(
        "answer what is asked of us",
        Action.ANSWER_HOME,
        "unowned",
        who("femi ruth ben"),
        "/ideas/{unowned}/home",
        "/ideas/{unowned}",
    ),
    Row(
        "name a partner",
        Action.NAME_PARTNER,
        "northmere",
        who("ada"),
        "/organisations/northmere-hospitals/partner",
        "/organisations/northmere-hospitals/partner",
    ),
    Row("name a partner where nobody administers", Action.NAME_PARTNER, "care_home", who("gwen")),
    Row(
        "make a link for who could lead",
        Action.NOMINATE,
        "leaderless",
        who("dele"),
        "/ideas/{leaderless}/nominations",
        "/ideas/{leaderless}",
    ),
    Row("say yes to who asks to lead", Action.CONFIRM_JOINER, "would_lead", who("mina")),
    # Last, because the first one who sends this does it.
    Row(
        "take on an idea without an owner",
        Action.TAKE_ON,
        "unowned",
        who("amara tomas femi ruth ben ada"),
        "/ideas/{unowned}/owner",
    ),
)
