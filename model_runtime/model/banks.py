"""What the model keeps of each date: visual tokens and mask features of each sensor, and where it relies on which.

Paper section 3.2: both images of a date are read; at each [SEG] the tokens under the mask enter once more, of the
sensor that Eq. 4-5 choose place by place.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Generator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from . import selection
from .grounding import Decoded, Grounding, ImageFeatures
from .looks import Looks
from .profile import ReasoningProfile
from .streams import beside
from .terrascope import TerraScope
from .vision import ModelImage, Tiles
from .windows import KEPT_BYTES, MixedWindows, Windows, WindowsMask

OPTICAL, RADAR = 1, 2
"""values of `Region.modality`"""


@dataclass(frozen=True)
class Encoded:
    """A stage before the first word, or of a mask of a large image, and how much of it is done."""

    stage: Literal["vision", "grounding", "examples", "prefill", "windows", "refining"]
    fraction: float


@dataclass(frozen=True)
class View:
    """One sensor's image of a date."""

    tokens: Tensor
    """(n, hidden)"""
    offset: int
    """index of its first token in the bank of all images"""
    encoded: ImageFeatures | Windows | None
    """`Windows` of a large image; None where no mask of this date was going to be asked for"""
    ready: torch.cuda.Event | None = None
    """when a GPU has encoded it"""

    @property
    def features(self) -> ImageFeatures | Windows | None:
        """`encoded`, waited for."""
        if self.ready is not None:
            torch.cuda.current_stream().wait_event(self.ready)
        return self.encoded


@dataclass(frozen=True)
class Region:
    """The visual tokens under a mask that go back into the context."""

    tokens: Tensor
    """(k, hidden), in the order of injection"""
    indices: np.ndarray
    """int (k,), in the bank of all images"""
    sar_share: float | None
    """of the tokens; None where the date has one sensor"""
    modality: np.ndarray | None
    """uint8 (rows, cols) of the date's token grid: OPTICAL, RADAR, 0 where nothing was chosen; None: nothing chooses"""


@dataclass
class DateBank:
    """One date."""

    tiles: Tiles
    views: list[View]
    """one sensor, or the optical and the radar image"""
    side: int
    """tokens along one side of a tile"""
    from_sar: Tensor | None = None
    """bool (n,), Eq. 5 over all tokens of the date; None where it has one sensor, or is chosen at each [SEG]"""
    clouds: np.ndarray | None = None
    """bool (H, W), where the model sees clouds in the optical image; None where nobody looked"""
    _mixed: tuple[Tensor, ImageFeatures | Windows] | None = field(default=None, repr=False)
    """features of both sensors, and how much of radar's they have place by place"""
    _looks: tuple[ImageFeatures, Looks] | None = field(default=None, repr=False)
    """looks, and the features they were made of"""

    @property
    def rows(self) -> int:
        """Token cells down the image, a thumbnail apart."""
        return self.tiles.rows * self.side

    @property
    def cols(self) -> int:
        """Token cells across the image."""
        return self.tiles.cols * self.side

    def choose(self, question: Tensor | None) -> None:
        """Eq. 4-5 over all tokens: which sensor each place is taken from; what was chosen before is forgotten.

        Args:
            question: (L, hidden) embeddings of the question's text tokens; None: nothing chooses.
        """
        self.from_sar = None
        if question is None or len(self.views) == 1:
            return
        optical, sar = (view.tokens for view in self.views)
        self.from_sar = selection.tokens_from_sar(
            question, optical, sar, torch.arange(len(optical), device=optical.device)
        )

    def features(self, grounding: Grounding, profile: ReasoningProfile) -> ImageFeatures | Windows:
        """What the mask decoder sees: each place through the sensor that is relied on there."""
        if len(self.views) == 1 or profile.masks_see == "optical":
            return self.views[0].features
        if profile.masks_see == "through_clouds" and self.clouds is not None:
            share = 0.5 + 0.5 * torch.from_numpy(self.clouds).float()
        elif profile.masks_see != "chosen" or self.from_sar is None:
            share = torch.full((self.rows, self.cols), 0.5)
        else:
            share = self.from_sar.reshape(self.rows, self.cols).float().cpu()
        if self._mixed is None or not torch.equal(self._mixed[0], share):
            one, other = (view.features for view in self.views)
            mix = MixedWindows if isinstance(one, Windows) else grounding.mix
            self._mixed = share, mix(one, other, share)
        return self._mixed[1]

    def looks(self, features: ImageFeatures, make: Callable[[], Looks]) -> Looks:
        """How the date looks, made once and kept for the next question.

        Args:
            features: what the mask decoder sees of it.
            make: makes the looks of them.
        """
        if self._looks is None or self._looks[0] is not features:
            self._looks = features, make()
        return self._looks[1]

    def region(self, mask: np.ndarray, profile: ReasoningProfile, tile_size: int, said: Callable[[], Tensor]) -> Region:
        """Select the tokens under a mask (paper section 3.2 and appendix C; SPEC 5.5, 5.6).

        Args:
            mask: bool (H, W).
            profile: how to select, and how to choose between sensors.
            tile_size: pixels along a side of a tile.
            said: embeddings (L, hidden) of everything in the context that is no visual token.
        """
        if profile.injected == "nothing":
            return self._region(np.zeros(0, int), None if len(self.views) == 1 else 0.0, None)
        if profile.injected == "box":
            mask = selection.box(mask)
        if profile.selection == "coverage":
            grid = selection.coverage_grid(mask, self.rows, self.cols) > 0.5
        else:
            grid = selection.centre_grid(mask, self.tiles.rows, self.tiles.cols, tile_size, self.side)
        if profile.injected == "random":
            grid = selection.shuffled(grid)
        chosen = selection.token_indices(grid, self.side, profile.max_region_tokens)
        if chosen.size == 0 and profile.empty_injects_first:
            chosen = np.zeros(1, dtype=int)
        if len(self.views) == 1:
            return self._region(chosen, None, None)
        if not profile.radar_in_regions:
            return self._region(chosen, 0.0, None)
        count = len(self.views[0].tokens)
        if profile.fusion == "concat":
            return self._region(np.concatenate([chosen, chosen + count]), 0.5 if chosen.size else 0.0, None)
        if self.from_sar is not None:
            modality = (OPTICAL + self.from_sar.cpu().numpy()).astype(np.uint8)
        else:
            optical, sar = (view.tokens for view in self.views)
            where = torch.from_numpy(chosen).to(optical.device)
            picked = selection.tokens_from_sar(said(), optical, sar, where, published=True)
            modality = np.zeros(count, np.uint8)
            modality[chosen] = OPTICAL + picked.cpu().numpy()
        from_sar = modality[chosen] == RADAR
        share = float(from_sar.mean()) if chosen.size else 0.0
        return self._region(chosen + count * from_sar, share, modality.reshape(self.rows, self.cols))

    def _region(self, chosen: np.ndarray, sar_share: float | None, modality: np.ndarray | None) -> Region:
        """Those of the date's tokens, its views one after the other as they stand in the bank of all images."""
        tokens = torch.cat([view.tokens for view in self.views])
        where = torch.from_numpy(chosen).to(tokens.device)
        return Region(tokens[where], chosen + self.views[0].offset, sar_share, modality)


def encode_dates(
    model: TerraScope,
    images: list[ModelImage],
    go_on: Callable[[], None],
    marked: Container[int] | None = None,
) -> Generator[Encoded, None, list[DateBank]]:
    """Run the image towers over every image of every date, telling how far it is.

    Args:
        model: the network.
        images: one per date.
        go_on: asked between pieces of work; may raise to stop.
        marked: the dates (0-based) whose masks will be asked for, where that is known before; others get no features.
    """
    total = sum(len(image.sensors) for image in images)
    alone = total == 1
    banks: list[DateBank] = []
    done = offset = 0
    for number, image in enumerate(images):
        tiles = model.tiles(image, alone=alone)
        views = []
        for sensor in image.sensors:
            go_on()
            yield Encoded("vision", done / total)
            planes = model.planes(sensor)
            tokens = model.visual_tokens(sensor, tiles, planes)
            yield Encoded("grounding", done / total)
            features = ready = None
            if sensor.pixels is not None:
                features = Windows(model.grounding, model.planes, sensor, KEPT_BYTES // total)
            elif marked is None or number in marked:
                # No word needs it before the first mask: a GPU reads the prompt beside it.
                with beside(model.device, planes) as ready:
                    features = model.grounding.encode(sensor.rgb, planes, lambda _: go_on(), alone=alone)
            views.append(View(tokens, offset, features, ready))
            offset += len(tokens)
            done += 1
        banks.append(DateBank(tiles, views, model.config.tile_tokens))
    return banks


@torch.inference_mode()
def encode_at_once(model: TerraScope, images: list[ModelImage]) -> list[DateBank]:
    """What `encode_dates` makes of the images of every date, for several questions about them."""
    steps = encode_dates(model, images, lambda: None)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


@dataclass(frozen=True)
class Drawn:
    """A mask, and how sure it is."""

    mask: Decoded | WindowsMask
    score: float
    """see `Confidence.score`"""
    refined: bool = False
    """it is what a second look made of it"""


def draw(
    model: TerraScope,
    seen: ImageFeatures | Windows,
    prompt: Tensor,
    carried: Tensor | None,
    profile: ReasoningProfile,
    go_on: Callable[[], None],
    *,
    of_several: bool = False,
) -> Generator[Encoded, None, Drawn]:
    """The mask of a prompt on what is seen of a date; of a large image window by window, telling how far it is.

    One that is unsure is drawn once more, itself as SAM-2's mask prompt, and the surer one of the two is taken.

    Args:
        model: the network.
        seen: of the date.
        prompt: (1, d_model).
        carried: `best` of the same region at another date.
        profile: how unsure a mask is that is drawn again.
        go_on: asked between windows; may raise to stop.
        of_several: the date is one of several.
    """
    first = yield from _decode(model.grounding, seen, prompt, carried, None, go_on, of_several)
    score = model.confidence.score(first.signs)
    # An empty mask as a prompt says that there is nothing.
    if score >= profile.refine_below or first.signs.empty:
        return Drawn(first, score)
    go_on()
    again = yield from _decode(model.grounding, seen, prompt, carried, first, go_on, of_several)
    better = model.confidence.score(again.signs)
    return Drawn(again, better, True) if better > score else Drawn(first, score)


def _decode(
    grounding: Grounding,
    seen: ImageFeatures | Windows,
    prompt: Tensor,
    carried: Tensor | None,
    first: Decoded | WindowsMask | None,
    go_on: Callable[[], None],
    of_several: bool,
) -> Generator[Encoded, None, Decoded | WindowsMask]:
    if not isinstance(seen, Windows):
        return grounding.decode(seen, prompt, first.best if first else carried)
    for found in seen.decode(prompt, lambda _: go_on(), carried, of_several=of_several, again=first is not None):
        if isinstance(found, WindowsMask):
            return found
        yield Encoded("refining" if first else "windows", found)
    raise AssertionError("windows end with their mask")
