"""SentencePiece's unigram segmentation with the place of each piece in the text, over a trimmed vocabulary."""

from dataclasses import dataclass

import numpy as np

from base import Vocabulary

SPACE = "▁"
# What a character outside the vocabulary costs below the rarest piece, as in SentencePiece.
UNKNOWN_PENALTY = 10.0


@dataclass
class Piece:
    """A piece by its number, with the characters of the text that it covers."""

    number: int
    start: int
    end: int


class Tokenizer:
    """Segments texts into the pieces `kept` of a vocabulary, numbered in their order there."""

    def __init__(self, vocabulary: Vocabulary, kept: list[int] | None = None):
        self.vocabulary = vocabulary
        self.kept = kept if kept is not None else list(range(len(vocabulary.pieces)))
        special = {vocabulary.begin, vocabulary.end, vocabulary.padding, vocabulary.unknown}
        self.number = {vocabulary.pieces[p]: n for n, p in enumerate(self.kept) if p not in special}
        self.scores = [float(vocabulary.scores[p]) for p in self.kept]
        place = {p: n for n, p in enumerate(self.kept)}
        self.begin, self.end = place[vocabulary.begin], place[vocabulary.end]
        self.padding, self.unknown = place[vocabulary.padding], place[vocabulary.unknown]
        self.unknown_score = min(self.scores) - UNKNOWN_PENALTY
        self.longest = max(len(piece) for piece in self.number)

    def normalised(self, text: str) -> tuple[str, list[int]]:
        """The text as pieces are made of it, and for each character the one of `text` it comes from."""
        out, places = [SPACE], [0]
        for i, char in enumerate(text):
            for normal in self.vocabulary.normal.get(ord(char), char):
                if normal == " ":
                    normal = SPACE
                    if out[-1] == SPACE:
                        continue
                out.append(normal)
                places.append(i)
        return "".join(out), places

    def segment(self, text: str) -> list[Piece]:
        """The likeliest pieces of `text`, in order."""
        chars, places = self.normalised(text)
        length = len(chars)
        best = [-1e30] * (length + 1)
        back: list[tuple[int, int]] = [(0, 0)] * (length + 1)
        best[0] = 0.0
        number, scores = self.number, self.scores
        for i in range(length):
            if best[i] <= -1e29:
                continue
            for end in range(i + 1, min(length, i + self.longest) + 1):
                piece = number.get(chars[i:end])
                if piece is not None and best[i] + scores[piece] > best[end]:
                    best[end] = best[i] + scores[piece]
                    back[end] = (i, piece)
            if best[i] + self.unknown_score > best[i + 1]:
                best[i + 1] = best[i] + self.unknown_score
                back[i + 1] = (i, self.unknown)
        pieces = []
        at = length
        while at > 0:
            start, piece = back[at]
            first = start + (chars[start] == SPACE and start + 1 < at)
            pieces.append(Piece(piece, places[first], places[at - 1] + 1))
            at = start
        return pieces[::-1]


def trimmed(vocabulary: Vocabulary, texts: list[str]) -> list[int]:
    """The pieces that `texts` need, and whatever spells Italian and English words that they do not have."""
    full = Tokenizer(vocabulary)
    needed = {vocabulary.begin, vocabulary.end, vocabulary.padding, vocabulary.unknown}
    for text in texts:
        needed.update(piece.number for piece in full.segment(text))

    def spells(piece: str) -> bool:
        bare = piece.removeprefix(SPACE)
        return len(bare) <= 2 and all(ord(char) < 0x250 or 0x2000 <= ord(char) < 0x2200 for char in bare)

    needed.update(i for i, piece in enumerate(vocabulary.pieces) if spells(piece))
    return sorted(needed & set(range(len(vocabulary.pieces))))


def numbers(pieces: list[Piece]) -> np.ndarray:
    """The numbers alone."""
    return np.array([piece.number for piece in pieces], np.int32)
