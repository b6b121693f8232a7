"""The box that makes a question follow the answer before it; it is on while the scene and the extent stay."""

from __future__ import annotations

from collections.abc import Hashable

from qgis.PyQt.QtWidgets import QCheckBox, QWidget

from ..client.protocol import AskRequest
from ..core.follow_up import following
from .run import Run


class FollowUp(QCheckBox):
    """Hidden until there is an answer to follow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chain: list[Run] = []
        self._scene: Hashable = None
        self._now: Hashable = None
        self.setText(self.tr("Follow-up question"))
        self.setToolTip(
            self.tr(
                "The question is about the scene and the extent of the last answer, and knows what was asked before: "
                "“How far is it from the trees?”"
            )
        )
        self.setVisible(False)

    def follow(self, request: AskRequest) -> AskRequest:
        """The request as a follow-up, if it is to be one."""
        if not self.isChecked():
            self._chain = []
            self._scene = self._now
        return following(request, [(run.request, run.report) for run in self._chain])

    def offer(self, run: Run) -> None:
        """There is a complete answer that can be followed."""
        self._chain.append(run)
        self.setVisible(True)
        self._suggest()

    def show_scene(self, scene: Hashable) -> None:
        """Say what would be asked about now: it is a follow-up where that is what was asked about before."""
        if scene != self._now:  # else what the user has set stays
            self._now = scene
            self._suggest()

    def forget(self) -> None:
        """There is nothing to follow any more."""
        self._chain = []
        self.setChecked(False)
        self.setVisible(False)

    def _suggest(self) -> None:
        self.setChecked(bool(self._chain) and self._now == self._scene)
