"""The model as a method of the bars: every class prompted by its fixed anchor, or asked for in words."""

from __future__ import annotations

import torch

from ..model.grounding import ImageFeatures
from ..model.terrascope import TerraScope
from ..terra_cot.model_images import optical_image, radar_image
from ..terra_cot.scenes import CLASSES
from .anchors import class_anchors
from .bars import Masks, Method
from .places import Place
from .recipe import RECIPE


def by_anchors(model: TerraScope) -> Method:
    """Masks of the mask branch alone, prompted as stage 1 teaches it: no word is read or said."""
    anchors = class_anchors(model.config.grounding_config.d_model, RECIPE.seed).to(model.device)

    @torch.inference_mode()
    def masks(place: Place) -> Masks:
        features = _features(model, place)
        return {
            name: (model.grounding.decode(features, anchors[k : k + 1]).logits > 0).cpu().numpy()
            for k, name in enumerate(CLASSES)
        }

    return masks


def _features(model: TerraScope, place: Place) -> ImageFeatures:
    """Optical features, or with radar the mean of both."""
    image = optical_image(place.scene)
    optical = model.grounding.encode(image.rgb, model.planes(image))
    if place.scene.sar is None:
        return optical
    image = radar_image(place.scene)
    radar = model.grounding.encode(image.rgb, model.planes(image), alone=False)
    return model.grounding.mix(optical, radar, torch.full((1, 1), 0.5))
