"""Where a file comes from: a path, bytes, or a binary file such as an upload."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]


def content_of(file: Source) -> tuple[bytes, str]:
    """The bytes of a file from its beginning, and its name without folders, "" where it has none.

    A binary file is left open. Raises OSError as `open` does for a path that cannot be read, and TypeError for a file
    opened as text.
    """
    if isinstance(file, bytes | bytearray | memoryview):
        return bytes(file), ""
    if isinstance(file, str | os.PathLike):
        path = Path(file)
        return path.read_bytes(), path.name
    if file.seekable():
        file.seek(0)
    content = file.read()
    if not isinstance(content, bytes):
        raise TypeError("the file is open as text: open it with mode 'rb'")
    name = getattr(file, "name", "")
    return content, Path(name).name if isinstance(name, str) else ""
