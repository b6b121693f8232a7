"""Work on the main thread that does not hold up the window: one step at each turn of its event loop."""

from __future__ import annotations

from collections.abc import Generator

from qgis.PyQt.QtCore import QTimer


class Turns:
    """Runs a generator from yield to yield; what it raises it has to see to itself.

    No QObject of a tree: whoever owns it may let it go in the last step.
    """

    def __init__(self) -> None:
        self._steps: Generator[None, None, None] | None = None
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def go(self, steps: Generator[None, None, None]) -> None:
        """Begin with the next turn; comes back at once. What was begun before is done first."""
        while self._steps is not None:
            self._next()
        self._steps = steps
        self._timer.start()

    def stop(self) -> None:
        """Do nothing any more; what the generator holds is let go."""
        self._timer.stop()
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    def _next(self) -> None:
        steps = self._steps
        try:
            next(steps)
        except StopIteration:
            if steps is self._steps:  # else it has begun something else
                self._timer.stop()
                self._steps = None
