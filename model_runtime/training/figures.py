"""The figures of an evaluation that go into a model's `config.json`."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ..errors import RequestError
from ..protocol import ClassQuality
from ..terra_cot.spectra import CLASSES
from ..terra_cot.vocabulary import LAND_COVER

_PHRASES = dict(zip(CLASSES, LAND_COVER, strict=True))
_FIGURES = TypeAdapter(dict[str, dict[str, ClassQuality]])


def read_class_quality(path: Path) -> dict[str, dict[str, dict[str, float]]]:
    """What `config.json` takes as `class_quality`, from the file that `train evaluate --json` wrote.

    Args:
        path: JSON whose section `class_quality` has `iou` and `coverage_error_pct` by input set and class. A class
            without an IoU was on no place and counts as not measured: it is left out.

    Returns:
        The same two figures by input set and phrase: a class is called here what the model calls it in an answer.

    Raises:
        RequestError: there is no such file, or its figures are none.
    """
    try:
        section = json.loads(path.read_text("utf-8"))["class_quality"]
        measured = {
            inputs: {_PHRASES.get(name, name): row for name, row in classes.items() if row["iou"] is not None}
            for inputs, classes in section.items()
        }
    except OSError as error:
        raise RequestError(f"{path} cannot be read ({error.strerror}): `train evaluate --json` writes it.") from None
    except (ValueError, LookupError, TypeError, AttributeError):
        raise RequestError(f"{path} has no figures by class; write it with `train evaluate --json`.") from None
    try:
        figures = _FIGURES.validate_python(measured)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise RequestError(f"{path} has a figure that is none ({where}: {first['msg']}); evaluate again.") from None
    return _FIGURES.dump_python(figures)
