"""Every page there is, as somebody of the example meets it: for pictures, and for the accessibility checks."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclasses.dataclass(frozen=True)
class Shot:
    """A page: who looks (nobody: signed out), where, and the form that is sent to show its error.

    The form is sent as it stands, but for the fields in `sets`.
    """

    name: str
    by: str
    path: str
    sends: str = ""
    sets: tuple[tuple[str, str], ...] = ()


#: What is said from a poster.
SAID = (
    ("now", "At night there is one torch for two floors. Whoever has it is always on the other one."),
    ("change", "A second torch on a hook upstairs."),
    ("title", "A second torch for nights"),
)

#: What is pasted from a spreadsheet: a day of two numbers, and lines that are none.
PASTED = (
    "Week\tMinutes\n"
    + "\n".join(f"{day:02}/06/2025\t{1040 + day}.5" for day in range(1, 13))
    + """
12/06/2025\t52
Norovirus from the Thursday on, so nobody counted in bays 3 and 4
06/13/2025\t50"""
)

INVITES = "form[action$='/invitations']"
PARTNER = "form[action$='/partner']"
DETAILS = "/admin/northmere-hospitals/details"

#: `{trying}` and the like stand for an idea of that stage, `{asked}` for one that waits for Femi's answer,
#: `{here_first}` for one that Gwen said and not everybody may read, `{mine}` for one that Amara carries in planning,
#: `{weekly}` for one of hers that is being tried.
FULL = (
    Shot("landing", "", "/"),
    Shot("sign-in", "", "/sign-in"),
    Shot("sign-in-shared", "", "/sign-in?shared=y"),
    Shot("sign-in-error", "", "/sign-in", sends="form[action='/sign-in']"),
    Shot("accessibility", "", "/accessibility"),
    Shot("privacy", "", "/privacy"),
    Shot("403", "dele", "/ideas/{mine}/edit"),
    Shot("404", "amara", "/nothing-here"),
    Shot("409", "amara", "/ideas/{unready}", "form[action$='/moves']", (("stage", "trying"),)),
    Shot("405", "amara", "/sign-out"),
    Shot("409-not-now", "amara", "{cycle}/report"),
    Shot("409-stale", "amara", "/ideas/{mine}/edit", "main form[method=post]", (("version", "0"),)),
    Shot("413", "amara", "/ideas/new", "form[action='/ideas']", (("now", "x" * 1_100_000),)),
    Shot("419", "amara", "/ideas/new", "form[action='/ideas']", (("csrf_token", "old"), ("now", "The lift stops."))),
    Shot("desk-member", "amara", "/"),
    Shot("desk-leader", "femi", "/"),
    Shot("desk-carer", "dele", "/"),
    Shot("account", "femi", "/account"),
    Shot("account-error", "femi", "/account", sends="form[action='/account/password']"),
    Shot("board", "amara", "/board"),
    Shot("board-mine", "amara", "/board?mine=1"),
    Shot("board-stage", "amara", "/board?stage=trying"),
    Shot("ideas", "amara", "/ideas"),
    Shot("ideas-stage", "amara", "/ideas?stage=stopped"),
    Shot("submit", "amara", "/ideas/new"),
    Shot("submit-colleague", "amara", "/ideas/new?for=colleague"),
    Shot("submit-error", "amara", "/ideas/new", sends="form[action='/ideas']"),
    Shot("idea-new", "amara", "/ideas/{new}"),
    Shot("idea-mine", "amara", "/ideas/{mine}"),
    Shot("idea-asked", "femi", "/ideas/{asked}"),
    Shot("idea-trying", "gwen", "/ideas/{trying}"),
    Shot("idea-adopted", "dele", "/ideas/{adopted}"),
    Shot("idea-stopped", "ben", "/ideas/{stopped}"),
    Shot("idea-here-first", "gwen", "/ideas/{here_first}"),
    Shot("withdrawal", "gwen", "/ideas/{here_first}/withdrawal"),
    Shot("withdrawal-not", "amara", "/ideas/{mine}/withdrawal"),
    Shot("hiding", "femi", "/ideas/{mine}/hiding"),
    Shot("hiding-error", "femi", "/ideas/{mine}/hiding", sends="form[action$='/hiding']"),
    Shot("idea-edit", "amara", "/ideas/{mine}/edit"),
    Shot("history", "amara", "/ideas/{adopted}/history"),
    Shot("move-stopped", "amara", "/ideas/{mine}/moves?stage=stopped"),
    Shot("week", "amara", "/ideas/{weekly}/week"),
    Shot("week-error", "amara", "/ideas/{weekly}/week", "form[data-keep]"),
    Shot("plan-mine", "amara", "/ideas/{mine}/plan"),
    Shot("plan-file-error", "amara", "/ideas/{mine}/plan", sends="form[action$='/files']"),
    Shot("file-removal", "amara", "{file}/removal"),
    Shot("plan-error", "amara", "/ideas/{mine}/plan", sends="form[action$='/steps']"),
    Shot("step", "amara", "{step}"),
    Shot("step-stale", "amara", "{step}", "form[action^='/steps/']", (("seen", "old"), ("title", "Ask the porters"))),
    Shot("plan-trying", "femi", "/ideas/{trying}/plan"),
    Shot("evidence-mine", "amara", "/ideas/{mine}/evidence"),
    Shot("evidence-error", "amara", "/ideas/{mine}/evidence", "form[action$='/measures']"),
    Shot("measure", "amara", "{measure}"),
    Shot("measure-error", "amara", "{measure}", "form[action$='/change-day']"),
    Shot("happenings", "amara", "/ideas/{mine}/happenings"),
    Shot("happenings-error", "amara", "/ideas/{mine}/happenings", "form[action$='/happenings']"),
    Shot("cycle", "amara", "/ideas/{mine}/cycles"),
    Shot("cycle-start", "amara", "{cycle}/start"),
    Shot("cycle-report", "leila", "{begun}/report"),
    Shot("cycle-study", "ewa", "{reported}/study"),
    Shot("cycle-act", "chloe", "{studied}/act"),
    Shot("cycle-removal", "amara", "{cycle}/removal"),
    Shot("cycle-error", "amara", "/ideas/{mine}/cycles", "main form[action$='/cycles']"),
    Shot("correction", "amara", "{reading}/edit"),
    Shot("correction-error", "amara", "{reading}/edit", "main form[method=post]", (("value", "many"),)),
    Shot("corrections", "amara", "{corrected}"),
    Shot("reading-removal", "amara", "{reading}/removal"),
    Shot("batch", "amara", "{batch}"),
    Shot("batch-error", "amara", "{batch}", "form[action$='/preview']"),
    Shot("batch-file-error", "amara", "{batch}", "form[action$='/batch/file']"),
    Shot("batch-preview", "amara", "{batch}", "form[action$='/preview']", (("text", PASTED),)),
    Shot("how-we-decide", "", "/how-we-decide"),
    Shot("evidence-adopted", "femi", "/ideas/{adopted}/evidence"),
    Shot("desk-felt", "grace", "/"),
    Shot("evidence-felt", "femi", "/ideas/{felt}/evidence"),
    Shot("idea-watched", "femi", "/ideas/{felt}"),
    Shot("desk-watch", "leila", "/"),
    Shot("watch", "leila", "{watch}"),
    Shot("watch-error", "leila", "{watch}", "form[action^='/watches/']"),
    Shot("sign-off", "femi", "/ideas/{asked}/sign-off"),
    Shot("sign-off-error", "femi", "/ideas/{asked}/sign-off", sends="form[action$='/decision']"),
    Shot("sign-off-reader", "dele", "/ideas/{asked}/sign-off"),
    Shot("sign-off-ask", "amara", "/ideas/{mine}/sign-off"),
    Shot("sign-off-decided", "gwen", "/ideas/{adopted}/sign-off"),
    Shot("organisations", "amara", "/organisations"),
    Shot("organisation", "amara", "/organisations/northmere-hospitals"),
    Shot("person", "amara", "{ben}"),
    Shot("partner", "gwen", "/organisations/willow-bank-care-home/partner"),
    Shot("desk-partner", "mina", "/"),
    Shot("partner-error", "gwen", "/organisations/willow-bank-care-home/partner", PARTNER, (("partner", ""),)),
    Shot("asked-of-us", "femi", "/ideas/{asked_of_us}"),
    Shot("asked-of-us-error", "femi", "/ideas/{asked_of_us}", "#asked form"),
    Shot("side-by-side", "amara", "/ideas/{beside}/sign-off"),
    Shot("one-act", "gwen", "/ideas/{one_act}/sign-off"),
    Shot("same-person", "dele", "/ideas/{same}"),
    Shot("same-person-sign-off", "dele", "/ideas/{same}/sign-off"),
    Shot("nobody-leads", "dele", "/ideas/{unled}"),
    Shot("nomination", "dele", "/ideas/{unled}", "form[action$='/nominations']"),
    Shot("nominated", "", "{nominated}"),
    Shot("nominated-error", "", "{nominated}", "main form[method=post]"),
    Shot("host-wanted", "gwen", "/ideas?needs=host"),
    Shot("join-invited", "", "/join"),
    Shot("join-one-more", "dele", "/join"),
    Shot("join-error", "dele", "/join", "form[action='/join']"),
    Shot("desk-waiting", "nia", "/"),
    Shot("403-waiting", "nia", "/board"),
    Shot("admin", "ada", "/admin/northmere-hospitals"),
    Shot("invite", "ada", "/admin/northmere-hospitals/invitations/new"),
    Shot("invite-link", "ada", "/admin/northmere-hospitals/invitations/new", INVITES, (("role", "member"),)),
    Shot("admin-people", "ada", "/admin/northmere-hospitals/people"),
    Shot("membership", "ada", "/memberships/1"),
    Shot("password-link", "ada", "/memberships/5", "form[action$='/password-links']"),
    Shot("new-password", "", "{password}"),
    Shot("new-password-error", "", "{password}", "form[action^='/password/']"),
    Shot("ending", "ada", "/memberships/1/ending"),
    Shot("ending-not", "ada", "/memberships/10/ending"),
    Shot("details", "ada", "/admin/northmere-hospitals/details"),
    Shot("details-error", "ada", DETAILS, "form[action$='/details']", (("sign_off_days", "0"),)),
    Shot("audit", "ada", "/admin/northmere-hospitals/audit"),
    Shot("places", "ada", "/organisations/northmere-hospitals/places"),
    Shot("places-error", "ada", "/organisations/northmere-hospitals/places", "form[action$='/places']"),
    Shot("poster", "amara", "{poster}"),
    Shot("poster-edit", "ada", "{poster}/edit"),
    Shot("at-code", "", "/at"),
    Shot("at-gone", "", "/at/bcdf-ghjk"),
    Shot("at", "", "{at}"),
    Shot("at-error", "", "{at}", "form[action^='/at/']"),
    Shot("at-next", "", "{at}", "form[action^='/at/']", SAID),
    Shot("at-next-signed-in", "dele", "{at}", "form[action^='/at/']", SAID),
    Shot("claim-code", "", "/claim"),
    Shot("claim-error", "", "/claim", "form[action='/claim']"),
    Shot("claim-idea", "", "/claim", "form[action='/claim']", (("code", "{six}"),)),
    Shot("claim-idea-signed-in", "dele", "/claim", "form[action='/claim']", (("code", "{six}"),)),
    Shot("idea-without-name", "amara", "/ideas/{nameless}"),
    Shot("without-name", "dele", "/ideas/new", "form[action='/ideas']", (*SAID, ("without_name", "y"))),
)

#: The ideas that go across walls: in which list, and their names.
ACROSS = {
    "felt": ("stage=adopted", "The red bag goes with the resident"),
    "asked_of_us": ("stage=new&organisation=northmere-hospitals", "Mealtime companions"),
    "beside": ("stage=sign-off", "Put adult specialists in the children's team"),
    "one_act": ("stage=sign-off&organisation=willow-bank-care-home", "Notice soft signs early"),
    "same": ("stage=trying&organisation=willow-bank-care-home", "A second torch for nights"),
    "unled": ("stage=new&organisation=hazel-court-care-home", "Lend the hoist across the road"),
}

#: Whose trial has a cycle that has gone how far, and what is said at each step.
CYCLES = {
    "leila": ("Send the red bag information by secure message", "begun"),
    "ewa": ("A second torch for nights", "reported"),
    "chloe": ("Listen at night instead of knocking", "studied"),
}
STEPS = {
    "start": (),
    "report": (("happened", "Four of six were ready by noon."),),
    "study": (("foresight", "partly"), ("learned", "Friday needs a list of its own.")),
}

#: On a database with one person and nothing else.
EMPTY = (
    Shot("desk-first", "amara", "/"),
    Shot("board-empty", "amara", "/board"),
    Shot("ideas-empty", "amara", "/ideas"),
    Shot("organisations-empty", "amara", "/organisations"),
    Shot("organisation-empty", "amara", "/organisations/northmere-hospitals"),
    Shot("submit-empty", "amara", "/ideas/new"),
)

WIDTHS = (1280, 390)


def sign_in(page: Page, url: str, name: str) -> None:
    """Sign in as somebody of the example."""
    page.goto(f"{url}/sign-in")
    page.fill("[name=email]", f"{name}@example.org")
    page.fill("[name=password]", "less-bad-than-now")
    page.click("form[action='/sign-in'] button[type=submit]")
    page.wait_for_url(f"{url}/")


def places(page: Page, url: str) -> dict[str, str]:
    """What the braces in the paths stand for, found by looking, and by doing what leads there."""

    def first(path: str, selector: str) -> str:
        page.goto(f"{url}{path}")
        return str(page.locator(selector).first.get_attribute("href"))

    idea = "main a[href^='/ideas/I-']"
    found = {
        stage: first(f"/ideas?stage={stage}", idea).removeprefix("/ideas/").split("/")[0]
        for stage in ("new", "trying", "adopted", "stopped")
    }
    mine = "[data-stage=planning].col a[href^='/ideas/I-']"
    asked = "[data-stage=sign-off].col a[href^='/ideas/I-']"
    found["here_first"] = first("/ideas?stage=new", "li:has-text('Here first') a").removeprefix("/ideas/").split("/")[0]
    found["mine"] = first("/board?mine=1", mine).removeprefix("/ideas/").split("/")[0]
    found["weekly"] = first("/", "main a[href$='/week']").removeprefix("/ideas/").split("/")[0]
    found["asked"] = first("/board?organisation=northmere-hospitals", asked).removeprefix("/ideas/").split("/")[0]
    found["unready"] = first("/board?mine=1", mine).removeprefix("/ideas/").split("/")[0]
    found["file"] = a_file(page, f"{url}/ideas/{found['mine']}/plan")
    found["measure"] = first(f"/ideas/{found['mine']}/evidence", "main a[href^='/measures/'][href$='/edit']")
    found["batch"] = first(f"/ideas/{found['mine']}/evidence", "main a[href$='/batch']")
    found["step"] = first(f"/ideas/{found['mine']}/plan", "main a[href^='/steps/']")
    found["reading"] = a_correction(page, f"{url}/ideas/{found['weekly']}/evidence")
    found["corrected"] = first(f"/ideas/{found['weekly']}/evidence", "main a[href$='/corrections']")
    planned = first(f"/ideas/{found['weekly']}/evidence", "main a[href^='/cycles/'][href$='/removal']")
    found["cycle"] = planned.removesuffix("/removal")
    found["ben"] = first("/organisations/northmere-hospitals", "main a[href^='/people/']")
    found["poster"] = first("/organisations/northmere-hospitals/places", "main a[href^='/places/']")
    found["at"] = at_poster(page, url, found["poster"])
    send(page, f"{url}/ideas/new", "form[action='/ideas']", (*SAID, ("without_name", "y")))
    found["six"] = " ".join(page.locator(".words li").all_inner_texts())
    found["nameless"] = page.locator("main b", has_text="I-").first.inner_text()
    page.context.clear_cookies()
    sign_in(page, url, "ada")
    send(page, f"{url}/memberships/5", "form[action$='/password-links']", ())
    found["password"] = page.locator(".link-once").inner_text().removeprefix(url)
    page.context.clear_cookies()
    sign_in(page, url, "dele")
    for name, (chosen, title) in ACROSS.items():
        found[name] = first(f"/ideas?{chosen}", f'{idea}:has-text("{title}")').removeprefix("/ideas/")
    send(page, f"{url}/ideas/{found['unled']}", "form[action$='/nominations']", ())
    found["nominated"] = page.locator(".link-once").inner_text().removeprefix(url)
    page.context.clear_cookies()
    sign_in(page, url, "leila")
    found["watch"] = first("/", "main a[href^='/watches/']")
    for steps, (name, (title, gone_to)) in enumerate(CYCLES.items(), start=1):
        page.context.clear_cookies()
        sign_in(page, url, name)
        found[gone_to] = a_cycle(page, url, first("/ideas?stage=trying", f'{idea}:has-text("{title}")'), steps)
    page.context.clear_cookies()
    sign_in(page, url, "nia")
    send(page, f"{url}{found['at']}", "form[action^='/at/']", SAID)
    with page.expect_navigation():
        page.locator("form[action$='/ideas'] button").click()
    return found


def a_file(page: Page, plan: str) -> str:
    """The address of a file that is added to the plan."""
    page.goto(plan)
    page.locator("#files summary").click()
    leaflet = {"name": "When to take the gloves off.txt", "mimeType": "text/plain", "buffer": b"Not for a cup of tea."}
    page.set_input_files("#files input[type=file]", [leaflet])  # type: ignore[list-item]
    page.locator("#files button").click()
    return str(page.locator("#files a[href^='/files/']").first.get_attribute("href"))


def a_correction(page: Page, evidence: str) -> str:
    """The address of a reading that is put right."""
    page.goto(evidence)
    reading = page.locator("main a[href^='/readings/'][href$='/edit']").first.get_attribute("href") or ""
    send(page, evidence.partition("/ideas/")[0] + reading, "main form[method=post]", (("value", "12.5"),))
    return reading.removesuffix("/edit")


def a_cycle(page: Page, url: str, idea: str, steps: int) -> str:
    """The address of a cycle that has gone so many of its steps."""
    send(page, f"{url}{idea}/cycles", "main form[method=post]", (("attempt", "Two bays."), ("prediction", "All six.")))
    start = page.locator("main a[href^='/cycles/'][href$='/start']").first.get_attribute("href") or ""
    cycle = start.removesuffix("/start")
    for step, said in list(STEPS.items())[:steps]:
        send(page, f"{url}{cycle}/{step}", "main form[method=post]", said)
    return cycle


def at_poster(page: Page, url: str, poster: str) -> str:
    """The address on a poster."""
    page.goto(f"{url}{poster}")
    return f"/at/{page.locator('.poster__letters').inner_text()}"


def send(page: Page, address: str, form: str, sets: tuple[tuple[str, str], ...]) -> None:
    """Open a page and send its form, past the browser's own checks, as somebody without our scripts would."""
    page.goto(address)
    with page.expect_navigation():
        page.locator(form).first.evaluate(_SEND, [list(pair) for pair in sets])


def go(page: Page, url: str, shot: Shot, at: dict[str, str]) -> None:
    """Open the page; where an error is to be shown, send its form as it is, past the browser's own checks."""
    if shot.sends:
        sets = tuple((name, value.format(**at)) for name, value in shot.sets)
        send(page, f"{url}{shot.path.format(**at)}", shot.sends, sets)
    else:
        page.goto(f"{url}{shot.path.format(**at)}")


#: Past the browser's own checks and our scripts, as somebody without them would.
_SEND = """(form, sets) => {
  for (const [name, value] of sets) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  form.submit();
}"""
