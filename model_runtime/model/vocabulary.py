"""The tokenizer of a model folder and the marks the reasoning loop watches for, resolved by name (SPEC 1)."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from ..errors import ModelError

SEG_MARK = "[SEG]"
REGION_MARK = "<REGION>"
CONTEXT_MARK = "<IMG_CONTEXT>"
MEASURE_MARKS = ("<measure>", "</measure>")
_STOP_MARKS = ("<|im_end|>", "<|endoftext|>", "<|end|>")
# The 11 marks TerraScope adds to InternVL3's tokenizer, in the published order (SPEC 1).
TERRASCOPE_MARKS = (
    "<think>", "</think>", "<answer>", "</answer>", SEG_MARK, REGION_MARK, "<p>", "</p>", "<vp>", "</vp>", "<|end|>",
)  # fmt: skip
INTERNVL_MARKS = (
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<img>", "</img>", CONTEXT_MARK,
    "<quad>", "</quad>", "<ref>", "</ref>", "<box>", "</box>",
)  # fmt: skip


class Vocabulary:
    """Text to ids and back."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.seg_id = self.id_of(SEG_MARK)
        self.region_id = self.id_of(REGION_MARK)
        self.context_id = self.id_of(CONTEXT_MARK)
        self.think_end_id = self.id_of("</think>")
        self.answer_id = tokenizer.token_to_id("<answer>")
        self.stop_ids = frozenset(self.id_of(mark) for mark in _STOP_MARKS)
        self.measure_ids = tuple(tokenizer.token_to_id(mark) for mark in MEASURE_MARKS)

    @classmethod
    def read(cls, folder: Path) -> Vocabulary:
        """Read `folder/tokenizer.json`.

        Raises:
            ModelError: it is missing, damaged, or lacks one of the marks.
        """
        path = folder / "tokenizer.json"
        if not path.is_file():
            raise ModelError(f"{folder} has no tokenizer.json; fetch the model again.")
        try:
            return cls(Tokenizer.from_file(str(path)))
        except ModelError:
            raise
        except Exception as error:  # the library raises bare Exception on a damaged file
            raise ModelError(f"{path} is not a readable tokenizer ({error}); fetch the model again.") from None

    def __len__(self) -> int:
        return self._tokenizer.get_vocab_size()

    def id_of(self, mark: str) -> int:
        """The id of one mark.

        Raises:
            ModelError: the tokenizer does not know it.
        """
        found = self._tokenizer.token_to_id(mark)
        if found is None:
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
