"""Who may do what: the people that the configuration names, and whether somebody who signed in is one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from ita.text import speaker
from ita.thai import fold

Role = Literal["viewer", "editor", "admin"]
LISTS: Mapping[str, Role] = MappingProxyType({"viewers": "viewer", "editors": "editor", "admins": "admin"})
"""The lists of `[access]`, and the role of who stands in one."""

HOURS = 12
"""How long one stays signed in where the configuration does not say."""

_NAMES = {"file": ".streamlit/secrets.toml", "auth": "[auth]", "access": "[access]", "readme": "README.md"}
"""What every sentence may speak of."""
_SETTINGS = (*LISTS, "agencies", "hours", "trusted_issuers")
_OF_SERVER = ("redirect_uri", "cookie_secret")
_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")


class BadAccess(Exception):
    """The configuration of sign-in cannot be meant so: nobody is let in before it is mended."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = values

    def message(self, language: str) -> str:
        """What is wrong, where, and what to do."""
        return speaker(language)(f"access.bad_{self.code}", **_NAMES, **self.values)


class NotAdmitted(Exception):
    """Somebody signed in and is not let in; `reason` is "no_email", "unverified", "outside" or "expired"."""

    def __init__(self, reason: str, email: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.email = email


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the dashboard. `agencies` holds the folded names of those they are limited to; None: all of them."""

    name: str
    email: str
    role: Role
    agencies: frozenset[str] | None = None

    def may_see(self, agency: str | None) -> bool:
        """Whether they may see the agency of this name; None asks for all agencies at once."""
        return self.agencies is None or (agency is not None and fold(agency) in self.agencies)

    @property
    def may_upload(self) -> bool:
        """Whether there may be an agency whose files they may bring in."""
        return self.role in ("editor", "admin")

    def may_edit(self, agency: str | None) -> bool:
        """Whether they may store results, measures and notes of the agency."""
        return self.may_upload and self.may_see(agency)

    def may_manage(self, agency: str | None) -> bool:
        """Whether they may do what concerns the store as a whole, such as taking the example away."""
        return self.role == "admin" and self.may_see(agency)


CLERK = Person("", "", "admin")
"""Whoever sits at the one PC that the dashboard runs on: nobody has to sign in there."""
PASSER_BY = Person("", "", "viewer")
"""Whoever reaches the dashboard from elsewhere while no sign-in is configured."""


@dataclass(frozen=True, slots=True)
class Access:
    """The people of the configuration by e-mail, how long they stay signed in, and the providers they do it with.

    A provider is its name in `[auth]`; None is the one that `[auth]` itself describes.
    """

    people: Mapping[str, Person]
    hours: float
    trusted_issuers: frozenset[str]
    providers: tuple[str | None, ...]

    @classmethod
    def of(cls, secrets: Mapping[str, Any]) -> Access | None:
        """The access that `[auth]` and `[access]` of the secrets describe; None where there is neither.

        Raises BadAccess for one without the other, and for whatever in them cannot be meant so.
        """
        auth, access = secrets.get("auth"), secrets.get("access")
        if auth is None and access is None:
            return None
        if auth is None:
            raise BadAccess("no_auth")
        if access is None:
            raise BadAccess("no_access")
        if unknown := [name for name in access if name not in _SETTINGS]:
            raise BadAccess("unknown", name=unknown[0], known=", ".join(_SETTINGS))
        issuers = _texts("trusted_issuers", access.get("trusted_issuers", []))
        return cls(_people(access), _hours(access), frozenset(issuers), _providers(auth))

    def admit(self, claims: Mapping[str, Any], now: dt.datetime) -> Person:
        """The person whose provider says this of them. Raises NotAdmitted for anybody else, and after the hours."""
        email = str(claims.get("email") or "")
        if not email:
            raise NotAdmitted("no_email", "")
        stated = claims.get("email_verified", claims.get("iss") in self.trusted_issuers)
        if stated is not True:
            raise NotAdmitted("unverified", email)
        person = self.people.get(_email_key(email))
        if person is None:
            raise NotAdmitted("outside", email)
        issued = claims.get("iat")
        if not isinstance(issued, int | float) or now.timestamp() - issued > self.hours * 3600:
            raise NotAdmitted("expired", email)
        return Person(str(claims.get("name") or email), person.email, person.role, person.agencies)


def _people(access: Mapping[str, Any]) -> dict[str, Person]:
    roles: dict[str, Role] = {}
    for name, role in LISTS.items():
        for email in _texts(name, access.get(name, [])):
            key = _email_key(email)
            if "@" not in key:
                raise BadAccess("email", list=name, email=email)
            if roles.setdefault(key, role) != role:
                raise BadAccess("two_roles", email=email)
    if not roles:
        raise BadAccess("nobody", lists=", ".join(LISTS))
    limits = _limits(access.get("agencies", {}), roles)
    return {email: Person("", email, role, limits.get(email)) for email, role in roles.items()}


def _limits(agencies: Any, roles: Mapping[str, Role]) -> dict[str, frozenset[str]]:
    """The folded names of the agencies that people are limited to, by e-mail."""
    if not isinstance(agencies, Mapping):
        raise BadAccess("agencies", name="agencies")
    limits = {}
    for email, names in agencies.items():
        if _email_key(email) not in roles:
            raise BadAccess("no_role", email=email, lists=", ".join(LISTS))
        limits[_email_key(email)] = frozenset(fold(name) for name in _texts(f'agencies."{email}"', names))
        if not limits[_email_key(email)]:
            raise BadAccess("no_agency", email=email)
    return limits


def _hours(access: Mapping[str, Any]) -> float:
    hours = access.get("hours", HOURS)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 720:
        raise BadAccess("hours", name="hours", found=str(hours))
    return float(hours)


def _providers(auth: Mapping[str, Any]) -> tuple[str | None, ...]:
    """The providers that `[auth]` describes, each with all that is needed of it."""
    _need(auth, "auth", _OF_SERVER)
    named = {name: section for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section}
    if not named:
        _need(auth, "auth", _OF_PROVIDER)
        return (None,)
    for name, section in named.items():
        _need(section, f"auth.{name}", _OF_PROVIDER)
    return tuple(named)


def _need(section: Mapping[str, Any], name: str, settings: Sequence[str]) -> None:
    if missing := [setting for setting in settings if not section.get(setting)]:
        raise BadAccess("incomplete", section=name, missing=", ".join(missing))


def _texts(name: str, values: Any) -> list[str]:
    """A list of texts. Raises BadAccess for anything else: `viewers = "a@..."` would be read letter by letter."""
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise BadAccess("list", name=name)
    return list(values)


def _email_key(email: str) -> str:
    return email.strip().casefold()
