"""SAM-2's weights as Meta publishes them (`sam2_hiera_*.pt`), read without running anything in the file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import torch
from torch import Tensor

from ..errors import ModelError
from ..model.key_map import placements

_PREFIX = "grounding_encoder.sam2_model."
# Only SAM 2.1 has these; TerraScope is made on SAM 2.0 (SPEC 2.4).
_ONLY_IN_2_1 = ("no_obj_embed_spatial", "obj_ptr_tpos_proj.")


def read_meta_sam2(path: Path) -> dict[str, Tensor]:
    """Read a SAM 2.0 checkpoint, `{"model": {name: tensor}}`; tensors stay in the file until they are looked at.

    Args:
        path: the `.pt` file. It must not change while its tensors are in use.

    Returns:
        every tensor, also the memory modules', under its name in TerraScope's published layout (SPEC 2.4):
        `grounding_encoder.sam2_model.…`, with `g_weight` for `gamma`.

    Raises:
        ModelError: there is no such file, it is damaged, holds more than tensors, or is another network.
    """
    name = path.name
    _check_archive(path)
    try:
        whole = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except Exception:  # a crafted file can make this reader fail in any way; it never runs what it reads
        raise ModelError(
            f"{name} is damaged or holds more than tensors; nothing in it was run. Fetch it again from Meta."
        ) from None
    weights = whole.get("model") if isinstance(whole, dict) else None
    if not isinstance(weights, dict) or not weights:
        raise ModelError(f'{name} holds no weights under the name "model"; take one of Meta\'s sam2_hiera_*.pt files.')
    state: dict[str, Tensor] = {}
    for key, tensor in weights.items():
        if not isinstance(key, str) or not _is_plain(tensor):
            raise ModelError(f"{name} holds something else than weights ({str(key)[:100]}); fetch it again from Meta.")
        if key.startswith(_ONLY_IN_2_1):
            raise ModelError(
                f"{name} is SAM 2.1, and TerraScope is made on SAM 2.0: take one of Meta's sam2_hiera_*.pt files."
            )
        published = _PREFIX + key.replace(".gamma", ".g_weight")
        placements(published)  # refuses names of no SAM-2
        state[published] = tensor
    return state


def _is_plain(tensor: object) -> bool:
    """Whether this is a dense tensor of numbers that takes the memory its shape says, and not a view that seems to."""
    dense = isinstance(tensor, Tensor) and tensor.layout == torch.strided and tensor.is_floating_point()
    return dense and tensor.is_contiguous()


def _check_archive(path: Path) -> None:
    """Refuse what is no archive as torch writes them; nothing in those is compressed, so nothing grows when it is read.

    Raises:
        ModelError: it is something else.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
        stored = all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
        if stored and sum(entry.file_size for entry in entries) <= path.stat().st_size:
            return
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror or error}).") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        pass
    raise ModelError(f"{path.name} is no weight file as Meta publishes it, or only a part of one; fetch it again.")
