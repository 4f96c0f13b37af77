"""A whole store into an empty one: from the file of one PC to PostgreSQL, or back.

python -m ita.store.copy sqlite:///data/ita.sqlite3 postgresql://ita@localhost/ita
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sqlalchemy import Connection, Table, exists, insert, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from ita.store.database import Database, continue_numbering, engine_for
from ita.store.tables import alembic_version, meta, metadata
from ita.store.trouble import Trouble
from ita.text import LANGUAGES, speaker

PORTION = 5_000
"""Rows on their way at a time."""
CONTENT = [table for table in metadata.sorted_tables if table not in (meta, alembic_version)]
"""What a store holds beside its own book-keeping, in an order in which nothing points to what is not there yet."""


class NoStore(Exception):
    """There is no file at the address that is to be copied."""


class NotEmpty(Exception):
    """Something is stored already where the copy should go. Nothing was changed there."""


def copy_store(source: str, target: str) -> int:
    """Copy all that the store at `source` holds, its whole history too, into the one at `target`; the number of rows.

    All of it arrives, or (should anything fail) nothing. What an earlier program left at `source` is brought to the
    present layout first, tables are made at `target` where there are none. Raises NoStore where `source` is a file that
    is missing, NotEmpty where `target` holds anything, ValueError and Trouble as `open_store` does.
    """
    if _is_missing_file(source):
        raise NoStore(source)
    giving, taking = Database(engine_for(source)), Database(engine_for(target))
    try:
        with giving._reading() as reading, taking._writing() as writing:
            if any(writing.execute(select(exists(select(table)))).scalar_one() for table in CONTENT):
                raise NotEmpty(target)
            copied = sum(_copy(reading, writing, table) for table in CONTENT)
            taking._count_revision(writing)
    finally:
        giving.close()
        taking.close()
    return copied


def main(arguments: list[str] | None = None) -> int:
    """The command: 0 when everything was copied, 1 when it was refused, with a sentence in every language."""
    parser = argparse.ArgumentParser(prog="python -m ita.store.copy", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("source", metavar="SOURCE", help="the address of the store to copy, as in ITA_DATABASE_URL")
    parser.add_argument("target", metavar="TARGET", help="the address of an empty database")
    asked = parser.parse_args(arguments)
    try:
        rows = copy_store(asked.source, asked.target)
    except NoStore:
        print(*(speaker(code)("copy.no_store") for code in LANGUAGES), sep="\n", file=sys.stderr)
        return 1
    except NotEmpty:
        print(*(speaker(code)("copy.not_empty") for code in LANGUAGES), sep="\n", file=sys.stderr)
        return 1
    except (SQLAlchemyError, Trouble, ValueError) as failure:
        reason = getattr(failure, "orig", failure)  # as the database puts it, without the rows that were on their way
        print(*(speaker(code)("copy.failed", reason=reason) for code in LANGUAGES), sep="\n", file=sys.stderr)
        return 1
    print(*(speaker(code)("copy.done", rows=rows) for code in LANGUAGES), sep="\n")
    return 0


def _is_missing_file(url: str) -> bool:
    address = make_url(url)
    return address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file()


def _copy(reading: Connection, writing: Connection, table: Table) -> int:
    """Copy the rows of one table under the numbers that they have; how many there are."""
    rows = select(table).order_by(*table.primary_key).execution_options(yield_per=PORTION)
    copied = 0
    for portion in reading.execute(rows).mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in portion])
        copied += len(portion)
    continue_numbering(writing, table)
    return copied


if __name__ == "__main__":
    sys.exit(main())
