"""The parts that model files are made of; `network/src/weights.rs` describes them."""

import struct

import numpy as np

from base import BLOCK
from tokenizer import Tokenizer


def text(words: str) -> bytes:
    coded = words.encode()
    return bytes([len(coded)]) + coded


def matrix(values: np.ndarray) -> bytes:
    """Rows of 8 bits, each with a scale of its own."""
    scales = np.abs(values).max(1, keepdims=True) / 127
    scales[scales == 0] = 1
    rounded = np.rint(values / scales).astype(np.int8)
    return b"".join(struct.pack("<f", scale) + row.tobytes() for scale, row in zip(scales[:, 0], rounded))


def blocks(values: np.ndarray) -> bytes:
    """Blocks of 4 bits with a half-precision scale (`Q4_0`): the one of a few scales that loses least."""
    rows = values.reshape(-1, BLOCK)
    largest = rows[np.arange(len(rows)), np.abs(rows).argmax(1)]
    best, least = None, np.inf
    for share in (0.8, 0.85, 0.9, 0.95, 1.0, 1.05):
        scales = (largest * share / -8).astype(np.float16)
        steps = np.where(scales == 0, 1, scales).astype(np.float32)[:, None]
        rounded = np.clip(np.rint(rows / steps), -8, 7)
        loss = ((rounded * steps - rows) ** 2).sum(1)
        found = np.concatenate([scales[:, None].view(np.uint8), _packed((rounded + 8).astype(np.uint8))], 1)
        best = found if best is None else np.where((loss < least)[:, None], found, best)
        least = np.minimum(loss, least)
    return best.tobytes()


def _packed(fours: np.ndarray) -> np.ndarray:
    low, high = np.split(fours, 2, 1)
    return low | high << 4


def vector(values: np.ndarray) -> bytes:
    return values.astype("<f4").tobytes()


def vocabulary(tokenizer: Tokenizer) -> bytes:
    """The pieces that are kept with their scores, and what code points become."""
    whole = tokenizer.vocabulary
    marks = {tokenizer.begin, tokenizer.end, tokenizer.padding, tokenizer.unknown}
    parts = [struct.pack("<4I", len(tokenizer.kept), tokenizer.begin, tokenizer.end, tokenizer.unknown)]
    parts += [text("" if i in marks else whole.pieces[p]) for i, p in enumerate(tokenizer.kept)]
    parts.append(vector(np.array(tokenizer.scores)))
    parts.append(struct.pack("<I", len(whole.normal)))
    parts += [struct.pack("<I", code) + text(normal) for code, normal in sorted(whole.normal.items())]
    return b"".join(parts)
