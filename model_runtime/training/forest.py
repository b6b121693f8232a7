"""A random forest on pixels, taught what nano may learn of real places: the baseline that learns.

Its features are what the field gives such forests: bands, indices, and their means and spreads nearby. A band that a
scene has not is missing, which scikit-learn's trees take as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import uniform_filter

from ..errors import ModelError
from ..scene.values import brightness
from ..terra_cot.scenes import CLASSES, LabelledScene
from ..terra_cot.spectra import CODE, OPTICAL_BANDS
from .bars import Masks, Method
from .baselines import ratio
from .places import Place

if TYPE_CHECKING:
    from sklearn.ensemble import RandomForestClassifier

_PER_CLASS = 1500
"""pixels that are learnt from of each class in each scene, at most"""
_TREES, _DEPTH, _LEAST_LEAF = 60, 16, 4
_NEARBY_PX = 7
_INDICES = (("nir", "red"), ("green", "nir"), ("green", "swir1"), ("swir1", "nir"), ("green", "red"))
_NONE_OF_TREES = len(CLASSES) + 1
"""what a pixel is taught as that may be many classes but not trees: not forest, in the labels of the Amazon"""
_MANY = 4


def random_forest(scenes: Iterable[LabelledScene], seed: int = 1) -> Method:
    """Teach a forest the labelled pixels of real scenes.

    Args:
        scenes: To learn from.
        seed: Of the pixels that are drawn and of the forest.

    Raises:
        ModelError: scikit-learn is not installed.
    """
    classifier = _classifier(seed)
    rng = np.random.default_rng(seed)
    drawn = [_draw(scene, rng) for scene in scenes]
    classifier.fit(np.concatenate([x for x, _ in drawn]), np.concatenate([y for _, y in drawn]))

    def masks(place: Place) -> Masks:
        scene = place.scene
        known = np.flatnonzero(scene.allowed)  # what it would say elsewhere is not asked for
        codes = np.zeros(scene.labels.size, np.uint8)
        codes[known] = classifier.predict(features(scene).reshape(-1, scene.labels.size).T[known])
        codes = codes.reshape(scene.labels.shape)
        return {name: codes == code for name, code in CODE.items()}

    return masks


def features(scene: LabelledScene) -> np.ndarray:
    """Float32 (features, H, W); NaN where the scene has no such band."""
    missing = np.full(scene.labels.shape, np.nan, np.float32)
    here = {name: band for name, band, there in zip(scene.names, scene.bands, scene.present, strict=True) if there}
    plain = [here.get(name, missing) for name in OPTICAL_BANDS]
    plain += [ratio(here[a], here[b]) if a in here and b in here else missing for a, b in _INDICES]
    plain += list(brightness(scene.sar)) if scene.sar is not None else [missing, missing]
    nearby = []
    for plane in plain:
        mean = uniform_filter(plane, _NEARBY_PX)
        nearby += [mean, np.sqrt((uniform_filter(plane * plane, _NEARBY_PX) - mean * mean).clip(0))]
    return np.stack([*plain, *nearby, np.full_like(missing, scene.reflectance)]).astype(np.float32)


def _draw(scene: LabelledScene, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    codes = scene.labels
    if scene.allowed is not None:
        loose = (codes == 0) & (np.bitwise_count(scene.allowed) >= _MANY)
        codes = np.where(loose & (scene.allowed & 1 << (CODE["trees"] - 1) == 0), _NONE_OF_TREES, codes)
    chosen = []
    for code in np.unique(codes[codes > 0]):
        at = np.flatnonzero(codes == code)
        chosen.append(rng.choice(at, min(len(at), _PER_CLASS), replace=False))
    if not chosen:
        chosen = [np.zeros(0, int)]
    at = np.concatenate(chosen)
    return features(scene).reshape(-1, codes.size).T[at], codes.ravel()[at]


def _classifier(seed: int) -> RandomForestClassifier:
    try:
        from sklearn.ensemble import RandomForestClassifier
    except ImportError:
        raise ModelError(
            "The random forest beside the model needs scikit-learn: install model_runtime/requirements-training.txt."
        ) from None
    return RandomForestClassifier(
        _TREES, max_depth=_DEPTH, min_samples_leaf=_LEAST_LEAF, class_weight="balanced_subsample", random_state=seed
    )
