"""The lists of the extras: complete, and in agreement with the runtime's own."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from model_runtime.errors import RequestError
from model_runtime.terra_cot.extras import require

RUNTIME = Path(__file__).resolve().parents[3] / "model_runtime"


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s;\\]+)", (RUNTIME / name).read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


@pytest.mark.parametrize("extra", ["data", "ray"])
def test_all_that_an_extra_pulls_in_is_pinned_once(extra: str) -> None:
    own, lock = pins(f"requirements-{extra}.txt"), pins("requirements.lock")
    assert len(own) > 5
    assert not own.keys() & lock.keys()
    for package, version in own.items():
        try:
            there = metadata.distribution(package)
        except metadata.PackageNotFoundError:
            pytest.skip(f"{package} of the extra `{extra}` is not installed")
        assert there.version == version
        for line in there.requires or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                pinned = (own | lock).get(canonicalize_name(needed.name))
                assert pinned is not None, f"{package} needs {needed.name}"
                assert needed.specifier.contains(pinned), f"{package} needs {needed}"


def test_what_is_missing_is_named_with_the_way_to_get_it() -> None:
    require("data", "json")
    with pytest.raises(RequestError, match=r"needs nowhere_to_be_found, which is not.*requirements-data\.txt"):
        require("data", "json", "nowhere_to_be_found")
