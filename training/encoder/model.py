"""The forward pass of the Universal Sentence Encoder, multilingual, v3, the small one, with numpy: the reference
for `encoder/`.

Three branches look at the embeddings of 2, 3 and 5 neighbouring pieces (convolutions, twice, each with what went in
added to what comes out); the branches and the embeddings themselves are normalised together, averaged, and go through
layers that are linear but for a rectifier.
"""

from pathlib import Path

import numpy as np

WORD, BRANCH = 512, 256
# How many neighbouring pieces each branch looks at, and how many of them stand before the piece.
BRANCHES = ((2, 0), (3, 1), (5, 2))
EPSILON = 1e-12
# The matrices in the order of the file, each by the names of its parts: output by input.
MATRICES = (
    "project", *(f"{pass_}_{width}" for width, _ in BRANCHES for pass_ in ("first", "second")), "pool",
    "up", "direct", "inner", "out",
)


def parts(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The tensors of the package as the program has them: matrices output by input, and what works on the same numbers
    as one matrix."""
    widths = [width for width, _ in BRANCHES]
    made = {
        "project": np.concatenate([tensors[f"proj{n}"] for n in widths], 1).T,
        "project.bias": np.concatenate([tensors[f"proj_b{n}"] for n in widths]),
        "norm_projected.weight": np.concatenate([tensors[f"ln_g{n}"] for n in widths]),
        "norm_projected.bias": np.concatenate([tensors[f"ln_b{n}"] for n in widths]),
        "norm.weight": tensors["ln_g"],
        "norm.bias": tensors["ln_b"],
        "pool": tensors["cnn_W"].T,
        "pool.bias": tensors["cnn_b"],
        "up": np.concatenate([tensors["d0"], tensors["p1"]], 1).T,
        "direct": tensors["d1"].T,
        "inner": tensors["d2"].T,
        "out": np.concatenate([tensors["p3"], tensors["d3"]]).T,
    }
    for n in widths:
        for name, their in (("first", "1"), ("second", "2")):
            made[f"{name}_{n}"] = tensors[f"w{their}_{n}"].T
            made[f"{name}_{n}.bias"] = tensors[f"b{their}_{n}"]
    return made


def trained(part: dict[str, np.ndarray], file: Path | None) -> dict[str, np.ndarray]:
    """The same parts as `train.py` left them in `file`; as they are without one."""
    if file is None:
        return part
    import torch

    found = torch.load(file)
    return {name: found[name.replace(".", "_")].numpy() for name in part}


def _normalised(rows: np.ndarray, part: dict[str, np.ndarray], name: str) -> np.ndarray:
    rows = rows - rows.mean(1, keepdims=True)
    rows /= np.sqrt((rows * rows).mean(1, keepdims=True) + EPSILON)
    return rows * part[name + ".weight"] + part[name + ".bias"]


def _windows(rows: np.ndarray, width: int, before: int) -> np.ndarray:
    """Each row with its neighbours, `width` in all of which `before` stand before it; zeros outside."""
    padded = np.pad(rows, ((before, width - 1 - before), (0, 0)))
    return np.concatenate([padded[i:i + len(rows)] for i in range(width)], 1)


def encode(part: dict[str, np.ndarray], words: np.ndarray) -> np.ndarray:
    """The vector, of length 1, of a text from the embeddings `words` of its pieces, marks at both ends among them."""
    # All three branches are normalised together.
    projected = _normalised(words @ part["project"].T + part["project.bias"], part, "norm_projected")
    found = [words]
    for i, (width, before) in enumerate(BRANCHES):
        rows = projected[:, i * BRANCH:(i + 1) * BRANCH]
        for name in (f"first_{width}", f"second_{width}"):
            made = _windows(rows, width, before) @ part[name].T + part[name + ".bias"]
            rows = rows + np.maximum(made, 0)
        found.append(rows)
    rows = _normalised(np.concatenate(found, 1), part, "norm")
    # Linear, so that the sum may go first.
    pooled = (rows.sum(0) @ part["pool"].T + len(rows) * part["pool.bias"]) / np.sqrt(len(rows))
    up = part["up"] @ pooled
    half = len(up) // 2
    first = np.maximum(up[half:] + part["direct"] @ np.maximum(up[:half], 0), 0)
    second = np.maximum(part["inner"] @ first, 0)
    vector = np.tanh(part["out"] @ np.concatenate([first, second]))
    return vector / np.linalg.norm(vector)
