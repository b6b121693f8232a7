"""Labelled scenes of real places: read by the libraries for maps, or packed into one file for where those are not."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import numpy as np

from ..errors import ModelError
from ..terra_cot.scenes import LabelledScene
from .held_out import to_train_on

# Reflectance and decibels are kept in steps that no sensor resolves, display values in the 8 bits they have.
_BANDS_STEP = 1e-4
_SAR_STEP_DB = 0.01


def read_real(path: Path | None) -> list[LabelledScene]:
    """What may be learnt from of a packed file or, with the libraries for maps, of a folder with `data/` in it.

    None without a path.

    Raises:
        ModelError: there is no such file or folder, or the file is another one.
    """
    if path is None:
        return []
    if path.suffix == ".npz":
        return to_train_on(_unpacked(path))
    if not path.is_dir():
        raise ModelError(f"{path} is neither a folder of real places nor a file that `train pack-real` wrote.")
    from ..terra_cot.sources import iter_real

    return to_train_on(iter_real(path))


def pack_real(scenes: list[LabelledScene], out: Path, largest_px: int) -> None:
    """Write scenes to one compressed file; it appears under its name when complete.

    Args:
        scenes: what to write.
        out: the file.
        largest_px: of a side; of larger scenes the middle is kept.
    """
    arrays: dict[str, np.ndarray] = {}
    plain = []
    for number, scene in enumerate(scenes):
        top, left = (max(0, (side - largest_px) // 2) for side in scene.labels.shape)
        kept = {}
        for field in fields(scene):
            value = getattr(scene, field.name)
            if isinstance(value, np.ndarray):
                middle = value[..., top : top + largest_px, left : left + largest_px]
                arrays[f"{number}.{field.name}"] = _small(field.name, middle, scene.reflectance)
            else:
                kept[field.name] = value
        plain.append(kept)
    part = out.with_name(f".{out.name}.part")
    with part.open("wb") as file:
        np.savez_compressed(file, plain=np.array(json.dumps(plain, default=np.generic.item)), **arrays)
    part.replace(out)


def _small(name: str, values: np.ndarray, reflectance: bool) -> np.ndarray:
    if name == "bands":
        steps = np.round(values / _BANDS_STEP if reflectance else values * 255)
        kind = np.uint16 if reflectance else np.uint8
        return steps.clip(0, np.iinfo(kind).max).astype(kind)
    if name == "sar":
        # Missing values stay missing: the least of int16 stands for them.
        steps = np.round(values / _SAR_STEP_DB).clip(-32767, 32767)
        return np.where(np.isfinite(values), steps, -32768).astype(np.int16)
    return values


def _large(name: str, values: np.ndarray) -> np.ndarray:
    if name == "bands":
        return values.astype(np.float32) * np.float32(1 / 255 if values.dtype == np.uint8 else _BANDS_STEP)
    if name == "sar":
        return np.where(values == -32768, np.nan, values * _SAR_STEP_DB).astype(np.float32)
    return values


def _unpacked(path: Path) -> list[LabelledScene]:
    try:
        with np.load(path) as file:
            plain = json.loads(str(file["plain"]))
            arrays: list[dict[str, np.ndarray]] = [{} for _ in plain]
            for key in file.files:
                number, _, name = key.partition(".")
                if name:
                    arrays[int(number)][name] = _large(name, file[key])
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ModelError(f"{path} is not a file that `train pack-real` wrote ({error}); write it again.") from None
    return [
        LabelledScene(**{**kept, "present": tuple(kept["present"]), "names": tuple(kept["names"])}, **there)
        for kept, there in zip(plain, arrays, strict=True)
    ]
