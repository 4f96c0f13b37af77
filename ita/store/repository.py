"""The store as one thing: everything that outlives a browser tab."""

from __future__ import annotations

from ita.store.agencies import Agencies
from ita.store.changes import Changes
from ita.store.country import Country
from ita.store.database import engine_for
from ita.store.examples import Examples
from ita.store.known_items import KnownItems
from ita.store.meetings import Meetings
from ita.store.merging import Merging
from ita.store.persons import Persons
from ita.store.results import Results
from ita.store.uploads import Uploads


class Store(Uploads, Agencies, Country, Results, KnownItems, Merging, Changes, Meetings, Persons, Examples):
    """Uploads, agencies, results, what was confirmed of them, measures and meetings over one database.

    Safe to share between threads.
    """


def open_store(url: str | None = None) -> Store:
    """The store at `url`, else at ITA_DATABASE_URL, else in the file `data/ita.sqlite3` of the project.

    Folder, file and tables are made where they are missing. Raises ValueError for a database that is neither SQLite nor
    PostgreSQL, UnknownSchema for one that a later version of this program has written, Trouble for one that cannot be
    used as it is.
    """
    return Store(engine_for(url))
