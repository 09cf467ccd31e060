"""Writes the model file that the program reads: `python export.py --work FOLDER --out models/encoder.bin`.

The pieces of words that Italian and English need are kept. Matrices are rounded to 8 bits, each row with a scale of its
own, the word embeddings to 4. `network/src/weights.rs` describes the parts of the file, `encoder/src/model.rs` their
order.
"""

import argparse
import json
from pathlib import Path

import package
import wordfreq
from model import MATRICES, parts
from model_file import blocks, matrix, vector, vocabulary
from tokenizer import Tokenizer, trimmed

MAGIC = b"CHIEDI-ENCODER-1\n"
NEWS = Path(__file__).parents[1] / "reader" / "news"


def texts() -> list[str]:
    """What decides which pieces stay: the commonest words of both languages, and news."""
    found = []
    for language in ("it", "en"):
        common = wordfreq.top_n_list(language, 45_000)
        found += common + [word.capitalize() for word in common[:20_000]]
    for file in sorted(NEWS.glob("*.jsonl")):
        articles = map(json.loads, file.read_text().splitlines())
        found += [part for article in articles for part in (article["title"], article["text"])]
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    whole = package.vocabulary(given.work)
    tensors, words = package.tensors(given.work)
    kept = trimmed(whole, texts())
    part = parts(tensors)
    written = [MAGIC, vocabulary(Tokenizer(whole, kept)), blocks(words[kept])]
    for name in MATRICES:
        written.append(matrix(part[name]))
        written += [vector(part[more]) for more in (name + ".bias",) if more in part]
    for name in ("norm_projected", "norm"):
        written += [vector(part[name + ".weight"]), vector(part[name + ".bias"])]
    given.out.write_bytes(b"".join(written))
    print(f"{given.out}: {given.out.stat().st_size} bytes, {len(kept)} pieces")


if __name__ == "__main__":
    main()
