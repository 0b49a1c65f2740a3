"""Fields and components, rendered alone: labels, hints, messages and their links, and nothing misspelt."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, get_template_attribute, render_template
from jinja2.exceptions import UndefinedError
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice

from ideas import clock
from ideas.web import assets, templating
from ideas.web.choices import ChoiceField, SelectField, TicksField
from ideas.web.fields import DateField, LinesField, LongTextField, NumberField, PasswordField, TextField, TickField
from ideas.web.forms import Form, Keyed, Versioned, refused
from tests.web.strict_undefined import StrictForOurs

REAL_PATH = assets.Assets.path
ROOT = Path(__file__).resolve().parents[2]


class EveryField(Keyed, Versioned, Form):
    class Meta:
        csrf = False

    name = TextField("Name", hint="As you say it", required="Say your name", max_length=10)
    now = LongTextField("What happens now?", required="Say what happens now", max_length=20)
    stage = ChoiceField("Stage", choices=[("new", "New"), ("trying", "Trying", "to a date")], required="Choose one")
    leader = SelectField("Leader", choices=[("", "Choose somebody"), ("7", "Femi A.")], coerce=int)
    checks = TicksField("Checks", choices=[("1", "Safety"), ("2", "Data")], coerce=int)
    agreed = TickField("I agree", required="Tick the box")
    ends_on = DateField("It ends on")
    people = NumberField("How many people")
    amount = NumberField("How much", decimals=2)
    password = PasswordField()
    condition = LinesField()


DUE = SimpleNamespace(state="soon", words="Due in 3 days", fraction=0.5)
FULL = {"name": "Amara", "now": "Waiting", "stage": "new", "agreed": "y"}


def filled(**values):
    return EveryField(MultiDict(FULL | values))


def test_a_full_form_is_taken():
    form = filled(leader="7", checks="2", ends_on="2026-12-07", people="1,200", amount="£3.50", version="4")
    assert form.validate(), form.errors
    assert form.leader.data == 7
    assert form.checks.data == [2]
    assert form.ends_on.data == dt.date(2026, 12, 7)
    assert form.people.data == 1200
    assert str(form.amount.data) == "3.50"
    assert form.version.data == 4


def test_what_is_left_out_and_not_asked_for_is_taken():
    form = filled()
    assert form.validate(), form.errors
    assert (form.leader.data, form.ends_on.data, form.people.data, form.checks.data) == (None, None, None, [])


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("name", "   ", "Say your name"),
        ("name", "A" * 12, "Make this shorter: it is 2 characters over the most, 10"),
        ("name", "A" * 11, "Make this shorter: it is 1 character over the most, 10"),
        ("now", "", "Say what happens now"),
        ("stage", "", "Choose one"),
        ("stage", "nowhere", "Choose one of the answers given"),
        ("leader", "8", "Choose one of the answers given"),
        ("leader", "seven", "Choose one of the answers given"),
        ("checks", "9", "Choose one of the answers given"),
        ("agreed", "", "Tick the box"),
        ("people", "many", "Write a number in figures, like 12"),
        ("people", "-1", "Write a number that is 0 or more"),
        ("people", "1.5", "Write the number without a decimal point"),
        ("people", "9,999,999,999", "Write a number that is 1,000,000,000 or less"),
        ("people", "NaN", "Write a number in figures, like 12"),
        ("people", "1_0", "Write a number in figures, like 12"),
        ("people", "1e1", "Write a number in figures, like 12"),
        ("people", "3,5", "Write a number in figures, like 12"),
        ("people", "1 2", "Write a number in figures, like 12"),
        ("people", "1,2345", "Write a number in figures, like 12"),
        ("amount", "3,5", "Write the decimal with a point, like 3.5, and not with a comma"),
        ("amount", "£3,50", "Write the decimal with a point, like 3.5, and not with a comma"),
        ("amount", "3.5 4", "Write a number in figures, like 3.5"),
        ("amount", "1.234", "Write the number with at most 2 decimal places"),
        ("ends_on", "0007-12-26", "Check the year: it is to be between 2000 and 2100"),
    ],
)
def test_a_refusal_says_how_to_put_it_right(page, name, value, says):
    form = EveryField(MultiDict(FULL | {name: value}))
    assert not form.validate()
    assert form[name].errors[0] == says


@pytest.mark.parametrize("value", ["2026-02-30", "7 December", "20261207", "2026-12-07T10:00", "٢٠٢٦-12-07"])
def test_a_bad_date_is_refused_and_kept(page, value):
    form = filled(ends_on=value)
    assert not form.validate()
    assert "like 2026-12-07" in form.ends_on.errors[0]
    assert f'value="{value}"' in form.ends_on()


def test_control_characters_are_taken_out():
    form = filled(name=" A\x00ma\u202er\uffffa\r\n B ", now="one\r\n\ttwo\x07\rthree ")
    assert form.name.data == "Amara B"
    assert form.now.data == "one\n\ttwo\nthree"


def test_a_password_is_kept_as_typed_and_never_sent_back(page):
    form = filled(password=" secret ")
    assert form.password.data == " secret "
    assert "secret" not in form.password()


def test_lines_are_those_that_hold_something(page):
    form = EveryField(MultiDict([*FULL.items(), ("condition", " one "), ("condition", ""), ("condition", "two")]))
    assert form.condition.data == ["one", "two"]


def test_a_field_ties_hint_and_message_to_its_input(page):
    form = filled(name="")
    form.validate()
    html = form.name(autocomplete="name")
    assert '<label class="nhsuk-label" for="name">' in html
    assert 'id="name-hint"' in html
    assert 'id="name-error"' in html
    assert 'aria-describedby="name-hint name-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="name"' in html


def test_what_was_typed_is_escaped_once(page):
    html = filled(now="<b>&").now()
    assert "&lt;b&gt;&amp;</textarea>" in html


def test_radios_carry_a_legend_and_the_summary_leads_to_the_first(page):
    form = filled(stage="")
    form.validate()
    assert form.error_summary == [("stage", "Choose one")]
    html = form.stage()
    assert '<input class="nhsuk-radios__input" id="stage" name="stage" type="radio" value="new"' in html
    assert "checked" not in html
    html = form.stage(choose=2)
    assert 'class="choose choose--2"' in html
    assert 'id="stage-error"' in html


def test_choices_may_come_from_the_view(page):
    form = filled(leader="3")
    form.leader.choices = [("", "Choose"), SelectChoice("3", "Ben H.")]
    assert form.validate(), form.errors
    assert '<option value="3" selected>' in form.leader()


def test_two_forms_on_a_page_have_their_own_ids(page):
    html = EveryField(ids="step-7").name()
    assert 'id="step-7-name"' in html
    assert 'for="step-7-name"' in html
    assert 'name="name"' in html


def test_a_key_is_new_each_time_and_stays_through_a_refusal(page):
    assert EveryField().key.data != EveryField().key.data
    assert filled(key="abcdefgh12345678").key.data == "abcdefgh12345678"
    assert filled(key="<script>").key.data != "<script>"
    tags = EveryField().hidden_tag()
    assert tags.count("<input") == 2
    assert " id=" not in tags


def test_the_domain_can_refuse_too(page):
    form = filled()
    form.validate()
    form.refuse("leader", "Femi is away")
    form.refuse(None, "It changed")
    assert form.error_summary == [(None, "It changed"), ("leader", "Femi is away")]


def test_a_refused_form_answers_422_with_error_before_the_title(page):
    html, status = refused("errors/404.html", filled())
    assert status == 422
    assert "<title>Error: " in html


def test_a_front_end_that_is_not_built_says_what_to_run(tmp_path):
    with pytest.raises(assets.AssetsMissing, match="npm run build"):
        REAL_PATH(assets.Assets(tmp_path), "app.js")
    (tmp_path / "manifest.json").write_text('{"app.js": "app-1.js"}')
    assert REAL_PATH(assets.Assets(tmp_path), "app.js") == "app-1.js"
    with pytest.raises(assets.AssetsMissing, match=r"map\.js"):
        REAL_PATH(assets.Assets(tmp_path), "map.js")


# Words


@pytest.mark.parametrize(
    ("when", "short", "long"),
    [
        (dt.date(2026, 9, 3), "3 Sep", "Thursday 3 September"),
        (dt.date(2025, 9, 3), "3 Sep 2025", "Wednesday 3 September 2025"),
        (dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC), "1 Jul", "Wednesday 1 July"),
        (None, "", ""),
    ],
)
def test_days_in_plain_words(when, short, long):
    with clock.at(dt.date(2026, 11, 23)):
        assert templating.day(when) == short
        assert templating.long_day(when) == long


def test_a_moment_is_shown_on_londons_clocks():
    with clock.at(dt.date(2026, 11, 23)):
        assert templating.moment(dt.datetime(2026, 7, 1, 13, 5, tzinfo=dt.UTC)) == "1 Jul at 2.05 pm"
        assert templating.moment(dt.datetime(2026, 1, 1, 0, 5, tzinfo=dt.UTC)) == "1 Jan at 12.05 am"


def test_paragraphs_keep_the_breaks_and_escape_the_rest():
    assert templating.paragraphs("a <b>\nc\n\n\n d") == "<p>a &lt;b&gt;<br>c</p>\n<p>d</p>"
    assert templating.paragraphs(None) == ""


@pytest.mark.parametrize(("n", "says"), [(0, "0 ideas"), (1, "1 idea"), (1200, "1,200 ideas")])
def test_plural(n, says):
    assert templating.plural(n, "idea") == says


def test_dom_ids():
    assert templating.dom_id(type("Idea", (), {"ref": "I-12"})(), "card") == "idea-I-12-card"
    assert templating.dom_id(type("TeamMember", (), {"id": 7})()) == "team-member-7"


# Templates


def test_the_dial_and_the_words_of_a_clock(page):
    draw = get_template_attribute("components/state.html", "clock")
    assert "clock--late" in draw(SimpleNamespace(state="late", words="Overdue by 2 days", fraction=1))
    assert "Due in 3 days, Thursday" in draw(DUE, "Thursday")


def test_a_misspelt_name_fails_in_our_templates_and_not_in_theirs(page):
    with pytest.raises(UndefinedError):
        page.jinja_env.from_string("{{ missing.name }}").render()
    assert "nhsuk-input" in EveryField().name()


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 419, 429, 500, 503])
def test_every_error_page_stands_without_inputs(page, code):
    render = templating.render_bare if code in (500, 503) else render_template
    html = render(f"errors/{code}.html")
    assert html.count("<h1") == 1
    assert "style=" not in html


@pytest.mark.parametrize("name", ["shared/landing.html", "statements/privacy.html", "statements/accessibility.html"])
def test_pages_that_say_what_this_is(page, name):
    assert render_template(name).count("<h1") == 1


@pytest.mark.parametrize("file", sorted((ROOT / "static" / "src").rglob("*.css")), ids=lambda file: file.name)
def test_a_style_file_is_short_and_in_its_layer(file):
    text = file.read_text()
    assert len(text.splitlines()) < 200
    assert "@layer" in text
    assert "!important" not in text or file.name == "print.css"


@pytest.fixture(autouse=True)
def page(monkeypatch):
    """An app that has only our templates, with a signed-out reader and a name that is not known failing at once."""
    app = Flask("components", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static" / "built"))
    app.secret_key = "a test"
    # What pages lead on to that stand without a person.
    for endpoint in ("at.index", "sign_in.new", "claims.new", "join.new"):
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "")
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr(templating.guard, "visitor", lambda: None)
    monkeypatch.setattr(templating.assets.Assets, "path", lambda self, name: name)
    templating.init_app(app)
    app.jinja_env.undefined = StrictForOurs
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    with app.test_request_context():
        yield app
