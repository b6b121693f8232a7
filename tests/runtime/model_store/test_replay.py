"""Replaying: the released code's own cases come out the same, and a difference is never passed over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.__main__ import main
from model_runtime.errors import Cancelled, RequestError
from model_runtime.model.checkpoint import load_model
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.reasoner import SegStep, generate
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from model_runtime.model_store.replay import Arrays, Case, compare, replay

KEYS = ("mask", "token_indices", "lowres_all", "ious")


@pytest.fixture(scope="module")
def small_model(golden_folder: Path) -> TerraScope:
    """The golden checkpoint with a quarter of its SAM-2's resolution."""
    return load_model(golden_folder)


def test_every_golden_case_comes_out_the_same(
    goldens: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tolerances of the goldens' README: logits 2e-5 of about 36, low-resolution masks 6e-3, 7 pixels per mask."""
    for name, segments in (("single_tiled", 2), ("pair_same", 2), ("text_only", 0)):
        out = tmp_path / f"{name}.npz"
        case = goldens / f"{name}.npz"
        command = ["models", "replay", str(goldens / "checkpoint"), str(case), "--out", str(out), "--device", "cpu"]
        assert main(command) == 0
        said = capsys.readouterr().out.splitlines()
        assert said[0] == f"SAM-2 has the sizes in {goldens / 'sam2_tiny.json'}."
        assert said[-1].startswith("Verdict: the same words, ids and chosen tokens; ")
        made, recorded = dict(np.load(out)), np.load(case)
        assert made.keys() == {
            "generated_ids", "prediction_text", "prefill_last_logits",
            *(f"seg{k}_{key}" for k in range(segments) for key in KEYS),
        }  # fmt: skip
        for key, value in made.items():
            wanted = recorded[key]
            assert (value.shape, value.dtype.kind) == (wanted.shape, wanted.dtype.kind), key
            assert key == "prediction_text" or value.dtype == wanted.dtype, key
            if key.endswith(("ids", "text", "indices")):
                np.testing.assert_array_equal(value, wanted)
            elif key.endswith("_mask"):
                assert (value != wanted).sum() <= 7 * (1 if wanted.ndim == 2 else len(wanted))
            else:
                np.testing.assert_allclose(value, wanted, atol=6e-3 if key.endswith("lowres_all") else 1e-4, rtol=0)
        assert len(said) == len(made) + 2
        assert f"{'generated_ids':<22} identical" in said


def test_masks_of_several_images_have_the_size_of_the_first(small_model: TerraScope, goldens: Path) -> None:
    pair = dict(np.load(goldens / "pair_same.npz"))
    images = (pair["image0_uint8"], pair["image1_uint8"][:300, :400])
    made = replay(small_model, Case(str(pair["user_text"]), images, {}))
    assert made["seg0_mask"].shape == (2, 512, 512)
    assert made["seg0_mask"].dtype == bool
    assert made["seg0_lowres_all"].shape == (2, 3, 64, 64)
    assert made["seg0_ious"].shape == (2, 3)
    assert not small_model.language_model.lm_head._forward_hooks
    assert not small_model.text_hidden_fcs._forward_hooks


def test_the_masks_of_all_images_hold_those_the_reasoning_used(small_model: TerraScope, goldens: Path) -> None:
    """The first [SEG] belongs to image 0, the second to image 1 (SPEC 5.6)."""
    case = Case.read(goldens / "pair_same.npz")
    made = replay(small_model, case)
    profile = ReasoningProfile.named("published", measured=False)
    events = list(generate(small_model, [ModelImage(image) for image in case.images], [case.text], profile))
    steps = [event for event in events if isinstance(event, SegStep)]
    assert [step.image for step in steps] == [1, 2]
    for k, step in enumerate(steps):
        own, other = step.image - 1, 2 - step.image
        np.testing.assert_array_equal(made[f"seg{k}_mask"][own], step.mask)
        np.testing.assert_array_equal(made[f"seg{k}_lowres_all"][own], step.low_res[0])
        np.testing.assert_array_equal(made[f"seg{k}_ious"][own], step.ious[0])
        assert not np.array_equal(made[f"seg{k}_lowres_all"][own], made[f"seg{k}_lowres_all"][other])


def test_it_can_be_stopped(small_model: TerraScope, goldens: Path) -> None:
    with pytest.raises(Cancelled):
        replay(small_model, Case.read(goldens / "text_only.npz"), lambda: True)


def results() -> Arrays:
    return {
        "generated_ids": np.array([5, 6, 7]),
        "prediction_text": np.array("a [SEG]"),
        "prefill_last_logits": np.float32([0.5, 1.5]),
        "seg0_mask": np.array([[True, False]]),
        "seg0_token_indices": np.array([3, 4]),
    }


def test_what_is_the_same_is_said_to_be() -> None:
    made = results()
    made["prefill_last_logits"] = made["prefill_last_logits"] + np.float32(0.25)
    made["seg0_mask"] = ~made["seg0_mask"]
    lines = compare(made, results() | {"user_text": np.array("x"), "seg0_logits_ori": np.zeros(3)})
    assert [line.split(maxsplit=1)[1] for line in lines[:-1]] == [
        "identical", "identical", "largest difference 2.50e-01", "2 of 2 pixels differ", "identical",
    ]  # fmt: skip
    assert lines[-1] == (
        "Verdict: the same words, ids and chosen tokens; 2 pixels of masks and numbers by at most 2.50e-01 apart."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"generated_ids": np.array([5, 9, 7])}, "1 differ, the first at position 1"),
        ({"prediction_text": np.array("b [SEG]")}, "other words"),
        ({"seg0_token_indices": np.array([3])}, "(1,) where (2,) was recorded"),
        ({"seg0_mask": np.zeros((2, 2), bool)}, "(2, 2) where (1, 2) was recorded"),
        ({"prefill_last_logits": np.float32([np.nan, 0])}, "largest difference nan"),
    ],
)
def test_a_difference_that_matters_is_the_verdict(change: Arrays, said: str) -> None:
    lines = compare(results() | change, results())
    (name,) = change
    assert f"{name:<22} {said}" in lines
    assert lines[-1] == f"Verdict: NOT the same ({name})."


def test_a_mask_that_did_not_come_is_the_verdict() -> None:
    lines = compare(results(), results() | {"seg1_mask": np.zeros(3), "seg1_hidden": np.zeros(3)})
    assert lines[-2:] == [
        "seg1_mask              missing: the answer has no such mask",
        "Verdict: NOT the same (seg1_mask).",
    ]
    assert compare(results(), {}) == ["Verdict: the case has nothing to compare with."]


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({}, "it has no user_text"),
        ({"user_text": np.array(["a", "b"])}, "it has no user_text"),
        ({"user_text": np.array("x"), "image0_uint8": np.zeros((4, 4, 3), np.uint8)}, "0 times <image>"),
        ({"user_text": np.array("<image>")}, "1 times <image>, but there are 0"),
        ({"user_text": np.array("<image>"), "image0_uint8": np.zeros((4, 4, 3))}, "is not a picture"),
        ({"user_text": np.array("<image>"), "image0_uint8": np.zeros((4, 0, 3), np.uint8)}, "is not a picture"),
        ({"user_text": np.array("<image>", object)}, "is not a case"),
    ],
)  # fmt: skip
def test_what_is_no_case_is_refused(tmp_path: Path, arrays: dict, sentence: str) -> None:
    np.savez(tmp_path / "case.npz", **arrays)
    with pytest.raises(RequestError, match=sentence):
        Case.read(tmp_path / "case.npz")


def test_bad_input_is_one_sentence_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, text = tmp_path / "case.npz", tmp_path / "text.npz"
    np.savez(case, user_text=np.array("hello"))
    text.write_text("no archive", "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for words, sentence in (
        ([str(tmp_path / "none.npz"), "--out", "x.npz"], "There is no file"),
        ([str(text), "--out", "x.npz"], "is not a case"),
        ([str(case), "--out", str(case)], "is the case itself"),
        ([str(case), "--out", str(tmp_path / "x.txt")], "ends in .npz"),
        ([str(case), "--out", str(tmp_path / "no" / "x.npz")], "in an existing folder"),
        ([str(case), "--out", str(tmp_path / "x.npz"), "--sam2", "none.json"], "There is no file none.json"),
        ([str(case), "--out", str(tmp_path / "x.npz"), "--device", "abacus"], "abacus"),
    ):
        assert main(["models", "replay", "nano", *words]) == 2
        said = capsys.readouterr()
        assert said.err.count("\n") == 1
        assert sentence in said.err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_model_of_bands_is_given_the_picture_as_display_values(tmp_path: Path) -> None:
    nano = load_model(Path(__file__).resolve().parents[3] / "resources" / "models" / "terrascope-nano")
    rgb = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    made = replay(nano, Case("<image>\nHow much water?", (rgb,), {}))
    assert made["prefill_last_logits"].shape == (nano.config.llm_config.vocab_size,)
    assert np.isfinite(made["prefill_last_logits"]).all()
    assert torch.is_grad_enabled()
