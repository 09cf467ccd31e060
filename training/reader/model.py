"""The encoder of multilingual-e5-small with three scores for each piece: that an answer starts there, that it ends there,
and, at the first place, that the answer to a question of yes or no is yes."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

LAYERS, HEADS, HIDDEN, INNER = 12, 12, 384, 1536
EPSILON = 1e-12


CHANCE = np.random.Generator(np.random.SFC64(1))


def dropout(x: torch.Tensor, share: float) -> torch.Tensor:
    """As `F.dropout`, from random bytes: drawing PyTorch's random numbers takes a tenth of a step on a CPU."""
    if share == 0:
        return x
    limit = round(256 * share)
    drawn = np.frombuffer(CHANCE.bytes(x.numel()), np.uint8).reshape(x.shape)
    kept = torch.from_numpy(drawn >= limit).to(x.dtype)
    return x * kept.mul_(256 / (256 - limit))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, EPSILON)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, EPSILON)

    def forward(self, x, mask, share):
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # In products of matrices: on a CPU and in half precision quicker than PyTorch's own attention with a mask.
        odds = heads[0] @ heads[1].transpose(-2, -1) * (HIDDEN // HEADS) ** -0.5 + mask
        mixed = torch.softmax(odds, -1).to(heads.dtype) @ heads[2]
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, HIDDEN))
        x = self.norm1(x + dropout(mixed, share))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + dropout(inner, share))


class Reader(nn.Module):
    """Scores of start, end and yes for each piece; start and end at the first place stand for "not here"."""

    def __init__(self, words: np.ndarray, tensors: dict[str, np.ndarray] | None = None):
        super().__init__()
        # The word embeddings stay as they are: they are stored in the four bits that they come in.
        self.words = nn.Embedding.from_pretrained(torch.from_numpy(words), freeze=True)
        self.places = nn.Parameter(torch.zeros(512, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.ends = nn.Linear(HIDDEN, 3)
        nn.init.normal_(self.ends.weight, std=0.02)
        nn.init.zeros_(self.ends.bias)
        if tensors:
            self._fill(tensors)

    def _fill(self, tensors):
        def put(parameter, value):
            parameter.data.copy_(torch.from_numpy(np.ascontiguousarray(value)).view(parameter.shape))

        put(self.places, tensors["emb.pos"].reshape(512, HIDDEN) + tensors["emb.type"].reshape(-1, HIDDEN)[0])
        put(self.norm.weight, tensors["emb.ln.w"])
        put(self.norm.bias, tensors["emb.ln.b"])
        for i, layer in enumerate(self.layers):
            def of(name, i=i):
                return tensors[f"l{i}.{name}"]

            put(layer.qkv.weight, np.concatenate([of("q.w"), of("k.w"), of("v.w")]))
            put(layer.qkv.bias, np.concatenate([of("q.b"), of("k.b"), of("v.b")]))
            for module, name in [(layer.out, "ao"), (layer.up, "fi"), (layer.down, "fo")]:
                put(module.weight, of(name + ".w"))
                put(module.bias, of(name + ".b"))
            for module, name in [(layer.norm1, "aln"), (layer.norm2, "oln")]:
                put(module.weight, of(name + ".w"))
                put(module.bias, of(name + ".b"))

    def forward(self, numbers, lengths, share=0.0):
        width = numbers.shape[1]
        inside = torch.arange(width)[None, :] < lengths[:, None]
        x = self.norm(self.words(numbers) + self.places[:width])
        share = share if self.training else 0.0
        x = dropout(x, share)
        mask = torch.zeros(inside.shape).masked_fill(~inside, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask, share)
        return self.ends(x).unbind(-1)
