"""One read-only file of named arrays, mapped into memory so that processes share its pages.

Layout, little endian: 8 bytes of magic, 8 bytes of header length, a JSON header (`{"facts", "arrays": {name: [type,
offset, count]}}`), the arrays, each aligned to 64 bytes, and the magic again as the last 8 bytes. A file that was not
written to its end lacks the last magic or the stated length and is refused.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"ATLASGZ1"
_ALIGN = 64
_CODES: Mapping[str, Any] = {"uint8": "B", "uint32": "I", "uint64": "Q", "int32": "i", "float32": "f"}


class DamagedFileError(ValueError):
    """The file is not one of ours, or was not written to its end."""


def write_blocks(path: Path, arrays: Mapping[str, npt.NDArray[Any]], facts: Mapping[str, Any]) -> None:
    """Write the arrays beside `path` and rename them into place, so that no reader ever sees half a file."""
    table: dict[str, list[Any]] = {}
    offset = 0
    for name, array in arrays.items():
        table[name] = [array.dtype.name, offset, int(array.size)]
        offset += -(-array.nbytes // _ALIGN) * _ALIGN
    header = json.dumps({"facts": dict(facts), "arrays": table, "bytes": offset}).encode()
    start = _start(len(header))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(MAGIC + struct.pack("<Q", len(header)) + header)
            out.write(b"\0" * (start - out.tell()))
            for array in arrays.values():
                out.write(np.ascontiguousarray(array).tobytes())
                out.write(b"\0" * (-out.tell() % _ALIGN))
            out.write(MAGIC)
            out.flush()
            os.fsync(out.fileno())
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)


def _start(header: int) -> int:
    return -(-(16 + header) // _ALIGN) * _ALIGN


class Blocks:
    """The arrays of a file, as views of its mapping."""

    def __init__(self, path: Path) -> None:
        """Map the file; raise `DamagedFileError` where it is not whole, `FileNotFoundError` where there is none."""
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            if size < 32:
                raise DamagedFileError(f"{path} holds {size} bytes")
            self._map = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        length = struct.unpack("<Q", self._map[8:16])[0]
        if self._map[:8] != MAGIC or self._map[-8:] != MAGIC or 16 + length > size:
            raise DamagedFileError(f"{path} does not begin and end as it should")
        header = json.loads(self._map[16 : 16 + length])
        self._start = _start(length)
        if self._start + header["bytes"] + len(MAGIC) != size:
            raise DamagedFileError(f"{path} holds {size} bytes, not what its header states")
        self.facts: dict[str, Any] = header["facts"]
        self._table: dict[str, list[Any]] = header["arrays"]

    def view(self, name: str) -> memoryview[Any]:
        """Return an array for reading single items, which is faster than through numpy."""
        kind, offset, count = self._table[name]
        start = self._start + offset
        size = np.dtype(kind).itemsize * count
        return memoryview(self._map)[start : start + size].cast(_CODES[kind])

    def array(self, name: str) -> npt.NDArray[Any]:
        """Return an array for numpy."""
        kind, offset, count = self._table[name]
        return np.frombuffer(self._map, dtype=kind, count=count, offset=self._start + offset)


class Texts:
    """An array of texts, packed as UTF-8 bytes and offsets."""

    def __init__(self, blocks: Blocks, name: str) -> None:
        self._bytes = blocks.view(f"{name}.bytes")
        self._ends = blocks.view(f"{name}.ends")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, index: int) -> str:
        return str(self._bytes[self._ends[index] : self._ends[index + 1]], "utf-8")

    def raw(self, index: int) -> bytes:
        """Return the bytes of one text."""
        return bytes(self._bytes[self._ends[index] : self._ends[index + 1]])


def packed(name: str, texts: list[bytes]) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays that `Texts` reads."""
    ends = np.zeros(len(texts) + 1, dtype="uint32")
    np.cumsum([len(text) for text in texts], out=ends[1:])
    return {f"{name}.bytes": np.frombuffer(b"".join(texts), dtype="uint8"), f"{name}.ends": ends}
