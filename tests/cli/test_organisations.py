"""`flask organisations`: what an operator types, and what is said back."""

import pytest

from ideas.app import create_app
from ideas.config import Settings
from ideas.domain import organisations
from ideas.models import Nation, Sector


@pytest.fixture
def flask(app):
    runner = app.test_cli_runner()
    return lambda *words, **options: runner.invoke(args=words, **options)


def test_an_organisation_is_added_and_listed(flask, session):
    done = flask("organisations", "add", "--name", "Northmere Hospitals", "--sector", "acute")
    assert done.exit_code == 0, done.output
    assert done.output == "Added Northmere Hospitals (northmere-hospitals): Hospitals, England, gives care.\n"
    made = organisations.named("northmere-hospitals")
    assert (made.sector, made.nation, made.gives_care, made.is_example) == (Sector.ACUTE, Nation.ENGLAND, True, False)
    listed = flask("organisations", "list")
    assert listed.output == "northmere-hospitals\tNorthmere Hospitals\tacute\tengland\n"


def test_a_database_without_tables_is_told_how_it_gets_them(tmp_path):
    settings = Settings.from_environment({"HEADROOM_DATA_DIR": str(tmp_path)})
    runner = create_app(settings).test_cli_runner()
    for words in (("organisations", "list"), ("people", "password-link", "--sign-in", "ada"), ("demo", "load")):
        done = runner.invoke(args=words)
        assert (done.exit_code, done.output) == (
            1,
            "Error: This database has no tables yet. Run: flask --app wsgi db upgrade\n",
        )


def test_an_empty_list_says_so(flask):
    assert flask("organisations", "list").output == "There is no organisation yet.\n"


@pytest.mark.parametrize(
    ("word", "sector"),
    [
        *((sector.value, sector) for sector in Sector),
        ("nhs", Sector.ACUTE),
        ("social_care", Sector.ADULT_SOCIAL_CARE),
        ("social-care", Sector.ADULT_SOCIAL_CARE),
        ("charity", Sector.VOLUNTARY),
        ("practice", Sector.PRIMARY_CARE),
        ("adult-social-care", Sector.ADULT_SOCIAL_CARE),
        ("Primary-Care", Sector.PRIMARY_CARE),
    ],
)
def test_a_sector_is_known_by_its_words_and_what_people_call_it(flask, session, word, sector):
    assert flask("organisations", "add", "--name", "Ash", "--sector", word).exit_code == 0
    assert organisations.named("ash").sector is sector


def test_an_unknown_sector_lists_them_all(flask, session):
    refused = flask("organisations", "add", "--name", "Ash", "--sector", "hospital")
    assert refused.exit_code == 2
    for sector in Sector:
        assert sector.value in refused.output
    assert organisations.named("ash") is None


@pytest.mark.parametrize(("more", "care"), [((), False), (("--gives-care",), True), (("--no-gives-care",), False)])
def test_a_charity_may_give_care(flask, session, more, care):
    assert flask("organisations", "add", "--name", "Ash", "--sector", "charity", *more).exit_code == 0
    assert organisations.named("ash").gives_care is care


def test_a_nation_may_be_said(flask, session):
    assert flask("organisations", "add", "--name", "Ash", "--sector", "acute", "--nation", "wales").exit_code == 0
    assert organisations.named("ash").nation is Nation.WALES


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--name", "Willow Bank Care Home", "--sector", "acute"), 1, "There is a Willow Bank Care Home already"),
        (("--name", "x", "--sector", "acute"), 1, "2 to 120 characters"),
        (("--name", "Ash", "--sector", "supplier", "--gives-care"), 1, "A supplier gives no care"),
        (("--name", "Ash", "--sector", "acute", "--nation", "france"), 2, "'france' is not one of"),
        (("--name", "Ash"), 2, "Missing option '--sector'"),
        (("--sector", "acute"), 2, "Missing option '--name'"),
    ],
)
def test_a_mistake_is_said_in_plain_words_and_adds_nothing(flask, cast, session, words, code, says):
    refused = flask("organisations", "add", *words)
    assert refused.exit_code == code
    assert says in refused.output
    assert "Traceback" not in refused.output
    session.rollback()
    assert len(organisations.all_by_name()) == 4


def test_more_is_said_about_an_organisation(flask, cast, session):
    done = flask("organisations", "describe", "willow-bank-care-home", "--sign-off-days", "5", "--cqc-code", "1-99")
    assert (done.exit_code, done.output) == (0, "Changed Willow Bank Care Home.\n")
    session.expire_all()
    assert (cast.willow_bank.sign_off_days, cast.willow_bank.cqc_code) == (5, "1-99")


@pytest.mark.parametrize(
    "words", [("nowhere", "--sign-off-days", "5"), ("willow-bank-care-home", "--sign-off-days", "99")]
)
def test_what_makes_no_sense_is_said_and_nothing_changes(flask, cast, session, words):
    done = flask("organisations", "describe", *words)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    session.expire_all()
    assert cast.willow_bank.sign_off_days == 10
