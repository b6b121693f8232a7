"""The command line: exit codes, one sentence for bad input, and the files that were asked for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from hypothesis import given as given_of
from hypothesis import strategies as st

import model_runtime
from model_runtime import protocol
from model_runtime.__main__ import _dated, _dates, _join_negative, _parser, main

from .conftest import GOLDEN_QUESTION, write_mask, write_rgb

ROOT = Path(__file__).resolve().parents[2]


def failure(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """What a refused command says; fails unless it is one sentence on stderr, nothing on stdout, and exit code 2."""
    try:
        code = main(args)
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert said.err.endswith(".\n")
    assert said.err.count("\n") == 1
    return said.err


def test_help_lists_the_commands_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from model_runtime.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'torch', 'transformers', 'rasterio', 'fastapi', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    for command in ("ask", "serve", "models", "doctor", "schema", "data"):
        assert re.search(rf"^\s+{command}\s", done.stdout, re.MULTILINE)
    assert done.stdout.endswith("[]\n")


def test_a_bad_scene_is_one_sentence_and_exit_code_2(golden_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.tif").write_bytes(b"II*\0 and nothing that follows")
    command = [sys.executable, "-m", "model_runtime", "ask", "--optical", str(tmp_path / "bad.tif")]
    command += ["--question", "Water?", "--model", str(golden_folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.endswith(".\n")
    assert done.stderr.count("\n") == 1
    assert "bad.tif" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "COMMAND"),
        (["dance"], "dance"),
        (["ask"], "--question"),
        (["ask", "--question", "?"], "give --optical, --sar or --date"),
        (["ask", "--question", "?", "--optical", "x.tif", "--date", "y.tif"], "give one or the other"),
        (["ask", "--question", "?", "--sar", "x.tif", "--second-date", "y.tif"], "give the first date too"),
        (["ask", "--question", "?", *(["--date", "x.tif"] * 9)], "9 dates are too many; at most 8"),
        (["ask", "--question", "?", "--optical", "x.tif", *(["--sar", "y.tif"] * 2)], "--sar is given 2 times for 1"),
        (["ask", "--question", "?", "--date", "x.tif", *(["--clouds", "y.tif"] * 3)], "--clouds is given 3 times"),
        (["ask", "--question", "?", "--optical", "x.tif", "--fusion", "both"], "both"),
        (["ask", "--question", "?", "--optical", "x.tif", "--sar-bands", "vv"], "--sar-bands"),
        (["ask", "--optical", "x.tif", "--question", ""], "question"),
        (["ask", "--optical", "x.tif", "--question", "?", "--profile", "fast"], "fast"),
        (["ask", "--optical", "x.tif", "--question", "?", "--extent", "1,2,3"], "--extent"),
        (["ask", "--optical", "x.tif", "--question", "?", "--extent", "a,b,c,d"], "--extent"),
        (["ask", "--optical", "x.tif", "--question", "?", "--bands", "red"], "--bands"),
        (["ask", "--optical", "x.tif", "--question", "?", "--model", "no/such/folder"], "no/such/folder"),
        (["ask", "--optical", "x.tif", "--question", "?", "--model", "."], "config.json"),
        (["ask", "--optical", "x.tif", "--question", "?", "--tier", "tiny"], "tiny"),
        (["ask", "--optical", "x.tif", "--question", "?", "--tier", "int4", "--device", "cpu"], "int4"),
        (["ask", "--optical", "x.tif", "--question", "?", "--device", "tpu"], "There is no device 'tpu'"),
        (["ask", "--optical", "x.tif", "--question", "?", "--json", "no/such/run.json"], "run.json"),
        (["ask", "--optical", "x.tif", "--question", "?", "--json", "run.tif"], "run.tif"),
    ],
)
def test_bad_arguments(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert says in failure(capsys, *args)
    assert list(tmp_path.iterdir()) == []


def test_an_extent_may_begin_with_a_minus() -> None:
    assert _join_negative(["--extent", "-4,52,-3,53", "--out", "x"]) == ["--extent=-4,52,-3,53", "--out", "x"]
    assert _join_negative(["--extent", "4,52,5,53"]) == ["--extent", "4,52,5,53"]
    assert _join_negative(["--question", "-4"]) == ["--question", "-4"]


def given(*args: str) -> list[dict[str, str | None]]:
    """The dates that the arguments of `ask` speak of, without what is not given."""
    dates = _dates(_parser().parse_args(["ask", "--question", "?", *args]))
    return [{name: value for name, value in date.items() if value is not None} for date in dates]


def test_images_are_given_as_dates_in_several_ways() -> None:
    assert given("--optical", "a") == [{"optical": "a"}]
    assert given("--optical", "a", "--sar", "s") == [{"optical": "a", "sar": "s"}]
    assert given("--optical", "a", "--second-date", "b", "--sar", "none", "--sar", "s") == [
        {"optical": "a"}, {"optical": "b", "sar": "s"}
    ]  # fmt: skip
    assert given("--sar", "s") == [{"sar": "s"}]
    assert given("--sar", "s=2017-06-04", "--sar", "t") == [{"sar": "s", "date": "2017-06-04"}, {"sar": "t"}]
    assert given("--date", "a=2017-06-04", "--date", "none=2018-03-30", "--date", "c", "--sar", "none", "--sar", "s",
                 "--clouds", "l") == [
        {"optical": "a", "date": "2017-06-04", "clouds": "l"}, {"sar": "s", "date": "2018-03-30"}, {"optical": "c"}
    ]  # fmt: skip


@given_of(st.text(min_size=1), st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_what_follows_the_last_sign(path: str, day: date) -> None:
    assert _dated(f"{path}={day}") == (path, day.isoformat())
    assert _dated(f"{path}={day:%Y%m%d}") == (path, f"{day:%Y%m%d}")


@given_of(st.text(alphabet=st.characters(exclude_characters="=")), st.text(alphabet="=-abc./ "))
def test_a_path_may_hold_the_sign_itself(stem: str, rest: str) -> None:
    whole = f"{stem}_no_such_file{rest}=x.tif"
    assert _dated(whole) == (whole, None)


def test_a_file_is_taken_for_itself_and_what_follows_one_for_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a=b.tif", "run=2017-06-04"):
        Path(name).touch()
    assert _dated("a=b.tif") == ("a=b.tif", None)
    assert _dated("run=2017-06-04") == ("run=2017-06-04", None)
    assert _dated("run=2017-06-04=2018-01-01") == ("run=2017-06-04", "2018-01-01")
    assert _dated("a=b.tif=June") == ("a=b.tif", "June")  # refused as a day later, not as a file


def test_ask_takes_dates_with_clouds_on_a_path_with_the_sign(
    capfd: pytest.CaptureFixture[str], nano_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for seed, name in enumerate(("x=1.tif", "y.tif")):
        write_rgb(Path(name), np.random.default_rng(seed).integers(1, 255, (64, 64, 3), dtype=np.uint8))
    write_mask(Path("mask.tif"), np.arange(64 * 64).reshape(64, 64) < 1024)
    code = main(["ask", "--date", "x=1.tif=2017-06-04", "--date", "y.tif=2018-03-30", "--clouds", "none",
                 "--clouds", "mask.tif", "--question", "How much water?", "--device", "cpu", "--model",
                 str(nano_folder), "--json", "run.json"])  # fmt: skip
    said = capfd.readouterr().out
    assert code == 0
    report = protocol.Report.model_validate_json(Path("run.json").read_text("utf-8"))
    assert [(Path(one.optical.path).name, one.date) for one in report.dates] == [
        ("x=1.tif", "2017-06-04"), ("y.tif", "2018-03-30")
    ]  # fmt: skip
    assert report.dates[1].hidden_by == "layer"
    assert "\nNote: Image 2: 10.2 ha (25.0 %) are hidden by clouds" in said
    assert "\nImage 2, 2018-03-30, " in said


def test_ask_writes_what_was_asked_for(
    capfd: pytest.CaptureFixture[str], golden_folder: Path, golden_scene: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code = main([
        "ask", "--optical", str(golden_scene), "--question", GOLDEN_QUESTION, "--model", str(golden_folder),
        "--profile", "published", "--device", "cpu", "--tier", "bf16", "--out", "run.gpkg", "--json", "run.json",
        "--picture", "evidence.png",
    ])  # fmt: skip
    said = capfd.readouterr().out
    assert code == 0
    assert "forest" in said
    assert "Answer: B" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evidence.png", "run.gpkg", "run.json"]
    report = protocol.Report.model_validate_json((tmp_path / "run.json").read_text("utf-8"))
    assert report.answer == "B"
    assert report.measured is False  # the published layout has no marks for measures
    assert (report.model.device, report.model.tier) == ("cpu", "bf16")
    assert said.endswith("TerraScope on cpu, weights in bf16\n")
    layers = {name for name, _ in pyogrio.list_layers(tmp_path / "run.gpkg")}
    assert {step.layer for step in report.steps} <= layers
    for step in report.steps:
        assert re.search(rf"^\s*{step.index}\s+{step.phrase}\s", said, re.MULTILINE)


def test_models_and_doctor_say_what_is_here(capsys: pytest.CaptureFixture[str], nano_folder: Path) -> None:
    assert main(["models"]) == 0
    assert capsys.readouterr().out.startswith("nano: ")
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    for name in ("torch", "transformers", "rasterio", "GDAL", "device", "nano"):
        assert name in said
    assert re.search(r"^device +\S+, \d+\.\d GB of memory free$", said, re.MULTILINE)
    assert re.search(r"^model +nano \(.*\), would be loaded in (fp32|bf16)$", said, re.MULTILINE)
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["versions"]["torch"] in said
    assert told["device"]["name"] in said
    assert told["device"]["free_bytes"] > 0
    assert "nano" in told["models"]


def test_the_exported_schema_is_the_protocol(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    printed = capsys.readouterr().out
    stored = (ROOT / "resources" / "protocol.schema.json").read_text("utf-8")
    assert stored == printed, "run: python -m model_runtime schema > resources/protocol.schema.json"
    assert json.loads(printed)["ask"]["title"] == "AskRequest"


def test_runtime_and_plugin_have_one_version() -> None:
    metadata = (ROOT / "metadata.txt").read_text("utf-8")
    assert f"\nversion={model_runtime.__version__}\n" in metadata
