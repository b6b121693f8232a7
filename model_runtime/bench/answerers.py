"""Who answers the questions of a suite, each kind behind one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ..protocol import ModelInfo
from .asking import Setting, ask
from .responses import Response
from .suites import Question

BASELINE = "baseline:"
"""Of a model's name, before that of a baseline (`baselines.NAMES`)."""
ENDPOINT = "openai:"
"""Before the address and name of a model behind an endpoint (`openai_models.Endpoint`)."""
LOCAL = "hf:"
"""Before the folder of a model of transformers (`hf_models.HFModel`)."""


class Answerer(Protocol):
    """A model that is loaded, or whatever else answers."""

    def __call__(
        self, question: Question, stopped: Callable[[], bool] = lambda: False
    ) -> tuple[Response, ModelInfo | None]:
        """Answer one question.

        Args:
            question: of a suite.
            stopped: asked now and then whether to end.

        Returns:
            What came of it, an error in a sentence if need be; and who answered, None with an error.

        Raises:
            Cancelled: `stopped` said so.
            ModelError: it cannot answer, whatever is asked.
            OutputError: there is no place to write.
        """


def answerer_of(setting: Setting, device: str, suite: str, items: Path) -> Answerer:
    """Who `setting.model` names.

    Args:
        setting: how it is asked.
        device: where it runs.
        suite: what it is asked, a key of `suites.SUITES`.
        items: the suite's file or folder.

    Raises:
        RequestError: it is no baseline that there is, or no address.
        ModelError: its folder holds no model that can be loaded.
    """
    if setting.model.startswith(BASELINE):
        from .baselines import baseline_of

        return baseline_of(setting.model.removeprefix(BASELINE), suite, items)
    if setting.model.startswith(ENDPOINT):
        from .openai_models import Endpoint, OpenAIModel

        return OpenAIModel(Endpoint.of(setting.model.removeprefix(ENDPOINT)), setting)
    if setting.model.startswith(LOCAL):
        from .hf_models import HFModel

        return HFModel(Path(setting.model.removeprefix(LOCAL)), setting, device)
    from ..model_store.keeper import Keeper

    keeper = Keeper(device)
    return lambda question, stopped=lambda: False: ask(question, setting, keeper, stopped)
