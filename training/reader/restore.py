"""Makes a checkpoint of a model file: `python restore.py --data FOLDER --work FOLDER --model ../../models/reader.bin --out CHECKPOINT`.

A further run can so begin (`train.py --start`) with the reader as it ships, its matrices in 8 bits, where the checkpoints
of the runs before are lost.
"""

import argparse
import struct
from pathlib import Path

import numpy as np
import torch

import base
import train
from export import MAGIC
from model import HIDDEN, INNER, LAYERS, Reader
from model_file import vocabulary


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "work", "model", "out"):
        options.add_argument(f"--{name}", type=Path, required=True)
    given = options.parse_args()
    tokenizer, layers, words = train.vocabulary(base.fetch(given.work), given.data, given.work)
    reader = Reader(base.blocks_to_rows(words.reshape(-1), HIDDEN), layers)
    head = MAGIC + vocabulary(tokenizer)
    file = given.model.read_bytes()
    if not file.startswith(head):
        raise SystemExit(f"{given.model}: its vocabulary is another than that of {given.work}/pieces.json")
    at = len(head)
    longest = struct.unpack_from("<5I", file, at)[4]
    at += struct.calcsize("<5I") + words.nbytes

    def vector(parameter: torch.Tensor):
        nonlocal at
        parameter.data.copy_(torch.from_numpy(np.frombuffer(file, "<f4", len(parameter), at).copy()))
        at += 4 * len(parameter)

    def matrix(parameter: torch.Tensor):
        nonlocal at
        rows, columns = parameter.shape
        row = np.dtype([("scale", "<f4"), ("weights", np.int8, columns)])
        found = np.frombuffer(file, row, rows, at)
        parameter.data.copy_(torch.from_numpy(found["scale"][:, None] * found["weights"].astype(np.float32)))
        at += row.itemsize * rows

    matrix(reader.places[:longest])
    parts = [reader.norm]
    for layer in reader.layers:
        parts += [layer.qkv, layer.out, layer.norm1, layer.up, layer.down, layer.norm2]
    for part in [*parts, reader.ends]:
        (matrix if part.weight.ndim == 2 else vector)(part.weight)
        vector(part.bias)
    if at != len(file):
        raise SystemExit(f"{given.model}: {len(file) - at} bytes are left over")
    torch.save({"reader": reader.state_dict()}, given.out)
    print(f"{given.out}: {LAYERS} layers of {HIDDEN} and {INNER}")


if __name__ == "__main__":
    main()
