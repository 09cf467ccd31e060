"""Trains the encoder on beside words: `python train.py --data FOLDER --work FOLDER --chiedi PROGRAM` (PyTorch on the CPU,
about 25 minutes on two cores).

FOLDER of `--data` holds squad-it.dev.json, squad-en.dev.json and cross-en-it.dev.jsonl. PROGRAM ranks passages by words
alone; the vectors learn to put right what that gets wrong: the loss is that of the right passage among those of the
batch, once by the cosines of the passage and of its nearest sentence alone, once with the share of words added. All
layers but the word embeddings are trained. `export.py --trained` takes what is written to `--work`.
"""

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import package
import torch
from model import BRANCH, BRANCHES, parts
from ranked import Corpus, Passage, Question, corpora
from tokenizer import Tokenizer, trimmed
from torch.nn import functional as F

STEPS, RATE, WARM_UP = 600, 1.5e-4, 0.06
# A batch: so many questions, and passages until there are so many; the share of batches that are of news.
QUESTIONS, PASSAGES, NEWS = 64, 48, 0.35
# How many passages that resemble the right one come with a question, and from how many of the best.
NEAR, FROM = 3, 12
# What words count beside both cosines, as in the search.
WORDS = 2.0


class Encoder(torch.nn.Module):
    """`model.py`'s forward pass for many texts at once."""

    def __init__(self, part: dict[str, np.ndarray], words: np.ndarray):
        super().__init__()
        self.words = torch.nn.Embedding.from_pretrained(torch.tensor(words))
        self.part = torch.nn.ParameterDict(
            {name.replace(".", "_"): torch.nn.Parameter(torch.tensor(np.ascontiguousarray(values)).float())
             for name, values in part.items()})
        self.scale = torch.nn.Parameter(torch.tensor(math.log(12.0)))

    def _linear(self, name: str, rows: torch.Tensor) -> torch.Tensor:
        bias = name + "_bias"
        return F.linear(rows, self.part[name], self.part[bias] if bias in self.part else None)

    def _normalised(self, name: str, rows: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(rows, rows.shape[-1:], self.part[name + "_weight"], self.part[name + "_bias"], 1e-12)

    def _rows(self, texts: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """A row for each piece, zeros beyond the end of a text, and how many pieces each text has."""
        lengths = torch.tensor([len(text) for text in texts])
        numbers = torch.nn.utils.rnn.pad_sequence([torch.tensor(text) for text in texts], batch_first=True)
        inside = (torch.arange(numbers.shape[1]) < lengths[:, None]).unsqueeze(-1).float()
        words = self.words(numbers)
        projected = self._normalised("norm_projected", self._linear("project", words)) * inside
        found = [words]
        for i, (width, before) in enumerate(BRANCHES):
            rows = projected[..., i * BRANCH:(i + 1) * BRANCH]
            for name in (f"first_{width}", f"second_{width}"):
                padded = F.pad(rows, (0, 0, before, width - 1 - before))
                windows = torch.cat([padded[:, k:k + rows.shape[1]] for k in range(width)], -1)
                rows = (rows + F.relu(self._linear(name, windows))) * inside
            found.append(rows)
        return self._normalised("norm", torch.cat(found, -1)) * inside, lengths.float()

    def _vectors(self, sums: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
        counts = counts.unsqueeze(-1)
        pooled = (F.linear(sums, self.part["pool"]) + counts * self.part["pool_bias"]) / counts.sqrt()
        low, high = self._linear("up", pooled).chunk(2, -1)
        first = F.relu(high + self._linear("direct", F.relu(low)))
        second = F.relu(self._linear("inner", first))
        return F.normalize(torch.tanh(self._linear("out", torch.cat([first, second], -1))), dim=-1)

    def questions(self, asked: list[Question]) -> torch.Tensor:
        """A vector for each."""
        rows, lengths = self._rows([question.pieces for question in asked])
        return self._vectors(rows.sum(1), lengths)

    def cosines(self, asked: list[Question], passages: list[Passage]) -> torch.Tensor:
        """Of each question with each passage: the cosine of the whole and that of the nearest sentence, added."""
        rows, lengths = self._rows([passage.pieces for passage in passages])
        vectors = self.questions(asked)
        whole = vectors @ self._vectors(rows.sum(1), lengths).T
        places = [(i, *place) for i, passage in enumerate(passages) for place in passage.sentences]
        if not places:
            return 2 * whole
        of, first, last = (torch.tensor(each) for each in zip(*places))
        sums = F.pad(rows.cumsum(1), (0, 0, 1, 0))
        each = vectors @ self._vectors(sums[of, last] - sums[of, first], (last - first).float()).T
        best = torch.full_like(whole, -1.0).scatter_reduce(1, of.expand(len(asked), -1), each, "amax")
        single = torch.tensor([not passage.sentences for passage in passages])
        return whole + torch.where(single, whole, best)


class Batches:
    """Questions of one corpus with passages that they are to tell apart: those that answer them, which are passages like the
    right ones to each other's questions, and those that words rank high."""

    def __init__(self, corpus: Corpus, chance: random.Random):
        self.corpus, self.chance = corpus, chance
        kept_out = {question.article for question in corpus.questions if question.held_out}
        self.open = [passage.article not in kept_out for passage in corpus.passages]
        self.asked = [question for question in corpus.questions if not question.held_out]
        self.of_passage: dict[int, list[int]] = {}
        for i, question in enumerate(self.asked):
            for passage in question.right:
                self.of_passage.setdefault(passage, []).append(i)

    def next(self) -> tuple[list[Question], list[int]]:
        """Questions, and passages by their numbers."""
        passages: dict[int, None] = {}
        chosen: dict[int, None] = {}
        while len(chosen) < QUESTIONS:
            i = self._candidate(list(passages))
            question = self.asked[i]
            full = len(passages) >= PASSAGES
            if i in chosen or full and not question.right & passages.keys():
                continue
            chosen[i] = None
            passages[self.chance.choice(sorted(question.right))] = None
            if not full:
                passages.update(dict.fromkeys(self._near(question)))
        return [self.asked[i] for i in chosen], list(passages)

    def _candidate(self, passages: list[int]) -> int:
        """Most often a question that one of the passages answers."""
        if passages and (len(passages) >= PASSAGES or self.chance.random() < 0.8):
            answered = self.of_passage.get(self.chance.choice(passages))
            if answered:
                return self.chance.choice(answered)
        return self.chance.randrange(len(self.asked))

    def _near(self, question: Question) -> list[int]:
        """Passages that words rank high and that do not answer: the first of them, and one of those after."""
        best = [i for i in list(question.ranked)[:FROM] if self.open[i] and i not in question.right | question.doubtful]
        return best[:NEAR] + self.chance.sample(best[NEAR:], min(1, len(best[NEAR:])))


def loss(encoder: Encoder, asked: list[Question], numbers: list[int], corpus: Corpus) -> torch.Tensor:
    cosines = encoder.cosines(asked, [corpus.passages[i] for i in numbers])
    table = [[(q.ranked.get(i, 0.0), i in q.right, i in q.doubtful) for i in numbers] for q in asked]
    words, right, doubtful = torch.tensor(table, dtype=torch.float).unbind(-1)

    def among(scores: torch.Tensor) -> torch.Tensor:
        scores = scores * encoder.scale.exp() - 1e4 * doubtful
        return (scores.logsumexp(1) - (scores - 1e4 * (1 - right)).logsumexp(1)).mean()

    return (among(WORDS * words + cosines) + among(cosines)) / 2


def report(encoder: Encoder, found: list[Corpus]):
    """How often the right passage is first and among five, of the questions that were kept out and the passages that words find
    for them: by words, and with the cosines."""
    with torch.no_grad():
        for corpus in found:
            tally: dict[str, list[list[bool]]] = {}
            for question in [q for q in corpus.questions if q.held_out][::3]:
                numbers = list(question.ranked)
                cosines = encoder.cosines([question], [corpus.passages[i] for i in numbers])[0].tolist()
                row = []
                for share in (0.0, 1.0):
                    scores = [WORDS * question.ranked[i] + share * cosine for i, cosine in zip(numbers, cosines)]
                    order = sorted(range(len(numbers)), key=lambda n: -scores[n])
                    ranks = [rank for rank, n in enumerate(order) if numbers[n] in question.right]
                    row += [bool(ranks) and ranks[0] < depth for depth in (1, 5)]
                tally.setdefault(question.language, []).append(row)
            for language, rows in tally.items():
                print(corpus.name, f"asked in {language}, words @1 @5, with meaning @1 @5:", np.mean(rows, 0).round(3))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--chiedi", type=Path, required=True, help="the program, built")
    given = options.parse_args()
    torch.manual_seed(1)
    chance = random.Random(3)
    whole = package.vocabulary(given.work)
    tensors, words = package.tensors(given.work)
    kept = trimmed(whole, package.texts())
    encoder = Encoder(parts(tensors), words[kept])
    found = corpora(given.data, given.work, given.chiedi, Tokenizer(whole, kept))
    batches = {corpus.name: Batches(corpus, chance) for corpus in found}
    trained = [p for name, p in encoder.named_parameters() if name.startswith("part")]
    optimiser = torch.optim.AdamW([{"params": trained, "lr": RATE}, {"params": [encoder.scale], "lr": 1e-3}], weight_decay=0)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / (STEPS * WARM_UP)) * (1 - step / STEPS))
    begun, sum = time.time(), 0.0
    for step in range(STEPS):
        source = batches["news" if chance.random() < NEWS else chance.choice(("squad-it", "squad-en"))]
        now = loss(encoder, *source.next(), source.corpus)
        optimiser.zero_grad()
        now.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        rate.step()
        sum += now.item()
        if (step + 1) % 25 == 0:
            print(f"{step + 1}/{STEPS} loss {sum / 25:.3f} {time.time() - begun:.0f} s", flush=True)
            sum = 0.0
    torch.save({name: values.detach() for name, values in encoder.part.items()}, given.work / "trained.pt")
    report(encoder, found)


if __name__ == "__main__":
    main()
