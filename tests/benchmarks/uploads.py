"""A visitor in a process of its own who uploads one file after another: `uploads.py PORT FILE SECONDS`.

Each time it is another file (its package ends with another comment), so that nothing remembers it. The first is looked
at before "ready" is written; the last line is how many were looked at since.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from .hostile import again
from .websocket import Visitor


def main() -> None:
    port, file, seconds = sys.argv[1:]
    content = Path(file).read_bytes()
    with Visitor(int(port)) as visitor:
        visitor.visit("upload")
        visitor.upload("upload.file", "0.xlsx", again(content, 0))
        print("ready", flush=True)
        ends = time.monotonic() + float(seconds)
        number = 0
        while time.monotonic() < ends:
            number += 1
            visitor.upload("upload.file", f"{number}.xlsx", again(content, number))
        print(number, flush=True)


if __name__ == "__main__":
    main()
