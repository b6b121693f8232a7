"""The forward passes that a question needs, and nothing between them: what is left when all else takes no time.

Pixels are cut, words are known, and no mask is enlarged or looked at. Each network sees what it saw when the question
was answered, once: the image in ViT and SAM-2, the prompt, each token, each region's tokens and each mask.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from ..model.grounding import decode_levels, encode_levels, starts, whole_pixels
from ..model.language import Context
from ..model.prompt import prompt_embeddings, prompt_ids
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage, plane_tiles, rgb_tiles, visual_tokens
from .yardstick import Spoken

Staged = Callable[[str], AbstractContextManager[None]]
"""what opens a stage by its name"""


@dataclass(frozen=True)
class Needed:
    """What the networks are given."""

    model: TerraScope
    tiles: Tensor
    """(tiles, C, tile, tile), of ViT"""
    windows: list[Tensor]
    """batches (n, C, S, S), of SAM-2"""
    planes: Tensor | None
    """(1, C, H, W), of the spectral stem; None without one"""
    corners: list[tuple[int, int]]
    """top and left pixel of each window"""
    prompt_ids: list[int]
    said: Spoken

    @property
    def prompt_tokens(self) -> int:
        """Length of the prompt."""
        return len(self.prompt_ids)


@torch.inference_mode()
def needed(model: TerraScope, image: ModelImage, turn: list[str], said: Spoken) -> Needed:
    """Cut an image and write a prompt.

    Args:
        model: the network.
        image: the one that was asked about.
        turn: as of `reasoner.generate`.
        said: what was answered.
    """
    config, device = model.config, model.device
    cut, planes = model.tiles(image, alone=True), model.planes(image)
    if planes is None:
        tiles = rgb_tiles(image.rgb, cut, config.tile_size).to(device)
    else:
        tiles = plane_tiles(planes, cut, config.tile_size)
    side, dtype = config.grounding_config.image_size, model.sam2.dtype
    corners, padded = [(0, 0)], None
    if config.grounding_config.view == "whole":
        windows = whole_pixels(image.rgb, side, dtype).to(device)
    else:
        height, width = planes.shape[-2:]
        padded = F.pad(planes[None], (0, max(0, side - width), 0, max(0, side - height)), mode="replicate")
        corners = [(top, left) for top in starts(height, side) for left in starts(width, side)]
        windows = torch.stack([padded[0, :, top : top + side, left : left + side] for top, left in corners])
    ids = prompt_ids(model.vocabulary, turn, [[cut.count * config.tile_tokens**2]])
    return Needed(
        model,
        tiles.to(model.vision_model.dtype),
        list(windows.to(dtype).split(model.grounding.batch)),
        padded if model.spectral_stem else None,
        corners,
        ids,
        said,
    )


@torch.inference_mode()
def run_passes(need: Needed, stage: Staged, go_on: Callable[[], None] = lambda: None) -> None:
    """Run them all.

    Args:
        need: what the networks are given.
        stage: opens the stages vit, sam2_encode, prefill, token, mask_decode and select_inject.
        go_on: asked before every token; may raise to stop.
    """
    model, stem, said = need.model, need.model.spectral_stem, need.said
    with stage("vit"):
        bank = visual_tokens(model.vision_model, model.mlp1, need.tiles).flatten(0, 1)
    with stage("sam2_encode"):
        levels, spectra = _encoded(need)
    context = Context(model)
    with stage("prefill"):
        context.append_embeddings(prompt_embeddings(model, need.prompt_ids, [bank]))
    words = [token for token in said.ids if token != model.vocabulary.region_id]
    regions = iter(said.tokens)
    for token in words:
        go_on()
        with stage("token"):
            context.next_logits()
            context.append_tokens([token])
        if token != model.vocabulary.seg_id:
            continue
        with stage("mask_decode"):
            prompt = model.text_hidden_fcs(context.last_state).to(model.sam2.dtype)
            decode_levels(model.sam2, levels, prompt[None].expand(len(need.corners), -1, -1))
            if stem is not None:
                stem.logits(spectra, prompt[None].float())
        with stage("select_inject"):
            context.append_embeddings(bank[torch.from_numpy(next(regions)).to(bank.device)])


def _encoded(need: Needed) -> tuple[list[Tensor], Tensor | None]:
    """SAM-2's levels of all windows, and the stem's features of the whole image."""
    sam2, stem, side = need.model.sam2, need.model.spectral_stem, need.model.config.grounding_config.image_size
    spectra = None if stem is None else stem.in_strips(need.planes)
    parts, begin = [], 0
    for windows in need.windows:
        levels = encode_levels(sam2, windows)
        if spectra is not None:
            here = need.corners[begin : begin + len(windows)]
            seen = torch.stack([spectra[0, :, top : top + side, left : left + side] for top, left in here])
            levels = [level.to(sam2.dtype) for level in stem.enrich(levels, seen.float())]
        parts.append(levels)
        begin += len(windows)
    return [torch.cat(level) for level in zip(*parts, strict=True)], spectra
