"""What may help a build beside its sources, when it is asked for: a model that draws masks, and an endpoint that words.

Both are off by default. With either the result depends on the model too, so its name stands in the plan.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from ..errors import RequestError
from .refine import Endpoint, Refused, complete, refine
from .traces import Sample

if TYPE_CHECKING:
    from .annotate import Draw
    from .facts import Facts
    from .records import Record

KEY_VARIABLE = "TERRASCOPE_ENDPOINT_KEY"
"""environment variable with the endpoint's key, which is written nowhere"""

Masks = Literal["labels", "model", "both"]


@dataclass(frozen=True)
class Aids:
    """What is asked for.

    Attributes:
        masks: "labels" as the sources have them; "model": drawn by the model instead, also where there are none;
            "both": only where labels and model agree (paper, appendix E.2).
        model: "nano", another name, or the folder of the model that draws.
        endpoint_url: of the OpenAI-compatible endpoint that puts captions in better words; "" for none.
        endpoint_model: the name of its model.
    """

    masks: Masks = "labels"
    model: str = "nano"
    endpoint_url: str = ""
    endpoint_model: str = ""

    def check(self) -> None:
        """See that everything is there, before any work.

        Raises:
            RequestError: the endpoint does not answer, or has no name of a model.
            ModelError: there is no such model.
        """
        if self.masks != "labels":
            from ..model_store.shelf import folder_of

            folder_of(self.model)
        if self.endpoint_url:
            try:
                complete(self.endpoint, "Answer with the word yes.")
            except Refused as refusal:
                raise RequestError(
                    f"The endpoint {self.endpoint_url} cannot be used ({refusal}): check the address, the model's "
                    f"name and the key in {KEY_VARIABLE}, or leave --endpoint out."
                ) from refusal

    @property
    def endpoint(self) -> Endpoint:
        """Whom to ask, with the key of this process's environment.

        Raises:
            RequestError: the address or the model's name is missing.
        """
        if not self.endpoint_model:
            raise RequestError("An endpoint needs the name of its model too: give --endpoint-model.")
        return Endpoint(self.endpoint_url, self.endpoint_model, os.environ.get(KEY_VARIABLE, ""))

    def prepared(self, record: Record) -> Record:
        """The record with the masks that are asked for."""
        if self.masks == "labels":
            return record
        from .annotate import annotated, intersected

        work = annotated if self.masks == "model" else intersected
        return work(record, _draw(self.model))


@dataclass
class Wording:
    """Puts captions in better words, where an endpoint is named, and counts what became of them.

    Attributes:
        aids: name the endpoint.
        told: "reworded", and how many kept the grammar's text for each reason.
    """

    aids: Aids
    told: Counter[str]

    def __call__(self, sample: Sample, facts: Facts) -> Sample:
        """The caption in better words, or as it is."""
        if not self.aids.endpoint_url:
            return sample
        scenes = [view.scene for view in facts.views]
        about = f"{len(scenes)} image{'s' * (len(scenes) > 1)}, pixels of {scenes[0].pixel_size_m:g} m"
        try:
            reworded = refine(sample, facts, self.aids.endpoint, about)
        except Refused as refusal:
            self.told[f"kept: {refusal}"] += 1
            return sample
        self.told["reworded"] += 1
        return reworded


@cache
def _draw(model: str) -> Draw:
    """Once in each process."""
    from ..model_store.keeper import Keeper
    from .annotate import drawing_with

    return drawing_with(Keeper("auto").get(model))
