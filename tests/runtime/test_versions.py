"""What a report says that its figures were made with."""

from __future__ import annotations

import platform
import subprocess
import sys

import torch

from model_runtime import __version__
from model_runtime.versions import versions


def test_they_are_those_of_what_runs() -> None:
    found = versions()
    assert found["terrascope"] == __version__
    assert found["python"] == platform.python_version()
    assert found["torch"] == torch.__version__
    assert set(found) == {"terrascope", "python", "torch", "transformers", "numpy", "rasterio", "pyproj", "shapely"}


def test_nothing_is_imported_for_them() -> None:
    code = "import sys, model_runtime.versions as v; v.versions(); print({'torch', 'numpy'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "set()"
