"""What meetings leave behind: notes on slides, and what was on the screen when one was closed."""

from __future__ import annotations

import datetime as dt

import orjson
from sqlalchemy import delete, insert, select

from ita.meetings import Meeting
from ita.store.database import Database
from ita.store.tables import meeting, slide_note


class Meetings(Database):
    """Meetings and slide notes, by agency and the fiscal year of the result they are about."""

    def last_meeting(self, agency_id: int, fiscal_year: int) -> Meeting | None:
        """The meeting about this result that was closed last; None before the first."""
        newest = (
            select(meeting.c.held_on, meeting.c.kept)
            .where(meeting.c.agency_id == agency_id, meeting.c.fiscal_year == fiscal_year)
            .order_by(meeting.c.id.desc())
            .limit(1)
        )
        with self._reading() as connection:
            row = connection.execute(newest).one_or_none()
        return None if row is None else Meeting.from_json(row.held_on, orjson.loads(row.kept))

    def close_meeting(self, agency_id: int, fiscal_year: int, closed: Meeting) -> None:
        """Keep a meeting. Of one that is closed twice on a day the later is the one that counts."""
        row = {
            "agency_id": agency_id,
            "fiscal_year": fiscal_year,
            "held_on": closed.held_on,
            "kept": orjson.dumps(closed.as_json()).decode(),
            "closed_at": dt.datetime.now(dt.UTC),
        }
        with self._writing() as connection:
            connection.execute(insert(meeting).values(row))
            self._count_revision(connection)

    def slide_notes(self, agency_id: int, fiscal_year: int) -> dict[str, str]:
        """The notes on the slides about this result, by the slide's key."""
        notes = select(slide_note.c.slide, slide_note.c.text).where(
            slide_note.c.agency_id == agency_id, slide_note.c.fiscal_year == fiscal_year
        )
        with self._reading() as connection:
            return {row.slide: row.text for row in connection.execute(notes)}

    def write_slide_note(self, agency_id: int, fiscal_year: int, slide: str, text: str) -> None:
        """Keep what was noted on a slide in the place of what was noted before; a blank text removes it."""
        key = {"agency_id": agency_id, "fiscal_year": fiscal_year, "slide": slide}
        with self._writing() as connection:
            connection.execute(delete(slide_note).where(*(slide_note.c[name] == value for name, value in key.items())))
            if text.strip():
                connection.execute(insert(slide_note).values(key | {"text": text.strip()}))
            self._count_revision(connection)
