"""Every setting of the server that comes from its surroundings. `python -m ita.settings` prints them as a table."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, what holds without it, and what it is for."""

    name: str
    default: str
    meaning: str

    @property
    def value(self) -> str:
        """What is set, else the default; set to nothing is not set."""
        return os.environ.get(self.name) or self.default


DATABASE_URL = Setting(
    "ITA_DATABASE_URL",
    "",
    "the database as an SQLAlchemy address (SQLite, PostgreSQL); without it the file `data/ita.sqlite3` here",
)
LOG = Setting(
    "ITA_LOG",
    "info json",
    "the log on stderr: the least level told (`debug`, `info`, `warning`, `error`) and the form (`json`: one object a"
    " line, `text`: to be read by eye)",
)
# Streamlit's own, which a server is commonly given; their defaults stand in .streamlit/config.toml.
STREAMLIT = (
    Setting("STREAMLIT_SERVER_ADDRESS", "localhost", "the address it listens on: as delivered, only this machine"),
    Setting("STREAMLIT_SERVER_PORT", "8501", "its port"),
    Setting(
        "STREAMLIT_SERVER_ALLOWED_HOSTS",
        "localhost 127.0.0.1 ::1",
        "the names that browsers call it by; a session under another name is refused",
    ),
    Setting("STREAMLIT_SERVER_HEADLESS", "false", "`true`: opens no browser at the start, as on a server"),
    Setting("STREAMLIT_SERVER_MAX_UPLOAD_SIZE", "20", "the largest file to be handed in, in megabytes"),
)
PROXIES = Setting(
    "FORWARDED_ALLOW_IPS",
    "127.0.0.1",
    "the addresses of the proxies that are believed when they say that there is TLS in front",
)
SETTINGS = (DATABASE_URL, LOG, *STREAMLIT, PROXIES)


def table() -> str:
    """All settings as a Markdown table."""
    rows = [f"| `{one.name}` | {f'`{one.default}`' if one.default else '–'} | {one.meaning} |" for one in SETTINGS]
    return "\n".join(["| Variable | Default | What |", "|---|---|---|", *rows])


if __name__ == "__main__":
    print(table())
