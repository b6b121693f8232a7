"""The one exception family of the runtime.

Every refusal a user can cause is a `TerraScopeError` whose text is one sentence that says what is wrong and what
to do about it. Anything else that escapes is a defect of ours.
"""

from __future__ import annotations


class TerraScopeError(Exception):
    """Root of the family; `code` is the stable, machine-readable name of the refusal."""

    code = "error"


class SceneError(TerraScopeError):
    """The raster, its georeference, its bands or the asked-for area cannot be used."""

    code = "scene"


class NotEnoughMemory(SceneError):
    """Memory ran out in the middle of the work; its cause is the error that said so."""


class RequestError(TerraScopeError):
    """The question or an option of the request is not usable."""

    code = "request"


class UploadMissing(RequestError):
    """A file that the request names has not been sent, or is not kept any more: send it again."""

    code = "upload_missing"


class ModelError(TerraScopeError):
    """A model folder is missing, damaged, or not one this runtime runs."""

    code = "model"


class LibrariesError(ModelError):
    """A library was loaded by half, for want of memory: it cannot be loaded again in the same process."""


class OutputError(TerraScopeError):
    """A result could not be written."""

    code = "output"


class Cancelled(TerraScopeError):
    """The user cancelled; nothing has been written."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__("Cancelled.")
