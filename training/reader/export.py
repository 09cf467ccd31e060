"""Writes the model file that the program reads: `python export.py --work FOLDER --out models/reader.bin`.

Matrices are rounded to 8 bits, each row with a scale of its own; the word embeddings keep the 4 bits that they came in.
`network/src/weights.rs` describes the parts of the file, `reader/src/encoder.rs` their order.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy as np
import torch

import base
from model import HEADS, HIDDEN, INNER, LAYERS
from model_file import matrix, vector, vocabulary
from tokenizer import Tokenizer
from train import LONGEST_INPUT

MAGIC = b"CHIEDI-READER-2\n"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--mean", type=Path, nargs="*", default=[], metavar="CHECKPOINT",
                         help="checkpoints of other runs: the mean of their weights and those in --work is written")
    options.add_argument("--running", action="store_true", help="of the run in --work its running mean is taken")
    given = options.parse_args()
    whole, _, words = base.load(base.fetch(given.work))
    kept = json.loads((given.work / "pieces.json").read_text())
    tokenizer = Tokenizer(whole, kept)
    run = torch.load(given.work / "checkpoint.pt")
    last = run["reader"] | (run["mean"] if given.running else {})
    runs = [last, *(torch.load(path)["reader"] for path in given.mean)]
    state = {name: (sum(run[name].float() for run in runs) / len(runs)).numpy() for name in runs[0]}

    parts = [MAGIC, vocabulary(tokenizer)]
    parts.append(struct.pack("<5I", LAYERS, HEADS, HIDDEN, INNER, LONGEST_INPUT))
    parts.append(np.ascontiguousarray(words[kept]).tobytes())
    parts.append(matrix(state["places"][:LONGEST_INPUT]))

    def add(name: str):
        weight = state[name + ".weight"]
        parts.append(matrix(weight) if weight.ndim == 2 else vector(weight))
        parts.append(vector(state[name + ".bias"]))

    add("norm")
    for i in range(LAYERS):
        for name in ("qkv", "out", "norm1", "up", "down", "norm2"):
            add(f"layers.{i}.{name}")
    add("ends")
    given.out.write_bytes(b"".join(parts))
    print(f"{given.out}: {given.out.stat().st_size} bytes, {len(kept)} pieces")


if __name__ == "__main__":
    main()
