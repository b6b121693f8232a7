"""Why an installation failed and what to do about it, from what the failing command said."""

from __future__ import annotations

import re

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import InstallError

SPACE, PERMISSION, LOCKED, SSL, PROXY, NETWORK = "no space", "no permission", "locked", "ssl", "proxy", "network"
NO_PYTHON = "no python"  # seen before anything is run, and told there
NO_WHEEL, HASH, NO_VENV, LIBRARY, UNKNOWN = "no wheel", "hash", "no venv", "library", "unknown"

# In this order: what is said first may be the consequence of what is said later.
_SIGNS = (
    (
        SPACE,
        r"no space left on device|errno 28|os error 28|disk full|not enough space|os error 112|disk quota exceeded",
    ),
    (LOCKED, r"winerror (?:5|32)\b|being used by another process|os error 32\b"),
    (
        PERMISSION,
        r"permission denied|errno 13|os error 13|read-only file system|operation not permitted|access is denied",
    ),
    (HASH, r"do not match the hashes|hash mismatch"),
    (SSL, r"certificate.verify.failed|sslerror|self.signed certificate|unknownissuer|invalid peer certificate"),
    (PROXY, r"proxyerror|cannot connect to proxy|407 proxy|proxy authentication|tunnel error"),
    (
        NETWORK,
        r"newconnectionerror|name or service not known|temporary failure in name resolution|getaddrinfo failed|"
        r"connection refused|network is unreachable|timed out|dns error|error sending request|failed to fetch|"
        r"connection (?:reset|aborted|broken)|error trying to connect|no route to host|incompleteread|"
        r"50[234] (?:server|bad)",
    ),
    (NO_VENV, r"ensurepip is not available|no module named (?:venv|ensurepip|pip)\b"),
    (
        NO_WHEEL,
        r"no matching distribution found|could not find a version|no solution found|"
        r"were not found in the package registry|"
        r"no wheels? with a matching|not found in the provided package locations|has no usable wheels",
    ),
    (LIBRARY, r"dll load failed|winerror 126|winerror 1114|error loading .*\.dll|cannot open shared object|glibc_2"),
)
_LOOKUP = tuple((cause, re.compile(pattern, re.IGNORECASE)) for cause, pattern in _SIGNS)

translate = QCoreApplication.translate


def cause_of(output: str) -> str:
    """The cause that an output betrays, else `UNKNOWN`."""
    return next((cause for cause, pattern in _LOOKUP if pattern.search(output)), UNKNOWN)


def trouble(step: str, output: str, cause: str = "") -> InstallError:
    """A failed step as what the user reads.

    Args:
        step: what was being done.
        output: what the command said, for "Details".
        cause: one of the above; empty: look into the output.
    """
    cause = cause or cause_of(output)
    sentence = translate("TerraScope", "{step} failed: {why}").format(step=step, why=_sentences()[cause])
    return InstallError(sentence, cause, output[-8000:])


def _sentences() -> dict[str, str]:
    """Made when they are needed, in the language of then."""
    return {
        SPACE: translate(
            "TerraScope", "the disk is full. Free some space and try again; what has been fetched is kept."
        ),
        LOCKED: translate(
            "TerraScope",
            "a file was in use, often by an anti-virus program. Wait a moment and try again; if it comes back, except "
            "the folder terrascope/runtime of your QGIS profile from the scan.",
        ),
        PERMISSION: translate(
            "TerraScope", "files may not be written there. Give yourself the right to write into your QGIS profile."
        ),
        HASH: translate(
            "TerraScope",
            "a package is not the one that was published. Try again; if it comes back, your package index or proxy "
            "changes files: tell its administrator.",
        ),
        SSL: translate(
            "TerraScope",
            "a certificate was not accepted. Your network probably looks into encrypted connections: ask its "
            "administrator for the certificate and name its file in the environment variable SSL_CERT_FILE (and "
            "PIP_CERT), or install from a folder of wheels.",
        ),
        PROXY: translate(
            "TerraScope",
            "the proxy did not let us through. Look at Settings > Options > Network in QGIS: address, user "
            "and password.",
        ),
        NETWORK: translate(
            "TerraScope",
            "the package index could not be reached. Check the network (and the proxy under Settings > Options > "
            "Network), then try again; what has been fetched is kept. Without a network: “Other ways”, a folder "
            "of wheels.",
        ),
        NO_VENV: translate(
            "TerraScope",
            "this Python cannot make environments. On Debian and Ubuntu: apt install python3-venv; elsewhere install "
            "Python 3.12 or uv, then try again.",
        ),
        NO_WHEEL: translate(
            "TerraScope",
            "a package has no file for this system and this Python. Look into the log for its name; in a folder of "
            "wheels it is missing, else install Python 3.12 and try again.",
        ),
        LIBRARY: translate(
            "TerraScope",
            "a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux "
            "a newer system (glibc 2.28 or later) is needed.",
        ),
        UNKNOWN: translate("TerraScope", "see the log. “Copy diagnostics” has what a report needs."),
    }
