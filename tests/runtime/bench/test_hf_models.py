"""Models of transformers in a folder: what they are shown, what they say, and folders that cannot be used."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

from model_runtime.bench.answerers import answerer_of  # noqa: E402
from model_runtime.bench.asking import Setting, way_for  # noqa: E402
from model_runtime.bench.hf_models import HFModel  # noqa: E402
from model_runtime.bench.run import Plan, run  # noqa: E402
from model_runtime.bench.suites import Question, read_suite  # noqa: E402
from model_runtime.errors import Cancelled, ModelError  # noqa: E402

from .tiny_internvl import MOST_TILES, SAID, TILE_PX, write_tiny_internvl  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("hf") / "tiny-internvl"
    write_tiny_internvl(found)
    return found


@pytest.fixture(scope="module")
def model(folder: Path) -> HFModel:
    return HFModel(folder, Setting(f"hf:{folder}", "letters"), "cpu")


@pytest.fixture(scope="module")
def questions(few: Path) -> dict[str, Question]:
    """One of each variant."""
    return {question.item.variant: question for question in reversed(read_suite("terrascope", few))}


def _shown(model: HFModel, question: Question) -> tuple[str, torch.Tensor]:
    """What reaches the model: the words, and the tiles of all pictures."""
    words: list[torch.Tensor] = []
    tiles: list[torch.Tensor] = []
    seeing = model.model.model.vision_tower
    hooks = [
        model.model.model.register_forward_pre_hook(
            lambda module, args, kwargs: words.append(kwargs["input_ids"]), with_kwargs=True
        ),
        seeing.register_forward_pre_hook(
            lambda module, args, kwargs: tiles.append(kwargs.get("pixel_values", *args[:1])), with_kwargs=True
        ),
    ]
    try:
        model(question)
    finally:
        for hook in hooks:
            hook.remove()
    return model.processor.decode(words[0][0]), torch.cat(tiles)


def test_each_picture_stands_where_it_is_named_and_the_options_below(
    model: HFModel, questions: dict[str, Question]
) -> None:
    question = questions["joint"]
    assert question.item.images[0].kind == "optical"
    words, tiles = _shown(model, question)
    turn, last = words.split("<|im_start|>")[1:]
    optical, radar, asked = turn.split("<img>")[0], turn.split("</img>")[1], turn.split("</img>")[-1]
    assert optical.endswith("Image 1 (optical):\n")
    assert "Image 1 (radar, VV and VH):" in radar
    assert question.with_options.strip() in asked
    assert "option letter" in asked
    assert last == "assistant\n"
    assert turn.count("<img>") == len(question.images)
    assert len(tiles) == turn.count("<IMG_CONTEXT>")  # a token each
    assert len(question.images) <= len(tiles) <= len(question.images) * (MOST_TILES + 1)
    assert tiles.shape[1:] == (3, TILE_PX, TILE_PX)
    assert not torch.equal(tiles[0], tiles[-1])


def test_it_says_what_it_says(model: HFModel, questions: dict[str, Question], folder: Path) -> None:
    response, info = model(questions["two_date"])
    assert (response.text, response.error, response.masks) == (SAID, "", ())
    assert response.seconds > 0
    assert (info.name, info.device) == ("tiny-internvl", "cpu")
    weights = load_file(folder / "model.safetensors")
    assert info.parameters == sum(tensor.numel() for tensor in weights.values())


def test_a_wish_to_stop_is_heard_at_the_next_word(model: HFModel, questions: dict[str, Question]) -> None:
    heard: list[bool] = []

    def stopped() -> bool:
        heard.append(True)
        return True

    with pytest.raises(Cancelled):
        model(questions["optical"], stopped)
    assert len(heard) == 2  # after a word, and at the end


def test_an_image_that_is_missing_is_said(model: HFModel, questions: dict[str, Question]) -> None:
    response, info = model(replace(questions["optical"], images=(Path("/nowhere/lost.tif"),)))
    assert "lost.tif" in response.error
    assert info is None


def test_a_run_reads_and_scores_its_letters(few: Path, folder: Path, tmp_path: Path) -> None:
    name = f"hf:{folder}"
    plan = Plan("terrascope", few, Setting(name, way_for(name, "auto")), variant="optical", device="cpu")
    result = run(plan, tmp_path / "out.json")
    asked = plan.questions()
    assert result["micro_accuracy"] == sum(question.answer == SAID for question in asked) / len(asked)
    assert set(result["readers"]) == {"strict", "published"}
    assert result["model"]["name"] == "tiny-internvl"
    assert len(result["model"]["sha256"]) == 64
    assert result["mean_iou"] is None
    assert result["failed"] == 0


def _without_a_weight(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    weights = {name: tensor for name, tensor in weights.items() if not name.endswith("lm_head.weight")}
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def _pickled(folder: Path) -> None:
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def _of_words_alone(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps(config["text_config"]), "utf-8")


def _with_code_of_its_own(folder: Path) -> None:
    code = {"AutoConfig": "their.Config", "AutoModelForImageTextToText": "their.Model"}
    (folder / "config.json").write_text(json.dumps({"model_type": "theirs", "auto_map": code}), "utf-8")
    (folder / "their.py").write_text("raise SystemExit('run')", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "config.json").unlink(), "has no config.json"),
        (_with_code_of_its_own, "cannot be loaded"),
        (_of_words_alone, "a qwen2, which does not answer about pictures"),
        (_pickled, "cannot be loaded"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"\0" * 100), "cannot be loaded"),
        (lambda folder: (folder / "preprocessor_config.json").unlink(), "cannot be loaded"),
        (_without_a_weight, r"lacks 1 of its weights, such as lm_head\.weight"),
        (lambda folder: (folder / "chat_template.jinja").unlink(), "has no chat template"),
    ],
)
def test_folders_that_cannot_be_used(
    spoil: Callable[[Path], None], words: str, folder: Path, few: Path, tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(folder, spoilt)
    spoil(spoilt)
    with pytest.raises(ModelError, match=words) as caught:
        answerer_of(Setting(f"hf:{spoilt}", "letters"), "cpu", "terrascope", few)
    assert str(spoilt) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_template_that_does_not_fit_is_one_sentence(
    folder: Path, questions: dict[str, Question], tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(folder, spoilt)
    (spoilt / "chat_template.jinja").write_text("{{ raise_exception('Only text is taken.') }}", "utf-8")
    with pytest.raises(ModelError, match="Only text is taken"):
        HFModel(spoilt, Setting("hf:x", "letters"), "cpu")(questions["optical"])
