"""Models of others in a folder, as the transformers library writes them: pictures and a question in, words out.

Nothing is fetched, no code of the folder is run, and weights are taken from safetensors alone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Cancelled, ModelError, TerraScopeError
from ..model_store.devices import pick_device
from ..model_store.manifest import sha256_of
from ..protocol import ModelInfo
from .asking import Setting
from .pictures import content
from .responses import Response
from .suites import Question

if TYPE_CHECKING:
    from transformers import BatchFeature, PreTrainedModel, ProcessorMixin

_MOST_TOKENS = 1024


class HFModel:
    """An image-text-to-text model of transformers, as an `Answerer`.

    Args:
        folder: with config.json, *.safetensors, tokenizer, image processor and chat template.
        setting: how it is asked.
        device: where it runs.

    Raises:
        ModelError: the folder holds no such model, or not all of it, or it needs code of its own.
    """

    def __init__(self, folder: Path, setting: Setting, device: str) -> None:
        self.folder, self.setting = folder.expanduser(), setting
        device = pick_device(device)
        self.processor, self.model = _loaded(self.folder, device)
        self.info = ModelInfo(
            name=self.folder.resolve().name,
            revision="",
            sha256=_weights_sha256(self.folder),
            parameters=self.model.num_parameters(),
            device=device,
        )

    def __call__(
        self, question: Question, stopped: Callable[[], bool] = lambda: False
    ) -> tuple[Response, ModelInfo | None]:
        """See `Answerer`.

        Raises:
            Cancelled: `stopped` said so.
            ModelError: its parts do not fit together, or there is not enough memory.
        """
        import torch
        from transformers import StoppingCriteriaList

        begin = time.perf_counter()
        try:
            message = self._message(question)
        except TerraScopeError as refusal:
            return Response(question.id, self.setting.way, error=str(refusal)), None
        inputs = self._inputs(message)
        try:
            with torch.inference_mode():
                written = self.model.generate(
                    **inputs,
                    do_sample=False,
                    # What a folder's own generation settings may hold for sampling.
                    temperature=None,
                    top_p=None,
                    top_k=None,
                    max_new_tokens=_MOST_TOKENS,
                    stopping_criteria=StoppingCriteriaList([lambda *_, **__: stopped()]),
                )
        except torch.OutOfMemoryError as error:
            raise ModelError(
                f"The memory of {self.info.device} is too small for '{self.folder}' and these pictures: free some, or "
                "choose another --device."
            ) from error
        if stopped():
            raise Cancelled
        tokens = written[0, inputs["input_ids"].shape[1] :]
        text = self.processor.decode(tokens, skip_special_tokens=True).strip()
        seconds = round(time.perf_counter() - begin, 4)
        return Response(question.id, self.setting.way, text, seconds=seconds), self.info

    def _message(self, question: Question) -> dict[str, Any]:
        letters = self.setting.way == "letters"
        parts = content(question, letters, lambda picture: {"type": "image", "image": picture.image})
        return {"role": "user", "content": parts}

    def _inputs(self, message: dict[str, Any]) -> BatchFeature:
        from jinja2 import TemplateError

        try:
            inputs = self.processor.apply_chat_template(
                [message], add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
            )
        except (TemplateError, ValueError, TypeError, KeyError, IndexError, AttributeError, ImportError) as error:
            raise ModelError(
                f"The chat template and the processor of '{self.folder}' cannot put a question with pictures "
                f"({_first_sentence(error)})."
            ) from error
        return inputs.to(self.model.device, self.model.dtype)


def _loaded(folder: Path, device: str) -> tuple[ProcessorMixin, PreTrainedModel]:
    if not (folder / "config.json").is_file():
        raise ModelError(f"'{folder}' is no model folder of transformers: it has no config.json.")
    from safetensors import SafetensorError
    from transformers import AutoConfig, AutoModelForImageTextToText

    here = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = AutoConfig.from_pretrained(folder, **here)  # nosec B615: a folder of this machine
        if type(config) not in AutoModelForImageTextToText._model_mapping:
            raise ModelError(f"'{folder}' holds a {config.model_type}, which does not answer about pictures in words.")
        processor = _processor(folder, config, here)
        model, found = AutoModelForImageTextToText.from_pretrained(  # nosec B615
            folder, config=config, use_safetensors=True, dtype="auto", output_loading_info=True, **here
        )
        model = model.to(device).eval()
    except (
        OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, RuntimeError, SafetensorError,
    ) as error:  # fmt: skip
        raise ModelError(f"'{folder}' cannot be loaded ({_first_sentence(error)}).") from error
    missing = sorted(found["missing_keys"]) + sorted(str(name) for name in found["mismatched_keys"])
    if missing:  # transformers would go on with random numbers in their place
        raise ModelError(f"'{folder}' lacks {len(missing)} of its weights, such as {missing[0]}: get the whole model.")
    if not getattr(processor, "chat_template", None):
        raise ModelError(f"'{folder}' has no chat template (chat_template.jinja), so nothing can be asked of it.")
    return processor, model


def _processor(folder: Path, config: object, here: dict[str, bool]) -> ProcessorMixin:
    """The processor of a model, without its part for videos.

    That part needs torchvision, which the runtime must not have (requirements.txt) and no question here needs; the
    part for images then works with Pillow.
    """
    from transformers import AutoProcessor
    from transformers.models.auto.processing_auto import PROCESSOR_MAPPING

    known = PROCESSOR_MAPPING.get(type(config), None)
    if known is None or "video_processor" not in known.get_attributes():
        return AutoProcessor.from_pretrained(folder, **here)  # nosec B615
    *parts, last = known.get_attributes()
    if last != "video_processor":  # parts are given by their places: only the last one can be left out
        raise ModelError(f"'{folder}' cannot be loaded: {known.__name__} needs torchvision, which the runtime has not.")
    still = type(known.__name__, (known,), {"get_attributes": classmethod(lambda cls: parts)})
    return still.from_pretrained(folder, **here)


def _weights_sha256(folder: Path) -> str:
    """Of the sums of all its weight files, by name."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        whole.update(f"{sha256_of(path, lambda count: None)}  {path.name}\n".encode())
    return whole.hexdigest()


def _first_sentence(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].split(". ")[0][:200].rstrip(".:")
