"""`flask people`: adding people and memberships, passwords, and ending what somebody is."""

import pytest

from ideas.domain import deciders, passwords, people, sessions
from ideas.models import Role
from tests import factories
from tests.cast import PASSWORD, give_password

NEW = "kettle orbit mango"


@pytest.fixture
def flask(app):
    runner = app.test_cli_runner()
    return lambda *words, **options: runner.invoke(args=words, **options)


@pytest.fixture
def add(flask, cast, session):
    """Add Dana, unless it is said otherwise."""

    def run(*flags, **options):
        stdin = options.pop("stdin", None)
        given = {"name": "Dana Lee", "sign_in": "dana@example.org", "organisation": "Northmere Hospitals"}
        given |= {"job": "porter", "role": "member"} | options
        words = [word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", value)]
        done = flask("people", "add", *words, *flags, input=stdin)
        session.rollback()
        session.expire_all()
        return done

    return run


def test_somebody_is_added_with_a_password_that_is_shown_once(add, session):
    done = add()
    assert done.exit_code == 0, done.output
    said, shown = done.output.splitlines()
    assert said == "Dana Lee is member of Northmere Hospitals (porter) and signs in as dana@example.org."
    password = shown.removeprefix("Password, shown this once: ")
    assert sessions.authenticate("dana@example.org", password).name == "Dana Lee"


def test_a_password_may_come_on_standard_input_and_is_not_shown(add):
    done = add("--password-stdin", stdin=f"{NEW}\n")
    assert done.exit_code == 0, done.output
    assert NEW not in done.output
    assert "Password" not in done.output
    assert sessions.authenticate("dana@example.org", NEW)


@pytest.mark.parametrize(("stdin", "password"), [(f" {NEW} \n", f" {NEW} "), (NEW, NEW), (f"{NEW}\r\n", NEW)])
def test_spaces_are_kept_and_the_end_of_the_line_is_not(add, stdin, password):
    assert add("--password-stdin", stdin=stdin).exit_code == 0
    assert sessions.authenticate("dana@example.org", password)


def test_the_same_sign_in_name_with_another_place_or_role_adds_a_membership(add, cast):
    add("--password-stdin", stdin=NEW)
    done = add(organisation="willow-bank-care-home", job="bank carer")
    assert done.exit_code == 0, done.output
    assert "Password" not in done.output
    add(role="leader", job="head porter")
    # The same again changes nothing.
    assert add().exit_code == 0
    dana = people.with_sign_in("dana@example.org")
    assert {(m.organisation.name, m.role.value, m.job) for m in dana.active_memberships} == {
        ("Northmere Hospitals", "member", "porter"),
        ("Willow Bank Care Home", "member", "bank carer"),
        ("Northmere Hospitals", "leader", "head porter"),
    }
    assert passwords.fits(dana, NEW)


def test_a_new_password_for_somebody_known_signs_them_out_everywhere(add, cast, session):
    give_password(cast.amara)
    token = sessions.begin(cast.amara, device="A browser")
    session.commit()
    done = add("--password-stdin", name="Amara Okafor", sign_in="amara@example.org", stdin=NEW)
    assert done.exit_code == 0, done.output
    assert sessions.find(token) is None
    assert sessions.authenticate("amara@example.org", NEW)
    assert sessions.authenticate("amara@example.org", PASSWORD) is None


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ({"organisation": "Nowhere"}, 1, "There is no organisation 'Nowhere'"),
        ({"role": "boss"}, 2, "'boss' is not one of"),
        ({"sign_in": "two words"}, 1, "one word without spaces"),
        ({"name": ""}, 1, "Give a name"),
        ({"job": " "}, 1, "Give a job"),
        ({"sign_in": "femi@example.org"}, 1, "Femi Adeyemi signs in as femi@example.org already"),
    ],
)
def test_a_mistake_is_said_in_plain_words_and_adds_nothing(add, cast, options, code, says):
    refused = add(**options)
    assert refused.exit_code == code
    assert says in refused.output
    assert "Traceback" not in refused.output
    assert people.with_sign_in("dana@example.org") is None
    assert len(people.everybody()) == 11


@pytest.mark.parametrize("password", ["", "short", "password1234", "DanaLee12345", "x" * 129])
def test_an_easy_password_is_refused_and_nobody_is_added(add, password):
    refused = add("--password-stdin", stdin=password)
    assert refused.exit_code == 1
    assert people.with_sign_in("dana@example.org") is None


def test_a_membership_is_ended_and_what_was_done_stays(flask, cast, session):
    people.join(cast.femi, cast.northmere, job="doctor", role=Role.MEMBER)
    session.commit()
    done = flask("people", "end", "--sign-in", "Femi@Example.org", "--organisation", "northmere-hospitals")
    assert done.exit_code == 0, done.output
    assert done.output == "Femi Adeyemi no longer belongs to Northmere Hospitals (was leader, member).\n"
    session.rollback()
    session.expire_all()
    assert cast.femi.active_memberships == []
    assert people.with_sign_in("femi@example.org") is cast.femi


@pytest.mark.parametrize(
    ("sign_in", "organisation", "says"),
    [
        ("nobody", "Northmere Hospitals", "Nobody signs in as nobody"),
        ("amara@example.org", "Nowhere", "There is no organisation 'Nowhere'"),
        ("amara@example.org", "Lantern Software", "Amara Okafor does not belong to Lantern Software now"),
    ],
)
def test_ending_what_is_not_there_is_said(flask, cast, sign_in, organisation, says):
    refused = flask("people", "end", "--sign-in", sign_in, "--organisation", organisation)
    assert refused.exit_code == 1
    assert says in refused.output


@pytest.mark.parametrize(
    ("sign_in", "organisation", "follows"),
    [
        ("ada", "northmere-hospitals", "Nobody administers Northmere Hospitals now. Its leaders look after"),
        ("gwen", "willow-bank-care-home", "Nobody leads or administers Willow Bank Care Home now."),
    ],
)
def test_a_command_may_end_the_last_in_charge_and_says_what_follows(flask, cast, sign_in, organisation, follows):
    done = flask("people", "end", "--sign-in", f"{sign_in}@example.org", "--organisation", organisation)
    assert done.exit_code == 0, done.output
    assert follows in done.output.splitlines()[1]


def test_what_a_leaver_held_is_free_and_they_are_signed_out(flask, cast, session):
    request = factories.asked(cast)
    token = sessions.begin(cast.femi, device="A browser")
    session.commit()
    flask("people", "end", "--sign-in", "femi@example.org", "--organisation", "northmere-hospitals")
    session.rollback()
    session.expire_all()
    assert sessions.find(token) is None
    assert deciders.could_take(request) == [cast.ruth]
