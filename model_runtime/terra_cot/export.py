"""A built dataset read back, sample by sample, whichever its format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import RequestError
from .entries import Entry, Example
from .extras import require
from .plan import LAYOUT
from .records import SPLITS, Split

PLAN_FILE = "build.json"


def read_samples(
    folder: Path, split: Split | None = None, images: Callable[[Entry], bool] | bool = True
) -> Iterator[Example]:
    """Stream the samples of a dataset that `data build` made, in the order of its shards.

    Only a part of one shard is held in memory. A build that is not finished gives what it has.

    Args:
        folder: of the dataset.
        split: one of them; by default all, one after the other.
        images: whether to read the images, or of which samples.

    Yields:
        Every sample; `images` is empty where they were not asked for.

    Raises:
        RequestError: the folder is no such dataset, a package is missing, or a shard is damaged.
    """
    for name in (split,) if split else SPLITS:
        for path in shard_paths(folder, name):
            yield from read_shard(path, images)


def shard_paths(folder: Path, split: Split) -> list[Path]:
    """The finished shards of a part of a dataset, in order.

    Raises:
        RequestError: the folder is not one that `data build` made.
    """
    return sorted((folder / split).glob(f"*.{built_format(folder)}"))


def read_shard(path: Path, images: Callable[[Entry], bool] | bool = True) -> Iterator[Example]:
    """Stream the samples of one shard.

    Args:
        path: as `shard_paths` gives it.
        images: whether to read the images, or of which samples.

    Yields:
        Every sample; `images` is empty where they were not asked for.

    Raises:
        RequestError: a package is missing, or the shard is damaged.
    """
    if path.suffix == ".json":
        require("data", "pycocotools")
        from .published import read_shard as read
    else:
        require("data", "pycocotools", "pyarrow")
        from .parquet import read_shard as read
    wanted = images if callable(images) else (lambda entry: True) if images else None
    try:
        yield from read(path, wanted)
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise RequestError(
            f"The shard {path} is damaged ({error}): delete it and run the command in DATASHEET.md or build.json again."
        ) from error


def built_format(folder: Path) -> str:
    """The format of a dataset's shards.

    Raises:
        RequestError: the folder is not one that `data build` made.
    """
    path = folder / PLAN_FILE
    try:
        plan = json.loads(path.read_text("utf-8"))
        layout, format_ = plan["layout"], plan["options"]["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise RequestError(
            f"{folder} is not a dataset that `data build` made (its build.json is missing or damaged): "
            "give the folder that was its --out."
        ) from None
    if layout != LAYOUT or format_ not in ("json", "parquet"):
        made_by = plan.get("made_by", "not known")
        raise RequestError(f"{folder} was made by another version ({made_by}): build it again.")
    return format_
