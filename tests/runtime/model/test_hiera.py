"""SAM-2's encoder without waste gives what transformers' own gives."""

from __future__ import annotations

import pytest
import torch
from transformers import Sam2Model

from model_runtime.model.config import GroundingConfig
from model_runtime.model.grounding import build_sam2, decode_levels, encode_levels

SIZES = {
    "image_size": 128, "embed_dim": 8, "num_heads": 1, "stages": [1, 2, 2, 1], "global_att_blocks": [4],
    "window_pos_embed_bkg_spatial_size": [4, 4], "window_spec": [8, 4, 8, 4], "d_model": 32, "mlp_dim": 64,
    "decoder_heads": 4, "iou_head_hidden_dim": 32,
}  # fmt: skip


@pytest.mark.parametrize("channels", [3, 22])
def test_the_same_maps_and_gradients(channels: int) -> None:
    config = GroundingConfig.model_validate({**SIZES, "num_channels": channels})
    torch.manual_seed(0)
    stock, lean = Sam2Model(config.build()).eval(), build_sam2(config).eval()
    stock.prompt_encoder.shared_embedding = stock.shared_image_embedding
    assert lean.load_state_dict(stock.state_dict()) == ([], [])
    pixels = torch.randn(3, channels, 128, 128)
    for one, other in zip(encode_levels(stock, pixels), encode_levels(lean, pixels), strict=True):
        torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-4)
    gradients = []
    for network in (stock, lean):
        masks, ious = decode_levels(network, encode_levels(network, pixels), torch.full((3, 2, 32), 0.1))
        (masks.square().mean() + ious.sum()).backward()
        gradients.append(network.vision_encoder.backbone.blocks[0].attn.qkv.weight.grad)
    assert gradients[0].abs().max() > 0
    torch.testing.assert_close(*gradients, atol=1e-5, rtol=1e-3)
