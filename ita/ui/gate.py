"""Before the pages: signing in, and why one is not let in. Above them: who one is, and signing out."""

from __future__ import annotations

import streamlit as st

from ita.access import BadAccess, NotAdmitted, Person
from ita.text import Say
from ita.ui import address, language_picker, sign_in
from ita.ui.escape import plain

ASKED = "ita_asked"
"""The cookie with the address that was asked for: `server.BackToAsked` goes there when the provider sends one back."""

_REMEMBER = """<script>(() => {
  const asked = encodeURIComponent(location.pathname + location.search);
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `%s=${asked}; path=/; max-age=900; samesite=lax${secure}`;
})() // %s</script>"""


def show(closed: NotAdmitted | BadAccess, page: str) -> None:
    """What stands in the place of a page, by its name, while nobody is let in: why, and the way in."""
    chosen = address.language()
    with st.container(horizontal=True, horizontal_alignment="right", key="frame.row"):
        language_picker.show(chosen)
    with st.container(border=True, key="gate.box", width=720):
        if isinstance(closed, BadAccess):
            _show_mistake(closed, chosen)
        else:
            _show_way_in(closed, chosen.say, page)


def show_refusal(say: Say) -> bool:
    """Say that the last step was not done, if it was not; whether it was said."""
    refused = sign_in.refused()
    if refused:
        st.warning(say("access.refused"), icon=":material/block:")
    return refused


def show_person(who: Person, say: Say) -> None:
    """Who is signed in, and the way out; nothing where nobody has to."""
    if not who.email:
        return
    with st.popover(plain(who.name), icon=":material/person:", key="frame.person"):
        limited = [] if who.agencies is None else [say("access.limited", count=len(who.agencies))]
        st.markdown(plain(who.email))
        st.markdown(" · ".join([say(f"access.role_{who.role}"), *limited]))
        st.button(say("access.sign_out"), key="frame.sign_out", icon=":material/logout:", on_click=st.logout)


def _show_mistake(mistake: BadAccess, chosen: address.Language) -> None:
    """What to mend, for who sits at the server; the names in it are nobody else's business."""
    st.title(chosen.say("access.closed_title"), anchor=False)
    if sign_in.is_at_the_server():
        st.markdown(plain(mistake.message(chosen.code)))
    else:
        st.markdown(chosen.say("access.closed_text"))


def _show_way_in(closed: NotAdmitted, say: Say, page: str) -> None:
    show_refusal(say)
    st.title(say(f"access.title_{closed.reason}"), anchor=False)
    st.markdown(say(f"access.text_{closed.reason}", email=f"**{plain(closed.email)}**"))
    if closed.reason not in ("nobody", "expired"):
        st.button(say("access.sign_out"), key="gate.sign_out", type="primary", on_click=st.logout)
        return
    st.html(_REMEMBER % (ASKED, page), unsafe_allow_javascript=True)
    configured = sign_in.access()
    for provider in configured.providers if configured else ():
        label = say("access.sign_in_with", provider=provider.title()) if provider else say("access.sign_in")
        st.button(
            label,
            key=f"gate.sign_in.{provider or 'default'}",
            type="primary",
            icon=":material/login:",
            on_click=st.login,
            args=(provider,),
        )
