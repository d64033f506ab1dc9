"""The keys of pushes: made once for an installation, replaced by replacing them, refused when they are none."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from backend.channels.vapid import VapidKeys, make_private_key, open_vapid
from backend.core.settings import SettingError, load_settings
from tests.support.push_without_browser import from_base64url


def opened(data: Path, **environment: str) -> VapidKeys:
    return open_vapid(load_settings({"LINGDA_DATA": str(data), **environment}))


def test_an_installation_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = {one.public_key for one in threads.map(lambda _: opened(tmp_path), range(4))}
    assert len(made) == 1
    point = from_base64url(made.pop())
    assert (len(point), point[0]) == (65, 4)
    kept = tmp_path / "secrets" / "vapid_private_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.unlink()
    assert from_base64url(opened(tmp_path).public_key) != point, "replacing the file is a new key"


def test_a_key_may_be_given_and_may_be_written_in_two_ways(tmp_path: Path) -> None:
    raw = make_private_key()
    (tmp_path / "key").write_text(raw + "\n")
    given = opened(tmp_path, LINGDA_VAPID_PRIVATE_KEY=raw)
    pem = given.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for others in (
        {"LINGDA_VAPID_PRIVATE_KEY": pem},
        {"LINGDA_VAPID_PRIVATE_KEY": raw + "="},
        {"LINGDA_VAPID_PRIVATE_KEY_FILE": str(tmp_path / "key")},
    ):
        assert opened(tmp_path, **others).public_key == given.public_key
    assert not (tmp_path / "secrets" / "vapid_private_key").exists()
    assert raw not in repr(given) + repr(
        load_settings({"LINGDA_DATA": str(tmp_path), "LINGDA_VAPID_PRIVATE_KEY": raw})
    )


def other_curve() -> str:
    key = ec.generate_private_key(ec.SECP384R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    "key",
    [
        "geheim",
        "A" * 43,
        "_" * 43,
        "!" * 43,
        "-----BEGIN PRIVATE KEY-----\ngeheim\n-----END PRIVATE KEY-----",
        other_curve(),
    ],
)
def test_what_is_no_key_is_one_sentence_that_does_not_show_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingError, match="LINGDA_VAPID_PRIVATE_KEY") as refused:
        opened(tmp_path, LINGDA_VAPID_PRIVATE_KEY=key)
    assert "\n" not in str(refused.value) and key[-20:] not in str(refused.value)


def test_a_kept_key_that_was_damaged_is_named_by_its_file(tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / "secrets" / "vapid_private_key").write_text("geheim")
    with pytest.raises(SettingError, match="secrets/vapid_private_key holds no P-256") as refused:
        opened(tmp_path)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("environment", "subject"),
    [
        ({}, None),
        ({"LINGDA_PUBLIC_URL": "https://lingda.binchuan.gov.cn/"}, "https://lingda.binchuan.gov.cn"),
        ({"LINGDA_PUBLIC_URL": "https://lingda.binchuan.gov.cn:8443"}, "https://lingda.binchuan.gov.cn:8443"),
        ({"LINGDA_PUBLIC_URL": "http://lingda.binchuan.gov.cn"}, None),
        ({"LINGDA_PUBLIC_URL": "https://10.0.0.5"}, None),
        ({"LINGDA_PUBLIC_URL": "https://localhost:8443"}, None),
        ({"LINGDA_PUBLIC_URL": "https://[fd00::1]"}, None),
        ({"LINGDA_PUBLIC_URL": "https://lingda.lan"}, None),
        (
            {"LINGDA_PUBLIC_URL": "https://10.0.0.5", "LINGDA_VAPID_SUBJECT": "mailto:duty@binchuan.gov.cn"},
            "mailto:duty@binchuan.gov.cn",
        ),
    ],
)
def test_pushes_are_signed_for_whom_a_service_can_write_to(
    tmp_path: Path, environment: dict[str, str], subject: str | None
) -> None:
    assert opened(tmp_path, **environment).subject == subject


@pytest.mark.parametrize(
    "subject",
    [
        "duty@binchuan.gov.cn",
        "mailto:duty",
        "mailto:@binchuan.gov.cn",
        "mailto:duty@localhost",
        "mailto:duty@10.0.0.5",
        "mailto:duty@[10.0.0.5]",
        "mailto:duty@court.local",
        "mailto:duty@binchuan..cn",
        "mailto:值班@binchuan.gov.cn",
        "https://localhost",
        "https://127.0.0.1",
        "https://[::1",
        "https://intranet",
        "https://court.internal./",
        "http://lingda.binchuan.gov.cn",
    ],
)
def test_a_subject_that_apple_refuses_is_refused_in_one_sentence(tmp_path: Path, subject: str) -> None:
    with pytest.raises(SettingError, match="LINGDA_VAPID_SUBJECT") as refused:
        opened(tmp_path, LINGDA_VAPID_SUBJECT=subject)
    assert repr(subject) in str(refused.value) and "\n" not in str(refused.value)
