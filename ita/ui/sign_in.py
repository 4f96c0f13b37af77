"""Who is at the dashboard in this run, and what becomes of what they may not do.

Asked anew at every question: a sign-in that runs out while a page stands open ends there.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from ita.access import CLERK, PASSER_BY, Access, BadAccess, NotAdmitted, Person

FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
"""What a server in between adds to a request: then the visitor may sit anywhere."""

_REFUSED = "sign_in.refused"


class Refused(Exception):
    """What was asked for is not this person's to see or to do. Nothing was done."""


@cache
def access() -> Access | None:
    """What the secrets say of sign-in; None where they say nothing. Raises BadAccess as `Access.of` does."""
    if st.secrets.load_if_toml_exists():
        return Access.of(st.secrets.to_dict())
    if any(Path(file).exists() for file in st.get_option("secrets.files")):
        raise BadAccess("unreadable")
    return None


def claims() -> Mapping[str, Any]:
    """What the provider says of whoever signed in; empty before that."""
    return st.user.to_dict() if st.user.get("is_logged_in") else {}


def person() -> Person:
    """Who is here. Raises NotAdmitted for nobody who may come in, BadAccess where nobody can be told apart."""
    configured = access()
    if configured is None:
        return CLERK if is_at_the_server() else PASSER_BY
    told = claims()
    if not told:
        raise NotAdmitted("nobody", "")
    return configured.admit(told, dt.datetime.now(dt.UTC))


def seeing(*agencies: str | None) -> Person:
    """The person here. Raises Refused where one of the agencies (None: all there are) is not theirs to see."""
    return _let(Person.may_see, agencies)


def editing(*agencies: str | None) -> Person:
    """The person here. Raises Refused where one of the agencies is not theirs to edit."""
    return _let(Person.may_edit, agencies)


def managing(*agencies: str | None) -> Person:
    """The person here. Raises Refused where one of the agencies is not theirs to manage."""
    return _let(Person.may_manage, agencies)


def is_at_the_server() -> bool:
    """Whether the visitor sits at the very PC that the dashboard runs on."""
    headers = st.context.headers
    if any(name in headers for name in FORWARDED):
        return False
    reached_by = [f"//{headers['Host']}"] if "Host" in headers else []
    reached_by += [headers["Origin"]] if "Origin" in headers else []
    bound_to = st.get_option("server.address")
    return bool(bound_to) and all(_is_loopback(host) for host in (bound_to, *map(_host_in, reached_by)))


def note_refusal() -> None:
    """Have the next `refused` say that something was not done."""
    st.session_state[_REFUSED] = True


def refused() -> bool:
    """Whether something was not done since this was last asked."""
    return bool(st.session_state.pop(_REFUSED, False))


def _let(may: Callable[[Person, str | None], bool], agencies: Iterable[str | None]) -> Person:
    who = person()
    if not all(may(who, agency) for agency in agencies):
        raise Refused
    return who


def _host_in(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
