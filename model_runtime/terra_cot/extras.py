"""Packages that only the data factory needs: asked for in time, with a sentence that says how to get them."""

from __future__ import annotations

from importlib.util import find_spec

from ..errors import RequestError


def require(extra: str, *modules: str) -> None:
    """See that the packages of an extra are installed.

    Args:
        extra: "data" or "ray".
        modules: what will be imported of it.

    Raises:
        RequestError: one is missing.
    """
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise RequestError(
            f"This needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed: run "
            f"`python -m pip install -r model_runtime/requirements-{extra}.txt` in the runtime's environment."
        )
