"""`make look`: every document and every screen as pictures in the folder look/, to be judged by eye.

One kind alone: `python -m tests.look --only screens`.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from tests.browser.dashboard import PROJECT

from . import documents, screens

KINDS = {"documents": documents.write, "screens": screens.write}
FOLDER = PROJECT / "look"


def main() -> None:
    """Draw what was asked for, in place of what was drawn before."""
    parser = argparse.ArgumentParser(prog="python -m tests.look", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND", help=", ".join(KINDS))
    for kind in parser.parse_args().only:
        folder = FOLDER / kind
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with tempfile.TemporaryDirectory(prefix="ita-look-") as scratch:
            KINDS[kind](folder, Path(scratch))
        print(f"look/{kind}: {len(list(folder.glob('*.png')))} pictures")


if __name__ == "__main__":
    main()
