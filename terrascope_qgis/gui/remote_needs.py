"""What TerraScope needs when a runtime on another machine answers: a connection to it, and a model that it has."""

from __future__ import annotations

from typing import Union

from qgis.PyQt.QtCore import QCoreApplication

from ..client.diagnostics import plugin_version
from ..errors import TerraScopeError
from ..settings import PLUGIN_ROOT, Settings
from .health_task import Healthy
from .needs import Needs
from .state_row import MISSING, READY, UNKNOWN, WARNING, WORKING

translate = QCoreApplication.translate
Outcome = Union[Healthy, TerraScopeError, None]


def show_remote(needs: Needs, settings: Settings, outcome: Outcome, looking: bool) -> None:
    """Show how the remote runtime is.

    Args:
        needs: three rows.
        settings: with its address and the chosen model.
        outcome: what came of the last look; None: there was none yet.
        looking: one is going on.
    """
    again = translate("TerraScope", "&Look again")
    needs.set_busy(looking)
    if looking or not isinstance(outcome, Healthy):
        _show_unknown(needs, settings, outcome, looking)
        return
    health, ours = outcome.health, plugin_version(PLUGIN_ROOT)
    line = translate("TerraScope", "On another machine: {url}").format(url=settings.remote_url)
    line += " · " + outcome.told()
    if health.version != ours:
        line += ". " + translate("TerraScope", "The plugin has version {ours}: update whichever is older.").format(
            ours=ours
        )
    needs.runtime.show_state(READY if health.version == ours else WARNING, line, again)
    needs.device.show_state(READY, health.device)
    there = any(model.id == settings.model and model.state in ("bundled", "here") for model in outcome.models)
    words = (
        translate("TerraScope", "{name}, on that machine")
        if there
        else translate("TerraScope", "{name} is not on that machine: choose another one, or fetch it there.")
    )
    needs.model.show_state(
        READY if there else MISSING,
        words.format(name=settings.model_title()),
        translate("TerraScope", "&Models…"),
    )


def _show_unknown(needs: Needs, settings: Settings, outcome: Outcome, looking: bool) -> None:
    if looking:
        told = translate("TerraScope", "Connecting to {url}…").format(url=settings.remote_url)
        needs.runtime.show_state(WORKING, told)
    elif outcome is None:
        told = translate("TerraScope", "On another machine: {url}").format(url=settings.remote_url)
        needs.runtime.show_state(UNKNOWN, told, translate("TerraScope", "&Look"))
    else:
        needs.runtime.show_state(MISSING, outcome.user_message, translate("TerraScope", "&Try again"))
    needs.device.show_state(UNKNOWN, translate("TerraScope", "Known when the runtime answers."))
    needs.model.show_state(UNKNOWN, settings.model_title())
