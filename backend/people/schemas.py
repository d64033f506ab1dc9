"""Shapes of sign-in, people and phones on the wire."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from backend.core.schemas import CourtId, Identifier, Reference, ShortText, Wire, WireInstant

Account = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Label = Annotated[ShortText, Field(max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class SignIn(Wire):
    """An account and its password."""

    account: Account
    password: str = Field(min_length=1, max_length=200)


class SignInAnswer(Wire):
    """How far sign-in got, which second factors there are, and the token that pages send back."""

    state: Literal[
        "signed_in", "second_factor_required", "second_factor_setup_required", "password_change_required"
    ]
    methods: list[Literal["totp", "passkey"]]
    csrf_token: str


class TotpCode(Wire):
    """Six digits of the authenticator."""

    code: Code


class TotpSetup(Wire):
    """A new authenticator: the secret, its otpauth URI and that URI as a QR code (SVG)."""

    secret: str
    uri: str
    qr_svg: str


class PasskeyOptions(Wire):
    """WebAuthn options in their JSON form."""

    options: dict[str, Any]


class PasskeyAnswer(Wire):
    """The browser's answer to WebAuthn options, in its JSON form."""

    credential: dict[str, Any]


class PasskeyRegistration(PasskeyAnswer):
    """A new passkey and what its owner calls it."""

    label: Label


class CourtReference(Reference):
    """A court with its national code (法院代字)."""

    code: str


class PersonReference(Reference):
    """A person with the account."""

    account: str


class MyDevice(Wire):
    """The phone this session is bound to."""

    id: str
    label: str


class Me(Wire):
    """Who I am, what I may do, and the server's time and epoch."""

    user: PersonReference
    court: CourtReference
    roles: list[str]
    permissions: list[str]
    teams: list[Reference]
    device: MyDevice | None
    csrf_token: str
    server_time: WireInstant
    epoch: str


class DeviceChallengeRequest(Wire):
    """Which phone wants to sign in."""

    device_id: Identifier


class DeviceChallengeAnswer(Wire):
    """What the phone signs."""

    challenge: str


class DeviceSignIn(Wire):
    """The phone's signature of its challenge."""

    device_id: Identifier
    challenge: str = Field(max_length=80)
    signature: str = Field(max_length=120)


class EnrolmentRequest(Wire):
    """For whom a phone is to be bound."""

    user_id: Identifier


class EnrolmentOffer(Wire):
    """A one-time code, the address a phone opens, that address as a QR code (SVG), and when it ends."""

    code: str
    url: str
    qr_svg: str
    expires_at: WireInstant


class DeviceEnrolment(Wire):
    """The code, the public key made on the phone (JWK, P-256) and what its owner calls the phone."""

    code: str = Field(min_length=4, max_length=40)
    public_key: dict[str, Any]
    label: Label


class DeviceEnrolled(Wire):
    """The phone is bound: its id, its person, and the token for unsafe requests."""

    device_id: str
    user: PersonReference
    csrf_token: str


class DeviceShape(Wire):
    """A phone as the desk sees it."""

    id: str
    user: Reference
    court_id: str
    label: str
    enrolled_at: WireInstant
    revoked_at: WireInstant | None
    revoked_reason: str | None


class DeviceList(Wire):
    """Phones, newest first."""

    items: list[DeviceShape]
    next: str | None = None


class Revocation(Wire):
    """Why a phone is revoked."""

    reason: ShortText


class Person(Wire):
    """A person of a court and the roles held now."""

    id: str
    account: str
    name: str
    court_id: str
    roles: list[str]


class PersonList(Wire):
    """People of a court."""

    items: list[Person]
    next: str | None = None


class CourtShape(Wire):
    """A court: code, whether the code was verified, names, level, superior and seat."""

    id: CourtId
    code: str
    code_verified: bool
    name: str
    name_en: str
    level: str
    parent_id: str | None
    longitude: float | None
    latitude: float | None


class CourtList(Wire):
    """Courts of one line."""

    items: list[CourtShape]
    next: str | None = None


class Delegation(Wire):
    """Who commands in my place, from when until when, and why."""

    user_id: Identifier
    effective_from: WireInstant
    effective_until: WireInstant
    reason: ShortText


class DelegationShape(Wire):
    """A delegation as it was kept."""

    id: str
    user_id: str
    court_id: str
    effective_from: WireInstant
    effective_until: WireInstant
