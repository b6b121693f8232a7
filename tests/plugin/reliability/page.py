"""docs/reliability.md: its table of faults and stages, and the sentences that users read, as the tests found them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from terrascope_qgis.settings import PLUGIN_ROOT
from tests.plugin.reliability.faults import FAULTS, Fault
from tests.plugin.reliability.stages import STAGES

PAGE = PLUGIN_ROOT / "docs" / "reliability.md"
WRITE_VARIABLE = "TERRASCOPE_WRITE_RELIABILITY"
BEGIN, END = "<!-- written by tests/plugin/reliability -->", "<!-- until here -->"
NOT_RUN, NONE = "not run", "–"


class Found:
    """What the cells of the matrix came to, in this run."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, str], str] = {}
        self._said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def keep(self, fault: Fault, stage: str, outcome: str) -> None:
        """A cell that passed."""
        self.cells[fault.name, stage] = outcome

    def hear(self, fault: Fault, stage: str, sentence: str) -> None:
        """What the user was told; folders and the time in a name are not worth telling."""
        told = re.sub(r"\d{8}T\d{6}_\d{6}_", "", re.sub(r"/\S*/", "…/", sentence))
        self._said[fault.name][told].append(stage)

    def differences(self, page: Path) -> list[str]:
        """Cells that the page has otherwise; those that did not run here may have run elsewhere."""
        written = read(page)
        return [
            f"{fault} at {stage}: {outcome}, the page says {written.get((fault, stage))}"
            for (fault, stage), outcome in self.cells.items()
            if written.get((fault, stage)) != outcome
        ]

    def write(self, page: Path) -> None:
        """Put the table, and the sentences, in the place of those on the page."""
        text = page.read_text("utf-8")
        before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
        page.write_text(f"{before}\n{self._table()}\n\n{self._sentences()}\n{after}", "utf-8")

    def _table(self) -> str:
        rows = [["", *STAGES], ["---"] * (1 + len(STAGES))]
        rows += [[fault.name, *(self._cell(fault, stage) for stage in STAGES)] for fault in FAULTS]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _cell(self, fault: Fault, stage: str) -> str:
        return self.cells.get((fault.name, stage), NOT_RUN) if stage in fault.outcomes else NONE

    def _sentences(self) -> str:
        lines = []
        for fault in FAULTS:
            lines.append(f"- **{fault.name}**: {fault.means}.")
            for sentence, stages in self._said[fault.name].items():
                lines.append(f"    - {', '.join(dict.fromkeys(stages))}: “{sentence}”")
        return "\n".join(lines)


def read(page: Path) -> dict[tuple[str, str], str]:
    """The table of the page: outcomes by fault and stage."""
    rows = [line.strip("| ").split(" | ") for line in page.read_text("utf-8").splitlines() if line.startswith("| ")]
    return {(row[0], stage): outcome for row in rows[2:] for stage, outcome in zip(STAGES, row[1:])}
