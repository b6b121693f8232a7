"""The model that is in memory, and answers given by it."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from .. import protocol
from ..errors import Cancelled, ModelError, NotEnoughMemory
from ..model.quantize import dtype_of, quantiser
from ..scene_memory import SceneMemory
from . import libraries, tiers
from .devices import Device, examine, glance, pick_device, ran_out
from .manifest import Manifest, is_verified
from .sam2_sizes import config_of
from .shelf import base_of, entries_of, folder_of

if TYPE_CHECKING:
    from ..answering.telling import Sink
    from ..model.terrascope import TerraScope


LOADING, CHECKING = "Loading the model", "Checking the model's files"


class Keeper:
    """Keeps the last used model in memory: one at a time, because two may not fit.

    Args:
        device: auto, cpu, cuda, cuda:1, mps.
        compiled: whether the language model's steps are compiled, which takes a GPU, Triton and a C compiler.
    """

    def __init__(self, device: str = "auto", *, compiled: bool = False) -> None:
        self.device = device
        self._compiled = compiled
        self.folder: Path | None = None
        self._model: TerraScope | None = None
        self._scenes = SceneMemory()
        self._tier: protocol.Tier = "bf16"
        self._needs: dict[protocol.Tier, int] = {}
        self._place: Device | None = None

    def answer(self, request: protocol.AskRequest, sink: Sink, told: protocol.AskRequest | None = None) -> None:
        """Answer a question with the model it names; the last event is `Done`.

        When memory runs out the question is asked once more in the next lower tier, from its beginning. `told` is as
        for `pipeline.analyse`.

        Raises:
            TerraScopeError: one sentence on why there is no result; nothing has been written then.
        """
        tier, warnings = request.tier, []
        while True:
            try:
                model = self.get(request.model, tier, sink)
                from ..pipeline import analyse

                analyse(request, model, sink, warnings, self._scenes, told)
                return
            except NotEnoughMemory as error:
                self._scenes.forget()
                lower = tiers.lower(self._place, self._tier, self._needs)
                if warnings or lower is None or not self._was_device(error):
                    raise
                warnings.append(self._notice(lower))
                tier = lower
            model = None  # with the error and its frames gone too, nothing holds its tensors any more
            self._forget()
            sink.emit(protocol.Warning(message=warnings[0]))

    def joins(self, first: protocol.AskRequest, other: protocol.AskRequest) -> bool:
        """Whether a question is better answered together with another one: of a large model, about the same place.

        Of a small one each answer would only come later. What is seen of a date with two sensors depends on the
        question; large scenes are taken up again one by one.
        """
        if self._model is None or self.folder != folder_of(first.model):
            return False
        from ..model.language import is_large

        alone = any(date.optical and date.sar for date in first.dates) or first.large == "per_window"
        own = first.regions or first.examples or other.examples
        return is_large(self._model) and not alone and not own and SceneMemory.same_place(first, other)

    def answer_together(self, requests: Sequence[protocol.AskRequest], sinks: Sequence[Sink]) -> list[Exception | None]:
        """Answer questions that `joins` put together; each that ends well ends with `Done`.

        Returns:
            Of each why there is no result; None where there is one.

        Raises:
            TerraScopeError: there is none of any.
        """
        model = self.get(requests[0].model, requests[0].tier, sinks[0])
        from ..pipeline import analyse_together

        found = analyse_together(requests, model, sinks, self._scenes)
        model = None
        for number, error in enumerate(found):
            if isinstance(error, NotEnoughMemory):
                # Alone it may find room, or in a lower tier.
                try:
                    self.answer(requests[number], sinks[number])
                    found[number] = None
                except Exception as last:  # noqa: BLE001 - told to whoever asked
                    found[number] = last
        return found

    def get(self, name: str, tier: str = "auto", sink: Sink | None = None) -> TerraScope:
        """The named model, loaded if it is not the one in memory.

        Args:
            name: id of a model, or a folder.
            tier: how its weights are to be kept; auto: as they are if it is in memory, else the best that fits.
            sink: told how far it is, and asked whether to go on.

        Raises:
            ModelError: there is no such model, its files are damaged, or it does not fit.
            NotEnoughMemory: it should have fitted, but did not.
            Cancelled: the sink said so.
        """
        folder = folder_of(name)
        if self._model is None or folder != self.folder or tier not in ("auto", self._tier):
            self._forget()  # the new one needs its place
            sink = sink or _Nobody()
            self._model = self._load(folder, tier, sink)
            self.folder = folder
        return self._model

    def place(self) -> Device:
        """Where the next model will be, counting as free what the loaded one will give back; needs no torch at first.

        Raises:
            ModelError: there is no such device.
        """
        device = examine(self.device) if self._place else glance(self.device)
        return device.with_more(self._needs[self._tier]) if self._model is not None else device

    def _load(self, folder: Path, wanted: str, sink: Sink) -> TerraScope:
        config, sizes = config_of(folder)
        parameters = sum(tensor.size for tensor in entries_of(folder, config).values())
        tell = _teller(sink, LOADING)
        libraries.load(lambda: tell(0.0))
        from ..model.checkpoint import load_model

        self.device = pick_device(self.device)
        if self._compiled:
            check_compiler(self.device)
        self._place = examine(self.device)
        self._needs = tiers.needs(config, parameters, self._place.kind)
        self._tier = tiers.choose(self._place, self._needs, wanted)
        manifest = Manifest.read(folder)
        if manifest and not is_verified(folder):
            manifest.check(folder, _teller(sink, CHECKING), sink.cancelled)
        with libraries.room_for_libraries():
            on_linear = quantiser(self._tier)
        try:
            model = load_model(
                folder,
                self.device,
                dtype=dtype_of(self._tier),
                grounding=config.grounding_config if sizes else None,
                checksums={name: facts.sha256 for name, facts in manifest.files.items()} if manifest else None,
                on_linear=on_linear,
                progress=tell,
                cancelled=sink.cancelled,
                base=base_of(config),
            )
        except (MemoryError, RuntimeError) as error:
            if not ran_out(error):
                raise
            raise NotEnoughMemory(
                f"The model did not fit into the memory of {self.device} in {self._tier}; close other programs, or "
                "use a smaller model."
            ) from error
        model.identity |= {"device": self.device, "tier": self._tier}
        model.compiled = self._compiled
        return model

    def _forget(self) -> None:
        self.folder, self._model = None, None
        self._scenes.forget()
        gc.collect()
        if torch := sys.modules.get("torch"):
            if torch.cuda.is_initialized():
                torch.cuda.empty_cache()
            elif self.device.startswith("mps"):
                torch.mps.empty_cache()

    def _was_device(self, error: NotEnoughMemory) -> bool:
        """Whether it was the device that had too little memory, and not the host beside it."""
        return self._place.kind == "cpu" or not isinstance(error.__cause__, MemoryError)

    def _notice(self, lower: protocol.Tier) -> str:
        memory = "memory" if self._place.kind == "cpu" else "GPU memory"
        if self._model is None:
            return f"The model did not fit into the {memory} in {self._tier} and was loaded in {lower}."
        return f"The answer ran out of {memory} in {self._tier} and was started again in {lower}."


def check_compiler(device: str) -> None:
    """Say so when steps cannot be compiled.

    Raises:
        ModelError: they cannot.
    """
    if not device.startswith("cuda"):
        raise ModelError(f"Only what runs on an NVIDIA GPU is compiled, and this is {device}: leave --compile away.")
    if find_spec("triton") is None or not any(map(shutil.which, ("cc", "gcc", "clang", "cl"))):
        raise ModelError("Compiling needs Triton and a C compiler, which are not both here: leave --compile away.")


class _Nobody:
    """The `Sink` of those who neither listen nor cancel."""

    def emit(self, event: protocol.Event) -> None:
        pass

    def cancelled(self) -> bool:
        return False


def _teller(sink: Sink, stage: str) -> Callable[[float], None]:
    """What tells the sink of whole percents of a stage, and stops when it says so."""
    said = -1

    def tell(fraction: float) -> None:
        nonlocal said
        if sink.cancelled():
            raise Cancelled
        if int(100 * fraction) > said:
            said = int(100 * fraction)
            sink.emit(protocol.Progress(stage=stage, fraction=fraction))

    return tell
