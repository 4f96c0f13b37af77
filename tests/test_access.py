"""Who is let in, as whom, and what a configuration that cannot be meant so is told."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest

from ita.access import CLERK, PASSER_BY, Access, BadAccess, NotAdmitted
from ita.text import LANGUAGES

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BUA, OTHER = "เทศบาลตำบลบัววัฒนา", "เทศบาลเมืองใหม่"
AUTH = """
[auth]
redirect_uri = "https://ita.example.org/oauth2callback"
cookie_secret = "x"
client_id = "x"
client_secret = "x"
server_metadata_url = "https://id.example.org/.well-known/openid-configuration"
"""
PEOPLE = """
[access]
viewers = ["reader@example.org"]
editors = ["Clerk@example.org", "bua@example.org"]
admins = ["chief@example.org"]
trusted_issuers = ["https://id.example.org/one"]
[access.agencies]
"bua@example.org" = ["เทศบาลตำบล บัววัฒนา"]
"""


def access(text: str = AUTH + PEOPLE) -> Access:
    found = Access.of(tomllib.loads(text))
    assert found is not None
    return found


def claims(email: str = "clerk@example.org", **others: Any) -> dict[str, Any]:
    return {"email": email, "email_verified": True, "name": "ผู้ใช้", "iat": NOW.timestamp() - 60, **others}


def refusal(**told: Any) -> NotAdmitted:
    with pytest.raises(NotAdmitted) as refused:
        access().admit(claims(**told), NOW)
    return refused.value


# Who may what


@pytest.mark.parametrize(
    ("email", "see", "edit", "manage"),
    [
        ("reader@example.org", True, False, False),
        ("clerk@example.org", True, True, False),
        ("chief@example.org", True, True, True),
    ],
)
def test_a_role_says_what_one_may(email: str, see: bool, edit: bool, manage: bool) -> None:
    who = access().admit(claims(email), NOW)
    for agency in (BUA, OTHER, None):
        assert (who.may_see(agency), who.may_edit(agency), who.may_manage(agency)) == (see, edit, manage)


def test_who_is_limited_to_agencies_sees_and_edits_those_however_they_are_spelt() -> None:
    who = access().admit(claims("bua@example.org"), NOW)
    assert who.may_see(BUA)
    assert who.may_edit("เทศบาลตําบลบัววัฒนา")
    for agency in (OTHER, "", None):
        assert not who.may_see(agency)
        assert not who.may_edit(agency)


def test_at_the_office_pc_everything_may_be_done_and_from_elsewhere_only_looked_at() -> None:
    assert CLERK.may_manage(None)
    assert CLERK.email == ""
    assert PASSER_BY.may_see(BUA)
    assert not PASSER_BY.may_edit(BUA)
    assert not PASSER_BY.may_upload


# Who comes in


@pytest.mark.parametrize("email", ["clerk@example.org", "CLERK@example.ORG"])
def test_an_email_is_the_same_in_small_letters_and_large(email: str) -> None:
    assert access().admit(claims(email), NOW).email == "clerk@example.org"


def test_who_is_on_no_list_is_not_let_in_and_told_by_which_email() -> None:
    told = refusal(email="stranger@example.org")
    assert (told.reason, told.email) == ("outside", "stranger@example.org")


@pytest.mark.parametrize("verified", [False, None, "false", "true", 1])
def test_an_email_that_is_not_said_to_be_verified_opens_nothing(verified: object) -> None:
    assert refusal(email_verified=verified).reason == "unverified"
    assert refusal(email_verified=verified, iss="https://id.example.org/one").reason == "unverified"


def test_an_issuer_that_says_nothing_of_verification_counts_where_it_is_trusted() -> None:
    told = claims(iss="https://id.example.org/one")
    del told["email_verified"]
    assert access().admit(told, NOW).email == "clerk@example.org"
    with pytest.raises(NotAdmitted, match="unverified"):
        access().admit(told | {"iss": "https://id.example.org/other"}, NOW)


@pytest.mark.parametrize("email", ["", None])
def test_an_account_without_an_email_opens_nothing(email: str | None) -> None:
    assert refusal(email=email).reason == "no_email"


@pytest.mark.parametrize("issued", [NOW.timestamp() - 12 * 3600 - 1, None, "yesterday"])
def test_after_its_hours_a_sign_in_has_run_out(issued: object) -> None:
    assert refusal(iat=issued).reason == "expired"
    assert access().admit(claims(iat=NOW.timestamp() - 12 * 3600 + 1), NOW)


def test_the_hours_are_those_of_the_configuration() -> None:
    short = access(AUTH + PEOPLE.replace("[access]", "[access]\nhours = 0.5"))
    with pytest.raises(NotAdmitted, match="expired"):
        short.admit(claims(iat=NOW.timestamp() - 1801), NOW)


# The configuration


def test_without_a_configuration_there_is_no_sign_in() -> None:
    assert Access.of({}) is None
    assert Access.of({"other": {"secret": "x"}}) is None


def test_the_providers_are_those_that_are_named_or_the_one_that_is_not() -> None:
    assert access().providers == (None,)
    section = {"client_id": "x", "client_secret": "x", "server_metadata_url": "https://id.example.org"}
    auth = {"redirect_uri": "https://ita.example.org/oauth2callback", "cookie_secret": "x"}
    secrets = {"auth": {**auth, "google": section, "microsoft": section}, "access": {"admins": ["chief@example.org"]}}
    found = Access.of(secrets)
    assert found is not None
    assert found.providers == ("google", "microsoft")


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        (PEOPLE, "no_auth", "[auth]"),
        (AUTH, "no_access", "[access]"),
        (AUTH.replace('cookie_secret = "x"', "") + PEOPLE, "incomplete", "cookie_secret"),
        (AUTH.replace('client_secret = "x"', "") + PEOPLE, "incomplete", "client_secret"),
        (AUTH + '[auth.google]\nclient_id = "x"\n' + PEOPLE, "incomplete", "auth.google"),
        (AUTH + '[access]\nviewer = ["a@example.org"]', "unknown", "viewer"),
        (AUTH + '[access]\nviewers = "a@example.org"', "list", "viewers"),
        (AUTH + "[access]\nviewers = [1]", "list", "viewers"),
        (AUTH + '[access]\nviewers = ["somchai"]', "email", "somchai"),
        (AUTH + '[access]\nviewers = ["a@example.org"]\nadmins = ["A@example.org"]', "two_roles", "A@example.org"),
        (AUTH + "[access]\nviewers = []", "nobody", "viewers"),
        (AUTH + '[access]\nviewers = ["a@example.org"]\nagencies = ["ก"]', "agencies", "agencies"),
        (AUTH + PEOPLE + '"b@example.org" = ["ก"]', "no_role", "b@example.org"),
        (AUTH + PEOPLE + '"clerk@example.org" = []', "no_agency", "clerk@example.org"),
        (AUTH + PEOPLE + '"clerk@example.org" = "ก"', "list", "clerk@example.org"),
        (AUTH + PEOPLE.replace("[access]", "[access]\nhours = 0"), "hours", "hours"),
        (AUTH + PEOPLE.replace("[access]", '[access]\nhours = "12"'), "hours", "12"),
        (AUTH + PEOPLE.replace("[access]", "[access]\nhours = true"), "hours", "hours"),
    ],
)
def test_a_configuration_that_cannot_be_meant_so_is_told_in_a_sentence_that_names_the_place(
    text: str, code: str, named: str
) -> None:
    with pytest.raises(BadAccess) as bad:
        Access.of(tomllib.loads(text))
    assert bad.value.code == code
    for language in LANGUAGES:
        message = bad.value.message(language)
        assert named in message
        assert "{" not in message
