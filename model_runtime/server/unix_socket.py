"""Listening on a file instead of a port: then nobody but its user can even connect, of this machine or any other.

Linux and macOS. The file lies in a folder that only its user can enter, and where nobody else could put another folder
in its place; it is removed at the end.
"""

from __future__ import annotations

import os
import socket
import stat
import sys
from contextlib import suppress
from pathlib import Path

from ..errors import RequestError

_MOST_BYTES = 104 if sys.platform == "darwin" else 108
"""of a path, with a zero at its end"""
_CONNECT_S = 2.0


class UnixSocket:
    """A file to listen on, in the place of `listening.Listening`.

    Args:
        path: of the file; its folder is there.

    Raises:
        RequestError: there are no such sockets here, the path is too long, or its folder is not ours alone.
    """

    hosts = ()

    def __init__(self, path: str) -> None:
        if not hasattr(socket, "AF_UNIX") or os.name != "posix":
            raise RequestError("This system has no sockets in files: leave out --unix-socket.")
        given = Path(os.path.abspath(os.path.expanduser(path)))
        folder = Path(os.path.realpath(given.parent))
        self.path = folder / given.name
        if len(os.fsencode(self.path)) >= _MOST_BYTES:
            raise RequestError(f"A socket's path has at most {_MOST_BYTES - 1} bytes: choose another --unix-socket.")
        _check(folder)
        self._made = False

    def told(self, _: socket.socket) -> dict[str, str]:
        """For the line that announces the server."""
        return {"unix_socket": str(self.path)}

    def url(self, _: int | None) -> str:
        """For people."""
        return f"unix:{self.path}"

    def tls(self) -> None:
        """What is said does not leave the machine."""

    def socket(self) -> socket.socket:
        """A socket that is bound to the file, which only its user can read and write.

        Raises:
            RequestError: there is a file already, unless it is what a runtime of ours has left; or it cannot be made.
        """
        self._clear()
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            listener.bind(str(self.path))
            listener.listen()
        except OSError as error:
            listener.close()
            raise RequestError(
                f"The runtime cannot listen on {self.path} ({error.strerror}): choose another --unix-socket."
            ) from None
        finally:
            os.umask(before)
        self._made = True
        return listener

    def remove(self) -> None:
        """Remove the file, where `socket` has made it."""
        if self._made:
            with suppress(OSError):
                self.path.unlink()

    def _clear(self) -> None:
        """Remove the file of a runtime of ours that has ended without that."""
        try:
            found = self.path.lstat()
        except FileNotFoundError:
            return
        if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.geteuid():
            raise RequestError(f"{self.path} is there, and is no socket of yours: choose another --unix-socket.")
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
            other.settimeout(_CONNECT_S)
            try:
                other.connect(str(self.path))
            except ConnectionRefusedError:
                self.path.unlink(missing_ok=True)
                return
            except OSError:
                pass
        raise RequestError(f"Something listens on {self.path} already: end it, or choose another --unix-socket.")


def _check(folder: Path) -> None:
    """Refuse a folder that others can enter, or in whose place they could put one of their own.

    Raises:
        RequestError: it is one.
    """
    try:
        own = folder.lstat()
    except OSError as error:
        raise RequestError(f"{folder} cannot be used ({error.strerror}): make it with mkdir -m 700.") from None
    if own.st_uid != os.geteuid() or own.st_mode & 0o077:
        raise RequestError(f"Others may enter {folder}: make a folder with mkdir -m 700 for --unix-socket.")
    for above in folder.parents:
        told = above.lstat()
        shared = told.st_mode & 0o022 and not told.st_mode & stat.S_ISVTX
        if told.st_uid not in (0, os.geteuid()) or shared:
            raise RequestError(f"Others may change {above}, and what {folder} is: choose another --unix-socket.")
