"""Settings: what is read, and what a wrong one says."""

import pytest

from ideas.config import ROOT, Settings, WrongSetting


def read(**variables):
    return Settings.from_environment({f"HEADROOM_{name}": value for name, value in variables.items()})


def test_with_nothing_set_it_is_sqlite_for_this_machine_alone():
    settings = read()
    assert settings.database_url == f"sqlite:///{ROOT}/instance/headroom.db"
    assert settings.is_loopback
    assert not settings.is_https
    assert settings.trusted_hosts is None


def test_an_empty_variable_is_an_unset_one():
    assert read(PORT=" ").port == 8000


@pytest.mark.parametrize("url", ["postgres://a:b@db/ideas", "postgresql://a:b@db/ideas"])
def test_postgresql_is_spoken_through_psycopg_3(url):
    assert read(DATABASE_URL=url).database_url == "postgresql+psycopg://a:b@db/ideas"


def test_the_data_directory_holds_the_database_unless_another_is_named(tmp_path):
    assert read(DATA_DIR=str(tmp_path)).database_url == f"sqlite:///{tmp_path}/headroom.db"


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("ideas", False)],  # noqa: S104
)
def test_who_can_reach_it(host, is_loopback):
    assert read(HOST=host).is_loopback is is_loopback


def test_an_https_address_makes_it_answer_to_that_name_alone():
    settings = read(BASE_URL="https://ideas.example/")
    assert settings.base_url == "https://ideas.example"
    assert settings.is_https
    assert "ideas.example" in settings.trusted_hosts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "ideas"),
        ("DATABASE_URL", "mysql://a:secret@db/ideas"),
        ("DATABASE_URL", "sqlite://"),
        ("SECRET_KEY", "short"),
        ("PORT", "eighty"),
        ("PORT", "65536"),
        ("EXAMPLE", "true"),
        ("BASE_URL", "ideas.example"),
        ("BASE_URL", "https://ideas.example/a/path"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do_and_without_its_value(name, value):
    with pytest.raises(WrongSetting, match=rf"^HEADROOM_{name} .+\. Set it to ") as error:
        read(**{name: value})
    assert "secret" not in str(error.value)


def test_all_wrong_settings_are_told_at_once():
    with pytest.raises(WrongSetting) as error:
        read(PORT="a", EXAMPLE="b")
    assert len(str(error.value).splitlines()) == 2
