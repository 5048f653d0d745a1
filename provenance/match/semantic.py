"""Sentences compared by an encoder: one more :class:`SentenceSimilarity`, off by default (extra ``semantic``).

The encoder is a folder on this machine, or the name of a model the Hugging Face cache already holds; nothing is ever
fetched. Folders of model2vec and of sentence-transformers are understood, multilingual ones included.

**Calibration.** What cosine unrelated sentences have differs from encoder to encoder (0.1 with one, 0.7 with another).
It is therefore measured when an encoder is loaded, on invented sentences about two events (:data:`CALIBRATION`). An
affine map brings it onto the scale of :class:`RareTerms`: the 95th percentile of unrelated sentences becomes
:data:`SENTENCE_FLOOR`, as it is there, and a cosine of 1 becomes 1.

**Combination.** In one language the mean of both similarities counts: they fail on different sentences, and the floor
of a mean of two measures with one floor is that floor. Between two languages, which share few words, the encoder counts
alone.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from provenance.errors import UsageError
from provenance.match.body import Body
from provenance.match.similarity import SENTENCE_FLOOR, Matrix, RareTerms

__all__ = ["SEMANTIC_VERSION", "EncodedSentences", "Encoder", "Vectors", "find_encoder", "semantic_similarity"]

Vectors = npt.NDArray[np.float32]

SEMANTIC_VERSION = "1"
"""Part of the key under which matches with an encoder are kept; raised when the same encoder may give other ones."""

INSTALL = "pip install 'news-provenance[semantic]'"

ENCODER_WEIGHT = 0.5
"""Weight of the encoder beside rare terms where both texts are in one language; see docs/how-to/use-an-encoder.md."""

NULL_PERCENTILE = 95.0
"""Percentile of unrelated sentences that stands at the floor, as with rare terms."""

HELD_BODIES = 512
"""Bodies whose vectors a process keeps: of 40 sentences and 384 numbers each, 30 MiB."""

BATCH_SENTENCES = 64
"""Sentences encoded at once."""

SAMPLED_BYTES = 1 << 20
"""Bytes of the beginning of each file of an encoder that tell it from another one, beside name and size."""

CALIBRATION = (
    (
        "The ferry between the two islands was cancelled on Tuesday after a storm tore its mooring lines.",
        "Nobody was hurt, the harbour master said, but a fishing boat sank at the quay.",
        "Some 340 passengers spent the night in a school hall, where volunteers cooked soup for them.",
        "The shipping company expects to resume sailings once divers have looked at the hull.",
        "It was the third time in a year that the line had to stop because of the weather.",
        "Islanders have been asking for a second ship since the old one was sold.",
        "The transport minister promised an answer before the budget is debated in autumn.",
        "“We are cut off like our grandparents were,” a shopkeeper told the local radio.",
    ),
    (
        "La ville a inauguré samedi une bibliothèque installée dans une ancienne filature.",
        "Le chantier a coûté onze millions d'euros, soit deux de plus que prévu.",
        "L'architecte a conservé les machines et les grandes fenêtres de l'atelier.",
        "Des habitants regrettent que le parking ait remplacé le jardin.",
        "La maire souhaite y accueillir deux cent mille visiteurs par an.",
        "Les lecteurs pourront emprunter des livres jusqu'à minuit en semaine.",
    ),
)
"""Sentences of two invented reports; any two of one report say different things about one event."""


class Encoder(Protocol):
    """Turns sentences into vectors; a plug-in point."""

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Give one vector of length 1 (or 0) a sentence: shape (sentences, dimensions)."""
        ...

    def __hash__(self) -> int:
        """Tell encoders apart: what equal ones have encoded is kept for both."""
        ...


@dataclass(frozen=True)
class EncodedSentences:
    """Compare sentences by an encoder and by rare terms; see the module.

    Attributes:
        encoder: hashable; equal encoders share what they have encoded.
    """

    encoder: Encoder

    @cached_property
    def null(self) -> float:
        """Cosine that unrelated sentences seldom exceed with this encoder, in [-1, 1)."""
        cosines = [_between(self.encoder.encode(report)) for report in CALIBRATION]
        return min(0.99, float(np.percentile(np.concatenate(cosines), NULL_PERCENTILE)))

    def matrix(self, left: Body, right: Body) -> Matrix:
        """Compare every left sentence with every right one; see :class:`SentenceSimilarity`."""
        if not left.sentences or not right.sentences:
            return np.zeros((len(left.sentences), len(right.sentences)))
        cosines = np.matmul(_encoded(self.encoder, left), _encoded(self.encoder, right).T).astype(np.float64)
        slope = (1.0 - SENTENCE_FLOOR) / (1.0 - self.null)
        said: Matrix = np.clip(SENTENCE_FLOOR + (cosines - self.null) * slope, 0.0, 1.0)
        if left.language is not None and right.language is not None and left.language != right.language:
            return said
        rare = np.minimum(RareTerms().matrix(left, right), 1.0)
        together: Matrix = ENCODER_WEIGHT * said + (1.0 - ENCODER_WEIGHT) * rare
        return together


def _between(vectors: Vectors) -> Vectors:
    """Give the cosines of all pairs of different vectors."""
    first, second = np.triu_indices(len(vectors), k=1)
    cosines: Vectors = np.einsum("ij,ij->i", vectors[first], vectors[second])
    return cosines


@lru_cache(maxsize=HELD_BODIES)
def _encoded(encoder: Encoder, body: Body) -> Vectors:
    return encoder.encode([" ".join(sentence.span.of(body.text).split()) for sentence in body.sentences])


@dataclass(frozen=True)
class EncoderFolder:
    """An encoder read from a folder when it is first used; light to send to another process.

    Attributes:
        folder: where it is.
        identity: digest of its files, part of the key under which matches are kept.
    """

    folder: Path
    identity: str

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Encode sentences; see :class:`Encoder`."""
        return _loaded(self.folder).encode(sentences)


@lru_cache(maxsize=8)
def find_encoder(name: str) -> EncoderFolder:
    """Find an encoder by the path of its folder, or by its name among what was downloaded before.

    Raises:
        UsageError: the packages are missing, there is no such model on this machine, or its weights are in a format
            that can carry code.
    """
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = _cached_folder(name)
    if next(folder.rglob("*.safetensors"), None) is None:
        raise UsageError(
            f"{name} has no weights in the safetensors format",
            hint="Choose an encoder that has them: other formats can carry code.",
        )
    _library(folder)
    return EncoderFolder(folder.resolve(), _identity(folder))


@lru_cache(maxsize=8)
def semantic_similarity(name: str) -> EncodedSentences:
    """Make the similarity of an encoder; see :func:`find_encoder` for names and errors."""
    return EncodedSentences(find_encoder(name))


def _cached_folder(name: str) -> Path:
    _stay_offline()
    try:
        from huggingface_hub import snapshot_download  # noqa: PLC0415  an extra
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("the packages for sentence encoders are not installed", hint=f"Run: {INSTALL}") from error
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise UsageError(
            f"there is no encoder {name} on this machine",
            hint=f"Give a folder, or download it yourself first: hf download {name}",
        ) from error


def _stay_offline() -> None:
    """Keep the libraries from asking their server for anything, and from drawing progress bars."""
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS"):
        os.environ[variable] = "1"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _library(folder: Path) -> str:
    """Name the library that reads a folder.

    Raises:
        UsageError: it is not installed.
    """
    from importlib.util import find_spec  # noqa: PLC0415

    name = "model2vec" if _is_static(folder) else "sentence_transformers"
    if find_spec(name) is None:
        raise UsageError(f"{name} is not installed, which reads {folder}", hint=f"Run: {INSTALL}")
    return name


def _is_static(folder: Path) -> bool:
    """Say whether a folder holds a static model of model2vec."""
    try:
        settings = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(settings, dict) and settings.get("model_type") == "model2vec"


def _identity(folder: Path) -> str:
    """Digest the names, sizes and beginnings of an encoder's files."""
    found = hashlib.sha256()
    for file in sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix in (".json", ".safetensors")
    ):
        found.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as content:
            found.update(content.read(SAMPLED_BYTES))
    return found.hexdigest()[:16]


@lru_cache(maxsize=2)
def _loaded(folder: Path) -> Encoder:
    _stay_offline()
    return _StaticEncoder(folder) if _library(folder) == "model2vec" else _TransformerEncoder(folder)


class _StaticEncoder:
    """A static model: a vector a word piece, averaged."""

    def __init__(self, folder: Path) -> None:
        from model2vec import StaticModel  # noqa: PLC0415  an extra

        self._model = StaticModel.from_pretrained(folder)

    def encode(self, sentences: Sequence[str]) -> Vectors:
        return _of_length_one(np.asarray(self._model.encode(list(sentences)), dtype=np.float32))


class _TransformerEncoder:
    """A transformer with pooling, on the processor."""

    def __init__(self, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  an extra
        from torch import set_num_threads  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()
        if multiprocessing.parent_process() is not None:
            set_num_threads(1)  # every worker has a processor of its own
        self._model = SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )  # fmt: skip

    def encode(self, sentences: Sequence[str]) -> Vectors:
        vectors = self._model.encode(
            list(sentences), batch_size=BATCH_SENTENCES, convert_to_numpy=True, show_progress_bar=False
        )
        return _of_length_one(np.asarray(vectors, dtype=np.float32))


def _of_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0.0, lengths, 1.0)).astype(np.float32)
