"""Small JSON files of a model folder, read as what they are: somebody else's."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import ModelError


def read_json(path: Path, largest: int) -> object:
    """Parse a file of at most `largest` bytes of UTF-8.

    Raises:
        FileNotFoundError: there is no such file.
        ModelError: it is too large, cannot be read or is not JSON.
    """
    try:
        if not path.is_file():  # a pipe would keep us waiting
            raise FileNotFoundError(path)
        with path.open("rb") as stream:
            raw = stream.read(min(path.stat().st_size, largest) + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read ({error}).") from None
    if len(raw) > largest:
        raise ModelError(f"{path} is far too large for what it is; fetch the model again.")
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise ModelError(f"{path} is damaged (no UTF-8 text); fetch the model again.") from None
    except RecursionError:
        raise ModelError(f"{path} is damaged (nested too deep); fetch the model again.") from None
    except ValueError:
        raise ModelError(f"{path} is not valid JSON; fetch the model again.") from None
