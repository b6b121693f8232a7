"""What a run finds: each mask with its measures, how masks lie to one another, and what changed between dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString

from .. import protocol
from ..evidence.geopackage import layer_name
from ..measure import comparisons, dates, layout, words
from ..measure.area import coverage_pct
from ..measure.mask_bounds import mask_bounds
from ..measure.relations import is_cloud, partner_of, related
from ..model.confidence import UNSURE
from ..rasters.rows import Raster, Rows, rows_of
from .ground import Ground
from .telling import Teller

if TYPE_CHECKING:
    from ..model.reasoner import SegStep


class Findings:
    """What was found so far.

    Args:
        ground: that it was found on.
        asked: what the question asks of a mask besides its area.
        tell: of everything that is found.

    Attributes:
        steps: the masks' measures.
        masks: of each step, bool (H, W) on the grid.
        distances: between steps.
        lines: of each distance, where it was measured.
        shares_pct: of each related region what the question asks for: its share within a reach, or of its edge.
        compared: what changed; empty until `compare`.
    """

    def __init__(self, ground: Ground, asked: words.Asked, tell: Teller) -> None:
        self.steps: list[protocol.Step] = []
        self.masks: list[Raster] = []
        self.distances: list[protocol.Distance] = []
        self.lines: list[LineString | None] = []
        self.shares_pct: list[float] = []
        self.compared = dates.Compared()
        self._ground, self._asked, self._tell = ground, asked, tell
        self._log_odds: list[Raster | None] = []
        self._chosen: dict[int, np.ndarray] = {}
        """of each image with two sensors, uint8 (rows, cols) of its token grid: 1 where optical, 2 where SAR evidence
        is relied on, 0 neither"""

    def record(self, seg: SegStep) -> protocol.Step:
        """Measure one mask on the raster's grid and tell."""
        ground = self._ground
        # Clouds themselves are seen where they hide the ground.
        valid = ground.dates[seg.image - 1].valid if is_cloud(seg.phrase) else ground.seen[seg.image - 1]
        mask = ground.keeping.generalised(seg.mask & valid)
        step = protocol.Step(
            index=seg.index,
            phrase=seg.phrase,
            image=seg.image,
            area_ha=ground.areas.area_ha(mask),
            area_uncertainty_ha=ground.areas.uncertainty_ha(mask),
            coverage_pct=coverage_pct(mask, valid),
            pixels=rows_of(mask).count(),
            score=seg.score,
            unsure=seg.score < UNSURE,
            refined=seg.refined,
            tokens=seg.injected,
            sar_share=seg.sar_share,
            layer=layer_name(seg.index, seg.phrase),
            bounds=mask_bounds(mask, ground.grid),
        )
        self.steps.append(step)
        self.masks.append(mask)
        self._log_odds.append(seg.logits)
        if seg.modality is not None:
            before = self._chosen.get(seg.image, np.zeros_like(seg.modality))
            self._chosen[seg.image] = np.where(seg.modality > 0, seg.modality, before)
        self._tell.emit(protocol.Mask(step=step, crs=ground.grid.crs_text))
        self._doubt(step, found=rows_of(seg.mask).any())
        return step

    def _doubt(self, step: protocol.Step, *, found: bool) -> None:
        """Warn of a mask that is empty or unsure."""
        name = f"Step {step.index} ({step.phrase})"
        if not found:
            doubt = f"; the model is unsure of that ({step.score:.2f})" if step.unsure else ""
            self._tell.warn(f"{name}: nothing found, so no evidence entered the reasoning{doubt}.")
        elif not step.pixels:
            self._tell.warn(
                f"{name}: found only where image {step.image} has no data or is hidden by clouds, so nothing was "
                "measured."
            )
        elif step.unsure:
            self._tell.warn(f"{name}: the mask is unsure ({step.score:.2f}); look at it before you use its figures.")

    def relate(self, index: int) -> None:
        """Relate a step (0-based) to its partner, once, where there is one and neither of the two is empty."""
        step, partner = self.steps[index], partner_of(self.steps, index)
        if self._distance_to(step) or partner is None or not (step.pixels and partner.pixels):
            return
        found, line = related(partner, step, self.masks[partner.index - 1], self.masks[index], self._ground.grid)
        self.distances.append(found)
        self.lines.append(line)
        self._tell.emit(protocol.Measure(distance=found))

    def _distance_to(self, step: protocol.Step) -> protocol.Distance | None:
        return next((distance for distance in self.distances if distance.to_step == step.index), None)

    def compare(self) -> None:
        """Tell what became of each region that was mapped at several dates; say where that may be noise."""
        mapped = [step for step in self.steps if not is_cloud(step.phrase)]  # that clouds move is no change
        ground = self._ground
        self.compared = dates.compare(
            mapped, self._log_odds, ground.seen, ground.areas, ground.keeping.kept, ground.keeping.generalised
        )
        for found in self.compared.changes:
            self._tell.emit(protocol.Changed(change=found))
            if not found.told:
                self._tell.warn(dates.no_change(found))
        for message in self.compared.unseen:
            self._tell.warn(message)

    def modalities(self) -> list[tuple[int, Rows]]:
        """Each image with two sensors, and which of them was looked at, uint8 (H, W): the token grid covers it."""
        return [(image, self._modality(image)) for image in sorted(self._chosen)]

    def _modality(self, image: int) -> Rows:
        tokens, valid = self._chosen[image], self._ground.dates[image - 1].valid
        height, width = valid.shape
        columns = (2 * np.arange(width) + 1) * tokens.shape[1] // (2 * width)

        def read(first: int, end: int) -> np.ndarray:
            rows = (2 * np.arange(first, end) + 1) * tokens.shape[0] // (2 * height)
            return tokens[np.ix_(rows, columns)] * valid[first:end]

        return Rows(valid.shape, read)

    def in_words(self, seg: SegStep) -> str:
        """The text that enters the context after a [SEG] that was recorded."""
        step, mask, wanted = self.steps[seg.index - 1], self.masks[seg.index - 1], self._asked
        found = self._distance_to(step)
        return words.measured_text(
            step.area_ha,
            step.coverage_pct,
            found and self._relation(found, mask, self.masks[found.from_step - 1]),
            len(layout.part_sizes(mask)) if wanted.parts else None,
            layout.where(mask) if wanted.where else "",
            wanted,
        ) + comparisons.compared_text(wanted, self.steps[: seg.index])

    def _relation(self, found: protocol.Distance, mask: Raster, partner: Raster) -> words.Relation:
        """A distance with whatever else the question asks of the two regions."""
        wanted, size_m = self._asked, self._ground.grid.pixel_size_m
        edge = layout.edge_pct(mask, partner, size_m) if wanted.edge else None
        within = wanted.within_m and layout.within_reach_pct(mask, partner, wanted.within_m, size_m)
        self.shares_pct += [share for share in (within, edge) if share is not None]
        return words.Relation(
            self.steps[found.from_step - 1].phrase,
            found.distance_m,
            found.contact,
            edge_pct=edge,
            within_pct=within,
            within_m=wanted.within_m or 0.0,
            direction=layout.direction(mask, partner, size_m) if wanted.direction else "",
        )

    def areas_in_words(self) -> str:
        """An answer that is put together from the measures."""
        return "; ".join(f"{step.phrase}: {words.number(step.area_ha)} ha" for step in self.steps)
