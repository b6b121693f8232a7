"""Model folders in the published layout: safetensors shards in, one file out (SPEC 2).

Loading looks at every header first and compares all of it with the network the config describes, before a weight is
read. Then each tensor is read, in small pieces, into its place on its device: the host holds no second copy of any.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from ..errors import Cancelled, ModelError
from .config import GroundingConfig, TerraScopeConfig, read_config
from .delta import check_base, merged, one_of, read_layers
from .key_map import Place, placements, published_state
from .outline import outline
from .shards import DTYPE_BYTES, Entry
from .terrascope import TerraScope
from .vocabulary import Vocabulary
from .weight_reader import WeightReader

FLOATS = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
# Bytes that are read at a time; a multiple of every number's size.
_PASSAGE = 16 << 20
_SAM2_BLOCK = re.compile(r"grounding_encoder\.sam2_model\.image_encoder\.trunk\.blocks\.(\d{1,4})\.", re.ASCII)


def load_model(
    folder: Path,
    device: str = "cpu",
    *,
    dtype: torch.dtype | None = None,
    grounding: GroundingConfig | None = None,
    checksums: Mapping[str, str] | None = None,
    on_linear: Callable[[str, nn.Linear], None] | None = None,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
    base: Path | None = None,
) -> TerraScope:
    """Load a model folder. Nothing in it is executed.

    Args:
        folder: config.json, a tokenizer and one or more .safetensors files in the published layout.
        device: where to put it.
        dtype: None: float32 on a CPU, bfloat16 elsewhere.
        grounding: SAM-2's size, for folders whose config leaves it implied and is not the usual one.
        checksums: sha256 (hexadecimal) of the weight files by name, where they are known; others are computed.
        on_linear: called with the name and the module of each linear layer as soon as its own weights are in place,
            before the next tensor is read; it may replace them by smaller ones.
        progress: told the fraction of the weights that is in place, at least after each tensor.
        cancelled: asked as often.
        base: of a model that was taught (`delta`), the folder of the one it was taught from.

    Raises:
        ModelError: the folder is not a complete TerraScope model, or was taught from another base.
        Cancelled: `cancelled` said so.
    """
    folder = Path(folder)
    config = read_config(folder)
    if grounding:
        config = config.model_copy(update={"grounding_config": grounding})
    vocabulary = Vocabulary.read(folder)
    if len(vocabulary) > config.llm_config.vocab_size:
        raise ModelError(f"{folder}: the tokenizer has more entries than the model; the files do not belong together.")
    layers = read_layers(folder, base if config.taught else None)
    check_tensors(merged(layers), config)
    dtype = dtype or (torch.float32 if device == "cpu" else torch.bfloat16)
    with outline():
        model = TerraScope(config, vocabulary)
    model.set_type(dtype)
    model.eval().requires_grad_(False)
    _restore_computed_buffers(model, device)
    model.identity = {
        "name": config.name,
        "revision": config.revision,
        "parameters": sum(p.numel() for p in model.parameters()),
        "quality": config.quality,
        "class_quality": config.model_dump(include={"class_quality"})["class_quality"],
        "calibrated_on": config.confidence_config.calibrated_on if config.confidence_config else "",
    }
    digests = _fill(model, layers, device, checksums or {}, on_linear, progress, cancelled)
    check_base(config, digests)
    model.identity["sha256"] = one_of(digests)
    return model


def expected_tensors(config: TerraScopeConfig) -> dict[str, tuple[int, ...]]:
    """Names and shapes of all tensors of a published folder with this config, but the memory modules' (SPEC 2)."""
    with outline():
        state = published_state(TerraScope(config, None).state_dict())
    return {name: tuple(tensor.shape) for name, tensor in state.items()}


def check_tensors(entries: Mapping[str, Entry], config: TerraScopeConfig) -> None:
    """Compare what the headers of a folder say with the network its config describes; reads and allocates nothing.

    Raises:
        ModelError: a tensor is missing, is not known, has another shape or holds integers, or SAM-2 is of another size
            than the config says or, where it says nothing, than Hiera-L.
    """
    if "grounding_config" not in config.model_fields_set:
        _check_implied_sam2(entries, config.grounding_config)
    expected = expected_tensors(config)
    for name, entry in entries.items():
        if name not in expected:
            if placements(name):
                raise ModelError(
                    f"The model's tensor {ascii(name[:200])} has no place in the network its config describes."
                )
            continue
        if entry.shape != expected[name]:
            raise ModelError(f"The model's tensor {name} is {entry.shape}, but its config makes it {expected[name]}.")
        if entry.dtype not in FLOATS:
            raise ModelError(
                f"The model's tensor {name} holds {entry.dtype} numbers, not floating-point ones; fetch the model "
                "as it was published."
            )
    if missing := expected.keys() - entries.keys():
        raise ModelError(f"The model lacks {len(missing)} tensors, the first is {min(missing)}; fetch it again.")


def _check_implied_sam2(entries: Mapping[str, Entry], hiera_l: GroundingConfig) -> None:
    """Published configs do not say which SAM-2 they come with; the tensors do (SPEC 1)."""
    trunk = "grounding_encoder.sam2_model.image_encoder"
    width = entries.get(f"{trunk}.trunk.patch_embed.proj.weight")
    levels = entries.get(f"{trunk}.neck.convs.0.conv.weight")
    blocks = 1 + max((int(found[1]) for name in entries if (found := _SAM2_BLOCK.match(name))), default=-1)
    same = (
        (width is None or width.shape[:1] == (hiera_l.embed_dim,))
        and (levels is None or levels.shape[:1] == (hiera_l.d_model,))
        and blocks in (0, sum(hiera_l.stages))
    )
    if not same:
        raise ModelError(
            'The model\'s SAM-2 is not Hiera-L, which a config without "grounding_config" implies; write its sizes '
            "(embed_dim, num_heads, stages, global_att_blocks, window_spec, d_model) into config.json as "
            '"grounding_config".'
        )


def _restore_computed_buffers(model: TerraScope, device: str) -> None:
    """Rotary frequencies are computed, not stored, and stay float32 whatever the model's type."""
    rotary = model.language_model.model.rotary_emb
    model.language_model.model.rotary_emb = type(rotary)(config=model.language_model.config).to(device)


def _fill(
    model: TerraScope,
    layers: Sequence[Mapping[str, Entry]],
    device: str,
    checksums: Mapping[str, str],
    on_linear: Callable[[str, nn.Linear], None] | None,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> list[str]:
    """Bring every tensor to its place, one at a time, folder by folder and each file from its beginning to its end.

    Returns:
        Of each folder, sha256 over the files' sha256, in name order.
    """
    last = merged(layers)
    total, done = sum(entry.end - entry.start for entries in layers for entry in entries.values()), 0
    passage = torch.empty(_PASSAGE, dtype=torch.uint8, pin_memory=torch.device(device).type == "cuda")
    digests = []
    for entries in layers:
        in_order = sorted(entries.items(), key=lambda item: (item[1].file.name, item[1].start))
        whole = hashlib.sha256()
        for file, tensors in groupby(in_order, key=lambda item: item[1].file):
            with WeightReader(file, memoryview(passage.numpy()), checksums.get(file.name)) as reader:
                for name, entry in tensors:
                    # What a later folder replaces is read for the checksum alone.
                    places = placements(name) if last[name] is entry else []
                    targets = [_target(model, place, entry.size, device) for place in places]
                    position = 0
                    for count in reader.pieces(entry):
                        if cancelled():
                            raise Cancelled
                        for target in targets:
                            target.take(passage[:count].view(FLOATS[entry.dtype]), position)
                        position += count // DTYPE_BYTES[entry.dtype]
                        done += count
                        progress(done / total)
                    for target in targets:
                        if on_linear and target.completes_linear():
                            on_linear(target.owner, target.module)
                whole.update(bytes.fromhex(reader.sha256()))
        digests.append(whole.hexdigest())
    return digests


@dataclass(frozen=True)
class _Target:
    """A tensor of the network, or one row of it, about to take some of a stored tensor's numbers."""

    owner: str
    module: nn.Module
    numbers: Tensor
    """on the model's device, flat"""
    first: int
    """which number of the stored tensor comes first"""

    def take(self, stored: Tensor, position: int) -> None:
        """Copy what belongs here of a piece of the stored tensor that begins at `position`."""
        begin = max(position, self.first)
        end = min(position + len(stored), self.first + len(self.numbers))
        if begin < end:
            self.numbers[begin - self.first : end - self.first] = stored[begin - position : end - position]

    def completes_linear(self) -> bool:
        """Whether it was the last one that its linear layer waited for."""
        return isinstance(self.module, nn.Linear) and not any(p.is_meta for p in self.module.parameters())


def _target(model: TerraScope, place: Place, size: int, device: str) -> _Target:
    """Make room for a stored tensor of `size` numbers, or the part of it that belongs in this place, on the device."""
    owner, _, leaf = place.name.rpartition(".")
    module = model.get_submodule(owner)
    tensor = getattr(module, leaf)
    if tensor.is_meta:
        made = torch.empty(tensor.shape, dtype=tensor.dtype, device=device)
        tensor = nn.Parameter(made, requires_grad=False) if isinstance(tensor, nn.Parameter) else made
        setattr(module, leaf, tensor)
    numbers = tensor.data if place.row is None else tensor.data[place.row]
    return _Target(owner, module, numbers.view(-1), 0 if place.third is None else place.third * size // 3)


def save_model(model: TerraScope, folder: Path, dtype: torch.dtype = torch.float16) -> None:
    """Write `model.safetensors` in the published layout, under a temporary name first."""
    save_state(model.state_dict(), folder, dtype)


def save_state(state: dict[str, Tensor], folder: Path, dtype: torch.dtype) -> None:
    """The same from a network's tensors under our names, as when training keeps some of them apart."""
    temporary = folder / ".model.safetensors.part"
    save_file(
        {key: value.to("cpu", dtype).contiguous().clone() for key, value in published_state(state).items()}, temporary
    )
    temporary.replace(folder / "model.safetensors")
