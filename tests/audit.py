"""`make audit`: asks the public advisories about every pinned library, and says so where they do not answer.

pip-audit counts a library that it learnt nothing of as skipped, and is content: here that is no pass.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1]
CLEAN, FAULTS, UNKNOWN = 0, 1, 2
_SHOWN = 5


def verdict(libraries: Sequence[Mapping[str, Any]]) -> tuple[int, str]:
    """The exit status and what to say of pip-audit's report on the libraries."""
    faults = [
        f"{one['name']} {one['version']}: {fault['id']},"
        f" mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for one in libraries
        for fault in one.get("vulns", [])
    ]
    unknown = [one["name"] for one in libraries if "skip_reason" in one]
    said = [f"{len(libraries) - len(unknown)} of {len(libraries)} libraries were looked up.", *faults]
    if unknown or not libraries:
        named = ", ".join(unknown[:_SHOWN]) + (" …" if len(unknown) > _SHOWN else "")
        said.append(f"Nothing was learnt of {named or 'any'}: the advisories cannot be reached from here. Not audited.")
    status = FAULTS if faults else UNKNOWN if unknown or not libraries else CLEAN
    return status, "\n".join([*said, "No known fault."] if status == CLEAN else said)


def report(environment: Path) -> list[dict[str, Any]]:
    """What pip-audit, installed in `environment`, finds of the run's requirements; nothing where it gives up."""
    program = next(environment.glob("*/pip-audit*"))
    options = ["--no-deps", "--disable-pip", "--progress-spinner=off", "--format=json"]
    asked = [str(program), "--requirement", str(HOME / "requirements.txt"), *options]
    answer = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(answer.stdout)["dependencies"]
    except ValueError:
        return []
    return found


if __name__ == "__main__":
    status, said = verdict(report(Path(sys.argv[1])))
    print(said)
    sys.exit(status)
