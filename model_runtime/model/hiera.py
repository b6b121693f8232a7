"""SAM-2's image encoder, without what transformers computes in it and nobody uses."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import Sam2Model
from transformers.models.sam2.modeling_sam2 import Sam2MultiScaleAttention, Sam2PatchEmbeddings, do_pool


class _Attention(Sam2MultiScaleAttention):
    """The same, its weights not computed once more beside the fused kernel, and then thrown away."""

    def forward(self, hidden_states: Tensor, **_: object) -> Tensor:
        """As transformers', (windows, height, width, channels)."""
        count, height, width, _ = hidden_states.shape
        projected = self.qkv(hidden_states).reshape(count, height * width, 3, self.num_attention_heads, -1)
        query, key, value = projected.unbind(2)
        if self.query_stride:
            query = do_pool(query.reshape(count, height, width, -1), self.query_stride)
            height, width = query.shape[1:3]
            query = query.reshape(count, height * width, self.num_attention_heads, -1)
        seen = F.scaled_dot_product_attention(*(part.transpose(1, 2) for part in (query, key, value)))
        return self.proj(seen.transpose(1, 2).reshape(count, height, width, -1))


class _PatchEmbeddings(Sam2PatchEmbeddings):
    """The same; on a processor in the order of memory that the layers after it want."""

    def forward(self, pixel_values: Tensor) -> Tensor:
        """As transformers'."""
        if pixel_values.device.type == "cpu":
            pixel_values = pixel_values.to(memory_format=torch.channels_last)
        return super().forward(pixel_values)


class _NoPositions(nn.Module):
    """Stands where the neck asks for encodings of its maps' positions, which only SAM-2's memory of videos reads."""

    def forward(self, *_: object) -> Tensor:
        """Nothing."""
        return torch.empty(0)


def without_waste(sam2: Sam2Model) -> Sam2Model:
    """The same network with the same weights under the same names."""
    encoder = sam2.vision_encoder
    encoder.neck.position_encoding = _NoPositions()
    encoder.backbone.patch_embed.__class__ = _PatchEmbeddings
    for block in encoder.backbone.blocks:
        block.attn.__class__ = _Attention
    return sam2
