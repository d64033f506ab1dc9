"""Second factors: an authenticator's code (TOTP, RFC 6238) or a passkey (WebAuthn); every desk role has one."""

import base64
import hashlib
import json
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import pyotp
import webauthn
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import PublicKeyCredentialDescriptor

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.settings import Settings
from backend.people.rules import from_base64url, to_base64url
from backend.people.tables import Passkey, SignInSession, TotpFactor, User

TOTP_STEP_SECONDS = 30
TOTP_STEPS_OFF = 1
ISSUER = "Lingda"
LONGEST_CREDENTIAL_ID = 400


def _vault(settings: Settings) -> Fernet:
    key = hashlib.sha256(b"second-factor:" + settings.secret_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def add_confirmed_totp(work: UnitOfWork, actor: Actor, user: User, settings: Settings, secret: str) -> None:
    """Give a person an authenticator whose secret was handed over by other means; the caller has authorised it."""
    encrypted = _vault(settings).encrypt(secret.encode()).decode()
    work.session.add(
        TotpFactor(user_id=user.id, secret_encrypted=encrypted, confirmed_at=work.now, last_step=0)
    )
    work.audit(actor, "second_factor.confirm", "person", user.id, user.court_id, kind="totp")


def start_totp(work: UnitOfWork, actor: Actor, user: User, settings: Settings) -> tuple[str, str]:
    """Make a new authenticator secret that counts once a code of it was shown; return the secret and its URI."""
    secret = pyotp.random_base32()
    factor = work.session.get(TotpFactor, user.id)
    if factor is not None and factor.confirmed_at is not None:
        raise Problem("409.3", "已设置验证器", "An authenticator is set up already")
    if factor is None:
        factor = TotpFactor(user_id=user.id, last_step=0)
        work.session.add(factor)
    factor.secret_encrypted = _vault(settings).encrypt(secret.encode()).decode()
    work.audit(actor, "second_factor.start", "person", user.id, user.court_id, kind="totp")
    return secret, pyotp.TOTP(secret).provisioning_uri(name=user.account, issuer_name=ISSUER)


def confirm_totp(work: UnitOfWork, actor: Actor, user: User, settings: Settings, code: str) -> None:
    """Show the first code of a new authenticator; 401.3 when it is wrong."""
    factor = work.session.get(TotpFactor, user.id)
    if factor is None or factor.confirmed_at is not None:
        raise Problem("409.2", "没有待确认的验证器", "There is no authenticator to confirm")
    use_totp(work, user, settings, code, confirmed=False)
    factor.confirmed_at = work.now
    work.audit(actor, "second_factor.confirm", "person", user.id, user.court_id, kind="totp")


def use_totp(work: UnitOfWork, user: User, settings: Settings, code: str, *, confirmed: bool = True) -> None:
    """Take a code of the authenticator, once; 401.3 when it is wrong, used or from another half minute."""
    factor = work.session.get(TotpFactor, user.id, with_for_update=True)
    if factor is None or (confirmed and factor.confirmed_at is None):
        raise Problem("401.3")
    step = matching_step(read_secret(settings, factor.secret_encrypted), code, work.now)
    if step is None or step <= factor.last_step:
        raise Problem("401.3")
    factor.last_step = step


def read_secret(settings: Settings, encrypted: str) -> str:
    """Decrypt an authenticator's secret; 401.3 when the installation's key is another one."""
    try:
        return _vault(settings).decrypt(encrypted.encode()).decode()
    except InvalidToken as error:
        raise Problem("401.3") from error


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the half minute a code belongs to, allowing one on either side, or None."""
    totp = pyotp.TOTP(secret)
    step = int(now.timestamp()) // TOTP_STEP_SECONDS
    for candidate in range(step - TOTP_STEPS_OFF, step + TOTP_STEPS_OFF + 1):
        if pyotp.utils.strings_equal(totp.generate_otp(candidate), code):
            return candidate
    return None


def relying_party(settings: Settings) -> tuple[str, str]:
    """Return the relying party id and the origin passkeys are bound to; 409.2 for an address without a host name."""
    parts = urlsplit(settings.public_url)
    host = parts.hostname or ""
    if is_ip_address(host):
        raise Problem(
            "409.2",
            "通行密钥需要域名，当前访问地址是IP地址；请使用验证码",
            "Passkeys need a host name and this installation is reached by an IP address; use a code",
        )
    return host, f"{parts.scheme}://{parts.netloc}"


def is_ip_address(host: str) -> bool:
    """Tell whether the host is an IP address, which browsers accept for no passkey."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _descriptors(session: Session, user_id: str) -> list[PublicKeyCredentialDescriptor]:
    ids = session.execute(select(Passkey.credential_id).where(Passkey.user_id == user_id)).scalars()
    return [PublicKeyCredentialDescriptor(id=from_base64url(identifier)) for identifier in ids]


def passkey_registration_options(
    work: UnitOfWork, row: SignInSession, user: User, settings: Settings
) -> dict[str, Any]:
    """Return WebAuthn creation options; the challenge is kept with the session."""
    options = webauthn.generate_registration_options(
        rp_id=relying_party(settings)[0],
        rp_name=ISSUER,
        user_name=user.account,
        user_id=user.id.encode(),
        user_display_name=user.name,
        exclude_credentials=_descriptors(work.session, user.id),
    )
    row.challenge = to_base64url(options.challenge)
    found: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return found


def register_passkey(
    work: UnitOfWork,
    actor: Actor,
    row: SignInSession,
    user: User,
    settings: Settings,
    credential: dict[str, Any],
    label: str,
) -> None:
    """Keep a new passkey; 401.3 when the browser's answer does not fit the challenge."""
    identifier, origin = relying_party(settings)
    if not row.challenge:
        raise Problem("401.3", "请重新开始登记通行密钥", "Begin to register the passkey again")
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=from_base64url(row.challenge),
            expected_rp_id=identifier,
            expected_origin=origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Problem("401.3", "通行密钥验证未通过", "The passkey could not be verified") from error
    key = to_base64url(verified.credential_id)
    if len(key) > LONGEST_CREDENTIAL_ID:
        raise Problem("401.3", "通行密钥验证未通过", "The passkey could not be verified")
    if work.session.get(Passkey, key) is not None:
        raise Problem("409.3", "该通行密钥已登记", "This passkey is registered already")
    work.session.add(
        Passkey(
            credential_id=key,
            user_id=user.id,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            label=label,
            created_at=work.now,
        )
    )
    row.challenge = None
    work.audit(actor, "second_factor.confirm", "person", user.id, user.court_id, kind="passkey")


def passkey_options(work: UnitOfWork, row: SignInSession, settings: Settings) -> dict[str, Any]:
    """Return WebAuthn request options for the person's passkeys; the challenge is kept with the session."""
    options = webauthn.generate_authentication_options(
        rp_id=relying_party(settings)[0], allow_credentials=_descriptors(work.session, row.user_id)
    )
    row.challenge = to_base64url(options.challenge)
    found: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return found


def use_passkey(work: UnitOfWork, row: SignInSession, settings: Settings, credential: dict[str, Any]) -> None:
    """Take a passkey's answer to the challenge; 401.3 when it does not fit."""
    passkey = work.session.get(Passkey, str(credential.get("id", "")))
    identifier, origin = relying_party(settings)
    if passkey is None or passkey.user_id != row.user_id or not row.challenge:
        raise Problem("401.3")
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=from_base64url(row.challenge),
            expected_rp_id=identifier,
            expected_origin=origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Problem("401.3") from error
    passkey.sign_count = verified.new_sign_count
