"""Settings: read once, refused in one sentence that names the variable, secrets made once and kept private."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.core.settings import SettingError, kept_secret, load_settings


def test_without_any_variable_there_is_an_embedded_installation(tmp_path: Path) -> None:
    settings = load_settings({"LINGDA_DATA": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/lingda.sqlite"
    assert (settings.http, settings.backend, settings.async_mode) == (
        "127.0.0.1:8000",
        "127.0.0.1:8001",
        "eventlet",
    )
    assert settings.public_url == "http://127.0.0.1:8000"
    assert (settings.trusted_proxies, settings.redis_url, settings.secure_cookies) == (1, None, False)
    assert settings.backend_address == ("127.0.0.1", 8001)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LINGDA_HTTP", "8000"),
        ("LINGDA_HTTP", "127.0.0.1:eighty"),
        ("LINGDA_HTTP", "127.0.0.1:70000"),
        ("LINGDA_HTTP", "127.0.0.1:²"),
        ("LINGDA_BACKEND", "localhost"),
        ("LINGDA_PUBLIC_URL", "lingda.example"),
        ("LINGDA_PUBLIC_URL", "ftp://lingda.example"),
        ("LINGDA_ASYNC_MODE", "gevent"),
        ("LINGDA_DATABASE_URL", "mysql://root@localhost/lingda"),
        ("LINGDA_DATABASE_URL", "postgresql://lingda:geheim@host:port/name"),
        ("LINGDA_REDIS_URL", "memcached://:geheim@host"),
        ("LINGDA_TRUSTED_PROXIES", "-1"),
        ("LINGDA_TRUSTED_PROXIES", "²"),
        ("LINGDA_TRUSTED_PROXIES", "one"),
        ("LINGDA_SECRET_KEY_FILE", "/nowhere/secret"),
        ("LINGDA_VAPID_PRIVATE_KEY_FILE", "/nowhere/secret"),
        ("LINGDA_VAPID_SUBJECT", "mailto:duty@localhost"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as refused:
        load_settings({"LINGDA_DATA": str(tmp_path), name: value})
    sentence = str(refused.value)
    assert name in sentence and "\n" not in sentence
    assert "geheim" not in sentence


def test_a_data_folder_that_cannot_be_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingError, match=r"LINGDA_DATA is .*cannot be written"):
            load_settings({"LINGDA_DATA": str(folder)})


def test_a_secret_comes_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file, thirty-two characters\n")
    settings = load_settings({"LINGDA_DATA": str(tmp_path), "LINGDA_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert settings.secret_key == "from the file, thirty-two characters"
    assert not (tmp_path / "secrets").exists()


def test_a_secret_file_that_is_no_text_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(SettingError, match="LINGDA_SECRET_KEY_FILE"):
        load_settings({"LINGDA_DATA": str(tmp_path), "LINGDA_SECRET_KEY_FILE": str(tmp_path / "key")})


def test_the_secret_of_an_installation_is_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    first = load_settings({"LINGDA_DATA": str(tmp_path)}).secret_key
    assert load_settings({"LINGDA_DATA": str(tmp_path)}).secret_key == first
    assert len(first) >= 43
    kept = tmp_path / "secrets" / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert [one.name for one in kept.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: kept_secret(tmp_path, "secret_key"), range(8)))
    assert len(made) == 1 and "" not in made


def test_a_plain_postgresql_address_gets_the_driver_this_product_uses(tmp_path: Path) -> None:
    given = {"LINGDA_DATA": str(tmp_path), "LINGDA_DATABASE_URL": "postgresql://lingda@db/lingda"}
    assert load_settings(given).database_url == "postgresql+psycopg://lingda@db/lingda"


def test_a_key_that_could_be_guessed_is_refused_and_not_shown(tmp_path: Path) -> None:
    given = {"LINGDA_DATA": str(tmp_path), "LINGDA_SECRET_KEY": "k" * 31}
    with pytest.raises(SettingError, match=r"LINGDA_SECRET_KEY is too short.*32 characters") as refused:
        load_settings(given)
    assert "\n" not in str(refused.value) and "kkk" not in str(refused.value)
    assert load_settings({**given, "LINGDA_SECRET_KEY": "k" * 32}).secret_key == "k" * 32


def test_the_ways_out_are_closed_unless_they_are_set(tmp_path: Path) -> None:
    closed = load_settings({"LINGDA_DATA": str(tmp_path)})
    assert (closed.push_allowed_hosts, closed.gateways, closed.vapid_subject) == ((), None, None)
    given = {
        "LINGDA_PUSH_ALLOWED_HOSTS": "10.1.0.0/16, push.court.lan,",
        "LINGDA_GATEWAYS": "/etc/lingda/gateways.toml",
    }
    opened = load_settings({"LINGDA_DATA": str(tmp_path), **given})
    assert opened.push_allowed_hosts == ("10.1.0.0/16", "push.court.lan")
    assert opened.gateways == Path("/etc/lingda/gateways.toml")


def test_settings_that_are_printed_show_no_secret(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "LINGDA_DATA": str(tmp_path),
            "LINGDA_DATABASE_URL": "postgresql://lingda:geheim-database@db/lingda",
            "LINGDA_REDIS_URL": "redis://:geheim-redis@cache/0",
            "LINGDA_SECRET_KEY": "geheim-key-of-at-least-32-characters",
            "LINGDA_DEMO_PASSWORD": "geheim-password",
            "LINGDA_VAPID_PRIVATE_KEY": "geheim-key-of-pushes",
        }
    )
    assert "geheim" not in repr(settings) and "geheim" not in str(settings)
    assert "127.0.0.1:8000" in repr(settings)
