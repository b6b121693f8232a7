"""Meta's SAM-2 files: what torch.save wrote is read under published names, all else is refused in one sentence."""

from __future__ import annotations

import os
import pickle
import zipfile
from pathlib import Path

import pytest
import torch
from torch import Tensor

from model_runtime.errors import ModelError
from model_runtime.model_store.meta_sam2 import read_meta_sam2

PREFIX = "grounding_encoder.sam2_model."


@pytest.fixture
def weights() -> dict[str, Tensor]:
    """Four tensors with names of SAM 2.0."""
    torch.manual_seed(0)
    return {
        "no_mem_embed": torch.randn(1, 1, 8),
        "image_encoder.trunk.patch_embed.proj.weight": torch.randn(8, 3, 7, 7),
        "sam_prompt_encoder.point_embeddings.2.weight": torch.randn(1, 8).half(),
        "memory_encoder.fuser.layers.1.gamma": torch.randn(8),
    }


def write(path: Path, content: object) -> Path:
    torch.save(content, path)
    return path


def test_tensors_come_under_published_names(tmp_path: Path, weights: dict[str, Tensor]) -> None:
    read = read_meta_sam2(write(tmp_path / "sam2_hiera_large.pt", {"model": weights}))
    renamed = {name.replace("1.gamma", "1.g_weight"): tensor for name, tensor in weights.items()}
    assert read.keys() == {PREFIX + name for name in renamed}
    for name, tensor in renamed.items():
        assert read[PREFIX + name].dtype == tensor.dtype
        assert torch.equal(read[PREFIX + name], tensor)


class Runs:
    """Makes a file when it is unpickled by something that runs what it reads."""

    def __init__(self, note: Path) -> None:
        self.note = note

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.note),)


def test_nothing_in_the_file_is_run(tmp_path: Path, weights: dict[str, Tensor]) -> None:
    note = tmp_path / "it-ran"
    path = write(tmp_path / "crafted.pt", {"model": weights, "more": Runs(note)})
    with pytest.raises(ModelError, match="nothing in it was run"):
        read_meta_sam2(path)
    assert not note.exists()
    torch.load(path, weights_only=False)
    assert note.exists(), "the crafted file is harmless and shows nothing"


@pytest.mark.parametrize("name", ["no_obj_embed_spatial", "obj_ptr_tpos_proj.weight"])
def test_sam_2_1_is_refused(tmp_path: Path, weights: dict[str, Tensor], name: str) -> None:
    path = write(tmp_path / "sam2.1_hiera_large.pt", {"model": weights | {name: torch.zeros(1, 64)}})
    with pytest.raises(ModelError, match=r"is SAM 2\.1.*take one of Meta's sam2_hiera"):
        read_meta_sam2(path)


@pytest.mark.parametrize("content", [torch.zeros(3), {}, {"model": {}}, {"model": [torch.zeros(3)]}, [1, 2]])
def test_files_without_weights_are_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(ModelError, match='no weights under the name "model"'):
        read_meta_sam2(write(tmp_path / "other.pt", content))


@pytest.mark.parametrize(
    "value",
    [
        7,
        torch.arange(3),
        torch.zeros(1).expand(10**6, 10**6),
        torch.eye(3).to_sparse(),
    ],
    ids=["a number", "integers", "a view of terabytes", "sparse"],
)
def test_what_is_no_plain_weight_is_refused(tmp_path: Path, weights: dict[str, Tensor], value: object) -> None:
    path = write(tmp_path / "other.pt", {"model": weights | {"no_mem_embed": value}})
    with pytest.raises(ModelError, match=r"something else than weights \(no_mem_embed\)"):
        read_meta_sam2(path)


def test_another_network_is_refused(tmp_path: Path, weights: dict[str, Tensor]) -> None:
    path = write(tmp_path / "other.pt", {"model": weights | {"layer4.conv.weight": torch.zeros(3)}})
    with pytest.raises(ModelError, match="does not know"):
        read_meta_sam2(path)


@pytest.mark.parametrize("kept", [0, 10, 1000, -100])
def test_a_part_of_a_file_is_refused(tmp_path: Path, weights: dict[str, Tensor], kept: int) -> None:
    path = write(tmp_path / "part.pt", {"model": weights})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ModelError, match="no weight file as Meta publishes it, or only a part"):
        read_meta_sam2(path)


def test_a_plain_pickle_is_refused_unread(tmp_path: Path) -> None:
    note, path = tmp_path / "it-ran", tmp_path / "old.pt"
    path.write_bytes(pickle.dumps(Runs(note)))
    with pytest.raises(ModelError, match="no weight file as Meta publishes it"):
        read_meta_sam2(path)
    assert not note.exists()


def test_an_archive_that_grows_when_read_is_refused(tmp_path: Path, weights: dict[str, Tensor]) -> None:
    whole, packed = write(tmp_path / "whole.pt", {"model": weights}), tmp_path / "packed.pt"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    with pytest.raises(ModelError, match="no weight file as Meta publishes it"):
        read_meta_sam2(packed)


@pytest.mark.parametrize("name", ["absent.pt", "."])
def test_no_file_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_meta_sam2(tmp_path / name)
