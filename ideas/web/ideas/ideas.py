"""Ideas: listing them, saying one, reading one, changing its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request, url_for

from ideas.access import Action
from ideas.domain import authors, claims, ideas, organisations, search
from ideas.domain.errors import Stale
from ideas.domain.throttles import TooOften
from ideas.models import Audience, Idea, Sector, Stage, VerdictKind
from ideas.web import paging
from ideas.web.acts import accepted, once
from ideas.web.forms import refused
from ideas.web.guard import allowed, me, on, signed_in
from ideas.web.htmx import go_on, wants_fragment
from ideas.web.people import tries
from ideas.web.six_words import are_few_at, claim_key, words_page
from ideas.web.stale import overtaken
from ideas.web.templating import day
from ideas.web.traces import without_a_trace

from . import page
from .idea_form import IdeaForm
from .list_form import ListForm
from .words import EditForm

if TYPE_CHECKING:
    from ideas.domain.search import Filter

bp = Blueprint("ideas", __name__)


@bp.get("/ideas")
@signed_in
def index() -> str:
    """The list, narrowed by stage, organisation and sector."""
    form = ListForm(request.args)
    wanted = _wanted(form)
    found = search.find(me(), wanted, page=paging.wanted())
    return render_template(
        "ideas/_found.html" if wants_fragment() else "ideas/index.html",
        form=form,
        found=found,
        counts=found.by_stage,
        place=paging.Pages(found.number, found.last),
        kept={name: field.data for name, field in form._fields.items() if field.data and name != "stage"},
    )


def _wanted(form: ListForm) -> Filter:
    """What the form asks for; a word that it does not know narrows nothing, and is said at its field."""
    known = {organisation.slug: organisation for organisation in organisations.names()}
    form.organisation.choices = [("", "All organisations"), *((slug, o.name) for slug, o in known.items())]
    form.validate()
    asked = {name: field.data for name, field in form._fields.items() if field.data and not field.errors}
    return search.Filter(
        stage=Stage(asked["stage"]) if "stage" in asked else None,
        organisation=known.get(asked.get("organisation", "")),
        sector=Sector(asked["sector"]) if "sector" in asked else None,
        mine="mine" in asked,
        overdue="overdue" in asked,
        needs_sponsor=asked.get("needs") == "sponsor",
        looks_for_host=asked.get("needs") == "host",
        verdict=VerdictKind(asked["verdict"]) if "verdict" in asked else None,
    )


@bp.get("/ideas/new")
@without_a_trace
@allowed(Action.SAY)
def new() -> str:
    """The three fields."""
    return render_template("ideas/new.html", form=_fresh(), few_people=_few_people())


@bp.post("/ideas")
@without_a_trace
@allowed(Action.SAY)
@once
def create() -> Any:
    """Say it, in one's own name or without it."""
    form = _fresh()
    if form.without_name.data:
        return _create_without_name(form)
    idea = accepted(form, lambda: _say(form))
    if idea is None:
        return refused("ideas/new.html", form, few_people=_few_people())
    said = "Kept as a draft" if idea.is_draft else "Said"
    if idea.asked_author:
        said = f"Said, and {idea.asked_author.person.short_name} is asked whether it is theirs"
    return go_on(url_for("ideas.show", ref=idea.ref), said=f"{said}. {_who_reads(idea)}", accepted="idea")


def _who_reads(idea: Idea) -> str:
    """Who can read it now, in a sentence."""
    if idea.is_draft:
        return "Only its team reads it"
    if idea.opens_on:
        return f"Only people whom it concerns read it until {day(idea.opens_on)}"
    return "Everybody can read it now"


def _say(form: IdeaForm) -> Idea:
    if form.colleague:
        return authors.say_for(form.colleague, **form.said, by=me())
    return ideas.say(**form.said, by=me())


def _create_without_name(form: IdeaForm) -> Any:
    try:
        tries.count_nameless()
    except TooOften as refusal:
        return tries.wait(
            form, refusal, lambda: render_template("ideas/new.html", form=form, few_people=_few_people(), refused=True)
        )
    sent = accepted(form, lambda: claims.say(**form.said_without_name, secret=claim_key()))
    return words_page(sent, kept_as="idea") if sent else refused("ideas/new.html", form, few_people=_few_people())


def _fresh() -> IdeaForm:
    """The form; with one's colleagues in it only when it is asked for, since they may be thousands."""
    form = IdeaForm.of(me(), organisations.names(), few_people=bool(_few_people()))
    if request.args.get("for") == "colleague" or "on_behalf_of" in request.form:
        form.offer(authors.colleagues(me()))
    return form


def _few_people() -> int:
    own = me().main_membership
    return are_few_at(own.organisation if own else None)


@bp.get("/ideas/<ref:ref>")
@on(Idea, Action.READ)
def show(idea: Idea) -> str:
    """One idea: now and change, where it stands, what it needs next, who is behind it."""
    return page.show(idea)


@bp.get("/ideas/<ref:ref>/edit")
@on(Idea, Action.EDIT)
def edit(idea: Idea) -> str:
    """Its words, to change."""
    return render_template("ideas/edit.html", idea=idea, form=EditForm.of(idea))


@bp.post("/ideas/<ref:ref>")
@on(Idea, Action.EDIT)
def update(idea: Idea) -> Any:
    """Change its words, or let more people read it."""
    form = EditForm.of(idea)
    before = idea.audience
    try:
        changed = accepted(form, lambda: _edit(idea, form))
    except Stale as error:
        return overtaken(
            "ideas/edit.html",
            form,
            error,
            version=lambda: idea.version,
            now=lambda: {"now": idea.now, "change": idea.change, "title": idea.title},
            page=lambda: {"idea": idea},
        )
    if changed is None:
        return refused("ideas/edit.html", form, idea=idea)
    said = f"Saved. {_who_reads(idea)}" if before is not idea.audience else "Saved"
    return go_on(url_for("ideas.show", ref=idea.ref), said=said, accepted=f"edit-{idea.ref}")


def _edit(idea: Idea, form: EditForm) -> Idea:
    return ideas.edit(
        idea,
        now=form.now.data,
        change=form.change.data,
        title=form.title.data,
        audience=Audience(form.audience.data),
        version=form.version.data or 0,
        by=me(),
    )
