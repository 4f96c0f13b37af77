"""A process of its own that reads one workbook and says what that did to its memory: `resident.py SMALL WORKBOOK`.

Everything is imported and a small file read before the first look, so that only this reading counts; the reading is
still held at the last. Prints JSON, in bytes: "kept", how much more memory is resident; "peak", how much more it was at
most meanwhile; "frames", the size of the reading's frames.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

import psutil

import ita

STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")  # written "5", it forgets the peak


def peak(process: psutil.Process) -> int:
    """The most memory that was resident so far; where the system keeps no such mark, what is resident now."""
    if STATUS.exists():
        (mark,) = (line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(mark.split()[1]) * 1024
    information = process.memory_info()
    return int(getattr(information, "peak_wset", information.rss))


def main() -> None:
    small, workbook = sys.argv[1:]
    ita.read_results(small)
    content = Path(workbook).read_bytes()
    process = psutil.Process()
    gc.collect()
    if CLEAR.exists():
        CLEAR.write_text("5")
    before = process.memory_info().rss
    reading = ita.read_results(content)
    most = peak(process)
    gc.collect()
    after = process.memory_info().rss
    frames = sum(
        int(frame.memory_usage(index=True, deep=True).sum())
        for frame in (reading.scores, reading.published, reading.items)
    )
    print(json.dumps({"kept": after - before, "peak": most - before, "frames": frames}))


if __name__ == "__main__":
    main()
