"""The tokenizer of a model folder and the marks the reasoning loop watches for, resolved by name (SPEC 1)."""

from __future__ import annotations

from pathlib import Path

from tokenizers import AddedToken, Tokenizer

from ..errors import ModelError
from .json_file import read_json
from .marks import MEASURE_MARKS, SEG_MARK

REGION_MARK = "<REGION>"
CONTEXT_MARK = "<IMG_CONTEXT>"
# What every prompt is written with (SPEC 4): text in their place would be read without a complaint.
_PROMPT_MARKS = ("<|im_start|>", "<img>", "</img>", "<think>")
_STOP_MARKS = ("<|im_end|>", "<|endoftext|>", "<|end|>")
# The 11 marks TerraScope adds to InternVL3's tokenizer, in the published order (SPEC 1).
TERRASCOPE_MARKS = (
    "<think>", "</think>", "<answer>", "</answer>", SEG_MARK, REGION_MARK, "<p>", "</p>", "<vp>", "</vp>", "<|end|>",
)  # fmt: skip
INTERNVL_MARKS = (
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<img>", "</img>", CONTEXT_MARK,
    "<quad>", "</quad>", "<ref>", "</ref>", "<box>", "</box>",
)  # fmt: skip


# Qwen's own tokenizer.json has 11 MB.
_LARGEST = 64_000_000


class Vocabulary:
    """Text to ids and back."""

    def __init__(self, tokenizer: Tokenizer, eos_mark: str | None = None) -> None:
        """Resolve the marks.

        Args:
            tokenizer: the model's.
            eos_mark: what its configuration says ends an answer, if it says so.

        Raises:
            ModelError: a mark is missing.
        """
        self._tokenizer = tokenizer
        for mark in _PROMPT_MARKS:
            self.id_of(mark)
        self.seg_id = self.id_of(SEG_MARK)
        self.region_id = self.id_of(REGION_MARK)
        self.context_id = self.id_of(CONTEXT_MARK)
        self.think_end_id = self.id_of("</think>")
        self.answer_id = tokenizer.token_to_id("<answer>")
        self.stop_ids = frozenset(self.id_of(mark) for mark in (*_STOP_MARKS, *([eos_mark] if eos_mark else [])))
        self.measure_ids = tuple(tokenizer.token_to_id(mark) for mark in MEASURE_MARKS)

    @classmethod
    def read(cls, folder: Path) -> Vocabulary:
        """Read a folder's `tokenizer.json`, or the older `vocab.json`, `merges.txt` and `added_tokens.json`.

        Raises:
            ModelError: they are missing, damaged, or lack one of the marks.
        """
        return cls(read_tokenizer(folder), _eos_mark(folder))

    def __len__(self) -> int:
        """One more than the largest id."""
        return max(self._tokenizer.get_vocab(with_added_tokens=True).values()) + 1

    def id_of(self, mark: str) -> int:
        """The id of one mark.

        Raises:
            ModelError: the tokenizer does not know it as a mark.
        """
        found = self._tokenizer.token_to_id(mark)
        if found is None or self.encode(mark) != [found]:
            raise ModelError(f"The model's tokenizer has no {mark} mark, so this is not a TerraScope model.")
        return found

    def encode(self, text: str) -> list[int]:
        """Ids of our own text, in which marks are marks."""
        self._tokenizer.encode_special_tokens = False
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def encode_plain(self, text: str) -> list[int]:
        """Ids of a user's text, in which "[SEG]" and the like stay text."""
        self._tokenizer.encode_special_tokens = True
        try:
            return self._tokenizer.encode(text, add_special_tokens=False).ids
        finally:
            self._tokenizer.encode_special_tokens = False

    def decode(self, ids: list[int]) -> str:
        """Text of ids, marks included."""
        return self._tokenizer.decode(ids, skip_special_tokens=False)


def read_tokenizer(folder: Path) -> Tokenizer:
    """A folder's tokenizer, whatever marks it has.

    Raises:
        ModelError: its files are missing or damaged.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        return _from_parts(folder)
    if path.stat().st_size > _LARGEST:
        raise ModelError(f"{path} is far too large for a tokenizer; fetch the model again.")
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception on a damaged file
        raise ModelError(f"{path} is not a readable tokenizer ({error}); fetch the model again.") from None


def _eos_mark(folder: Path) -> str | None:
    """The end-of-sequence token that `tokenizer_config.json` declares (SPEC 4: an answer stops there too)."""
    try:
        said = read_json(folder / "tokenizer_config.json", _LARGEST)
    except FileNotFoundError:
        return None
    mark = said.get("eos_token") if isinstance(said, dict) else None
    if isinstance(mark, dict):
        mark = mark.get("content")
    return mark if isinstance(mark, str) else None


def _from_parts(folder: Path) -> Tokenizer:
    """Qwen2's tokenizer from its vocabulary, its merges and the marks that were added later."""
    vocabulary, added = (_ids(folder, name) for name in ("vocab.json", "added_tokens.json"))
    merges = _merges(folder / "merges.txt")
    # Only now: transformers takes seconds to import. Its class is named, so that nothing in the folder chooses one.
    from transformers import Qwen2TokenizerFast

    damaged = ModelError(
        f"{folder}: vocab.json, merges.txt and added_tokens.json do not fit together; fetch them again."
    )
    try:
        made = Qwen2TokenizerFast(vocab=vocabulary, merges=merges, unk_token=None, eos_token=None, pad_token=None)
        tokenizer = made.backend_tokenizer
    except Exception as error:  # the library raises bare Exception
        raise damaged from error
    tokenizer.add_special_tokens(
        [
            AddedToken(mark, special=True, normalized=False)
            for mark, _ in sorted(added.items(), key=lambda item: item[1])
        ]
    )
    if any(tokenizer.token_to_id(mark) != number for mark, number in added.items()):
        raise damaged
    return tokenizer


def _ids(folder: Path, name: str) -> dict[str, int]:
    """A JSON object of tokens and their ids."""
    try:
        said = read_json(folder / name, _LARGEST)
    except FileNotFoundError:
        raise ModelError(f"{folder} has neither tokenizer.json nor {name}; fetch the model again.") from None
    if not isinstance(said, dict) or not all(type(number) is int and 0 <= number < 2**31 for number in said.values()):
        raise ModelError(f"{folder / name} is damaged; fetch the model again.")
    return said


def _merges(path: Path) -> list[tuple[str, str]]:
    """Pairs of pieces that are joined, the earliest first."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        lines = path.read_text("utf-8").split("\n")
    except (OSError, ValueError):
        raise ModelError(f"{path} is missing or damaged; fetch the model again.") from None
    lines = lines[lines[0].startswith("#version") :]
    pairs = [tuple(line.split(" ")) for line in lines if line]
    if any(len(pair) != 2 for pair in pairs):
        raise ModelError(f"{path} is damaged; fetch the model again.")
    return pairs
