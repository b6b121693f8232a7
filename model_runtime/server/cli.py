"""`python -m model_runtime serve`: the runtime of the plugin on its own machine, or on another one (`--remote`)."""

from __future__ import annotations

import argparse
import logging
import signal
import sys

from ..errors import RequestError
from . import lifetime
from .unix_socket import UnixSocket

_NETWORK = ("bind", "port", "certificate", "private_key", "hosts")
_REMOTE = ("key_file", *_NETWORK, "upload_limit_gb")


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add `serve` to the command line."""
    serve = subparsers.add_parser(
        "serve", help="answer over HTTP, for the QGIS plugin on this machine or on another one"
    )
    serve.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, mps")
    serve.add_argument("--compile", action="store_true",
                       help="compile the language model's steps: faster on an NVIDIA GPU, above all in int8, after a "
                       "minute's start; needs Triton and a C compiler")  # fmt: skip
    serve.add_argument("--remote", action="store_true",
                       help="for QGIS on another machine: scenes are sent to it, and it reads no paths")  # fmt: skip
    serve.add_argument("--unix-socket", metavar="FILE",
                       help="listen on this file instead of a port; it lies in a folder that only you can enter "
                       "(Linux, macOS)")  # fmt: skip
    remote = serve.add_argument_group("with --remote")
    remote.add_argument("--key-file", metavar="FILE",
                        help="its first line is the key, 32 or more hexadecimal digits; -: of the input")  # fmt: skip
    remote.add_argument("--bind", metavar="ADDRESS", help="IP address to listen on; default: 127.0.0.1, for a tunnel")
    remote.add_argument("--port", type=int, help="default: 8437; 0: a free one")
    remote.add_argument("--certificate", metavar="CERT.pem", help="for HTTPS, which is needed for any other address")
    remote.add_argument("--private-key", metavar="KEY.pem", help="of the certificate")
    remote.add_argument("--host", dest="hosts", metavar="NAME", nargs="+", action="extend",
                        help="name or address by which clients call this machine, beside that of --bind")  # fmt: skip
    remote.add_argument("--upload-limit-gb", type=float, metavar="8", help="largest file that is taken; default: 8")
    serve.set_defaults(run=_serve)


def _serve(args: argparse.Namespace) -> int:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if args.remote:
        return _serve_remote(args)
    given = [name for name in _REMOTE if getattr(args, name) is not None]
    if given:
        raise RequestError(f"--{_option(given[0])} is for a runtime on another machine: give --remote too.")
    from .app import Runtime, serve
    from .listening import LOCAL

    at = LOCAL if args.unix_socket is None else UnixSocket(args.unix_socket)
    key = lifetime.read_key(sys.stdin.buffer)
    runtime = Runtime(args.device, compiled=args.compile, at=at)
    lifetime.end_with(sys.stdin.buffer, runtime.leave)
    serve(runtime, key)
    return 0


def _serve_remote(args: argparse.Namespace) -> int:
    if args.key_file is None:
        raise RequestError("A remote runtime needs its key: give --key-file.")
    limit_gb = 8.0 if args.upload_limit_gb is None else args.upload_limit_gb
    if not 0 < limit_gb < 1e6:
        raise RequestError("--upload-limit-gb is not a size: give gigabytes, as 8.")
    from . import listening
    from .app import Runtime, serve

    if args.unix_socket is not None:
        given = [name for name in _NETWORK if getattr(args, name) is not None]
        if given:
            raise RequestError(f"--{_option(given[0])} is for a network, and --unix-socket is a file: leave out one.")
        at = UnixSocket(args.unix_socket)
    else:
        port = listening.DEFAULT_PORT if args.port is None else args.port
        at = listening.remote(args.bind or "127.0.0.1", port, args.hosts or (), args.certificate, args.private_key)
    key = lifetime.read_key_file(args.key_file)
    # Before there is a folder to remove; while uvicorn runs it takes SIGTERM, and Ctrl+C, itself.
    signal.signal(signal.SIGTERM, _end)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    runtime = Runtime(args.device, int(limit_gb * 1e9), compiled=args.compile, at=at)
    try:
        serve(runtime, key)
    except RequestError as error:
        print(error, file=sys.stderr, flush=True)
        lifetime.end(2, runtime.end)
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        lifetime.end(0, runtime.end)
    return 0


def _option(name: str) -> str:
    return {"hosts": "host"}.get(name, name.replace("_", "-"))


def _end(*_: object) -> None:
    sys.exit(0)
