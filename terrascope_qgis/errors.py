"""The one exception family of the plugin: a sentence for the user, and a detail for the log."""

from __future__ import annotations


class TerraScopeError(Exception):
    """A refusal or failure the user can read.

    Args:
        user_message: one sentence that says what is wrong and what to do.
        detail: whatever helps to find the cause; shown behind "Details" and written to the log.
    """

    def __init__(self, user_message: str, detail: str = "") -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.detail = detail


class LayerError(TerraScopeError):
    """A map layer cannot be handed to the runtime."""


class RuntimeStartError(TerraScopeError):
    """The runtime could not be started."""


class InstallError(TerraScopeError):
    """The runtime's environment could not be made, or is not as it has to be; `cause` is a stable name for why."""

    def __init__(self, user_message: str, cause: str, output: str = "") -> None:
        super().__init__(user_message, detail=output)
        self.cause = cause


class RuntimeLostError(TerraScopeError):
    """The runtime went away before it had answered."""


class ProtocolError(TerraScopeError):
    """The runtime said something this version of the plugin does not understand."""


class AnalysisError(TerraScopeError):
    """The runtime refused the request or could not complete it; `code` is its stable name for why."""

    def __init__(self, user_message: str, code: str = "error") -> None:
        super().__init__(user_message, detail="error code: " + code)
        self.code = code


class ModelStoreError(TerraScopeError):
    """The runtime could not list, fetch, check or delete a model; `code` is its stable name for why."""

    def __init__(self, user_message: str, code: str = "error", output: str = "") -> None:
        super().__init__(user_message, detail="error code: " + code + ("\n" + output if output else ""))
        self.code = code


class TeachingError(TerraScopeError):
    """The runtime could not teach a model."""


class SignInError(TerraScopeError):
    """The sign-in for the model hub or for a remote runtime cannot be used."""


class CancelledError(TerraScopeError):
    """The user cancelled; nothing has been written."""
