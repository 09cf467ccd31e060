"""Writes the model file that the program reads: `python export.py --work FOLDER --out models/encoder.bin`.

The pieces of words that Italian and English need are kept, and with `--trained FILE` the layers are those that
`train.py` wrote. Matrices are rounded to 8 bits, each row with a scale of its own, the word embeddings to 4.
`network/src/weights.rs` describes the parts of the file, `encoder/src/model.rs` their order.
"""

import argparse
from pathlib import Path

import package
from model import MATRICES, parts, trained
from model_file import blocks, matrix, vector, vocabulary
from tokenizer import Tokenizer, trimmed

MAGIC = b"CHIEDI-ENCODER-1\n"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--trained", type=Path, help="layers to take instead of the package's")
    given = options.parse_args()
    whole = package.vocabulary(given.work)
    tensors, words = package.tensors(given.work)
    kept = trimmed(whole, package.texts())
    part = trained(parts(tensors), given.trained)
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
