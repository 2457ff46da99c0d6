"""The command line, `python -m geo`.

Exit codes: 0 done; 1 done, but some inputs were rejected, each named with its reason; 2 the call or the configuration
is wrong; 130 ended by Ctrl-C.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType

_INTERRUPTED = 130


class _Interrupt:
    """Whether somebody pressed Ctrl-C: a library that is just being loaded may make another error of it."""

    def __init__(self) -> None:
        self.came = False
        # What starts this in the background tells it to let Ctrl-C pass.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._note)

    def _note(self, number: int, frame: FrameType | None) -> NoReturn:
        self.came = True
        raise KeyboardInterrupt


def main() -> int:
    """Run the command line and return its exit code."""
    try:
        return _watched()
    except KeyboardInterrupt:
        return _ended()


def _watched() -> int:
    interrupt = _Interrupt()
    try:
        return _run()
    except SystemExit as error:
        # A command that ends orderly has said so itself; one that did not catch it is ended by its library.
        if isinstance(getattr(error.__context__, "__cause__", None), KeyboardInterrupt):
            return _ended()
        raise
    except (ImportError, SystemError, AttributeError):
        if interrupt.came:
            return _ended()
        raise


def _ended() -> int:
    sys.stderr.write("Interrupted.\n")
    return _INTERRUPTED


def _run() -> int:
    # Loaded here, so that Ctrl-C during it is answered too.
    from geo.commands.application import app
    from geo.commands.console import Exit, console
    from geo.errors import AtlasError, InputError

    try:
        app(prog_name="geo")
    except InputError as error:
        console.print(f"[yellow]rejected[/] {_plain(error)}")
        return Exit.SOME_REJECTED
    except AtlasError as error:
        console.print(f"[red]error[/] {_plain(error)}")
        return Exit.WRONG_CALL
    return Exit.DONE


def _plain(error: Exception) -> str:
    from rich.markup import escape

    return escape(str(error))


if __name__ == "__main__":
    code = main()
    if code == _INTERRUPTED:
        # Where Ctrl-C came while a library was loaded, Python would end itself by the signal once more.
        sys.stdout.flush()
        os._exit(code)
    sys.exit(code)
