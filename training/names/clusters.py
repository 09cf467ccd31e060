"""Makes models/words.tsv: which words are alike, as a sentence encoder sees them.

Each of the commonest words of Italian and English (PyPI `wordfreq`), once in lower case and once with a capital, goes
through the first layers of multilingual-e5-small (see ../reader/base.py); k-means, twice, puts what comes out into 32
groups of 16 clusters. A line holds a folded word, its cluster in lower case and its cluster with a capital.

    pip install torch numpy wordfreq
    python clusters.py --work FOLDER --out ../../models/words.tsv
"""

import argparse
import sys
import unicodedata
from pathlib import Path

import numpy as np
import torch
import wordfreq

sys.path.insert(0, str(Path(__file__).parent.parent / "reader"))
import base
import model
import tokenizer

WORDS = 40_000
LAYERS = 8
GROUPS, CLUSTERS = 32, 16
BATCH = 512


def folded(word: str) -> str:
    """Lower case without accents, as the program compares words."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def encoded(words: list[str], folder: Path) -> torch.Tensor:
    """A unit vector a word."""
    vocabulary, tensors, raw = base.load(base.fetch(folder))
    embeddings = base.blocks_to_rows(raw.reshape(-1), model.HIDDEN)
    reader = model.Reader(embeddings, tensors).eval()
    splitter = tokenizer.Tokenizer(vocabulary)
    rows = [[splitter.begin, *tokenizer.numbers(splitter.segment(word)), splitter.end] for word in words]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    vectors = torch.zeros(len(rows), model.HIDDEN)
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            part = order[start:start + BATCH]
            width = max(len(rows[i]) for i in part)
            numbers = torch.tensor([rows[i] + [splitter.padding] * (width - len(rows[i])) for i in part])
            inside = torch.tensor([[True] * len(rows[i]) + [False] * (width - len(rows[i])) for i in part])
            x = reader.norm(reader.words(numbers) + reader.places[:width])
            for layer in reader.layers[:LAYERS]:
                x = layer(x, inside[:, None, None, :], 0.0)
            mask = inside[:, :, None].float()
            vectors[part] = (x * mask).sum(1) / mask.sum(1)
            if start // BATCH % 20 == 0:
                print(start, len(order), flush=True)
    vectors -= vectors.mean(0)
    return vectors / vectors.norm(dim=1, keepdim=True)


def grouped(vectors: torch.Tensor, count: int) -> torch.Tensor:
    """The cluster of each vector: spherical k-means, with seeds spread by chance."""
    generator = torch.Generator().manual_seed(7)
    centres = vectors[torch.randperm(len(vectors), generator=generator)[:count]]
    for _ in range(25):
        nearest = (vectors @ centres.T).argmax(1)
        sums = torch.zeros(count, vectors.shape[1]).index_add_(0, nearest, vectors)
        empty = sums.norm(dim=1) == 0
        sums[empty] = centres[empty]
        centres = sums / sums.norm(dim=1, keepdim=True)
    return (vectors @ centres.T).argmax(1)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    torch.set_num_threads(2)
    ranked = [wordfreq.top_n_list(language, WORDS) for language in ("it", "en")]
    spelled: dict[str, str] = {}
    for pair in zip(*ranked):
        for word in pair:
            if word.isalpha() and len(word) > 1:
                spelled.setdefault(folded(word), word)
    words = sorted(spelled, key=lambda word: word.encode())
    print(len(words), "words", flush=True)
    vectors = encoded([spelled[w] for w in words] + [spelled[w].capitalize() for w in words], options.work)
    groups = grouped(vectors, GROUPS)
    numbers = torch.zeros(len(vectors), dtype=torch.long)
    for group in range(GROUPS):
        own = (groups == group).nonzero()[:, 0]
        numbers[own] = group * CLUSTERS + grouped(vectors[own], min(CLUSTERS, len(own)))
    lower, capital = numbers[:len(words)].tolist(), numbers[len(words):].tolist()
    options.out.write_text("".join(f"{w}\t{a}\t{b}\n" for w, a, b in zip(words, lower, capital)))


if __name__ == "__main__":
    main()
