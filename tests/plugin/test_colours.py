from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

from terrascope_qgis.core.colours import step_colours

REPOSITORY = Path(__file__).resolve().parents[2]
WORDS = ["water", "the lake", "trees", "cropland", "grassland", "built-up area", "bare soil", "snow and ice", "wetland"]
WORDS += ["cloud", "burnt forest", "something", "", "Ödland", "region 7"]


def test_colours_are_those_the_runtime_writes(runtime_python: str) -> None:
    draw = random.Random(5)
    runs = [draw.choices(WORDS, k=draw.randint(0, 20)) for _ in range(200)]
    code = (
        "import json, sys\n"
        "from model_runtime.evidence.colours import step_colours\n"
        "print(json.dumps([step_colours(phrases) for phrases in json.load(sys.stdin)]))\n"
    )
    theirs = subprocess.run(
        [runtime_python, "-c", code], input=json.dumps(runs), capture_output=True, text=True, cwd=REPOSITORY, check=True
    )
    assert [[list(colour) for colour in step_colours(phrases)] for phrases in runs] == json.loads(theirs.stdout)
