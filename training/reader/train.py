"""Trains the reader: `python train.py --data FOLDER --work FOLDER` (PyTorch on the CPU, in mixed precision,
about 1.4 seconds a step on two cores that multiply bfloat16).

FOLDER of `--data` holds squad-it.dev.json, squad-en.dev.json and cross-en-it.dev.jsonl. In `--work` the base model is kept,
and a checkpoint every few minutes; a second run goes on from it. `export.py` makes the model file of the last one.
"""

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import base
import data
from model import Reader
from tokenizer import Tokenizer, numbers

LONGEST_QUESTION = 48
LONGEST_INPUT = 256
BATCH_PIECES = 2600
RATE, WARM_UP, DECAY, DROPOUT = 1.2e-4, 0.06, 0.01, 0.1
# How much of the running mean of the weights a step keeps.
MEAN_OVER = 0.998
# What yes or no counts beside the words that decide it.
TRUTH_SHARE = 1.0


@dataclass
class Example:
    """Pieces `<s> question </s></s> title </s> window </s>`, and the right first and last pieces; 0 and 0 for "not here".

    `truth` is 1 for yes, 0 for no, -1 for neither.
    """

    numbers: np.ndarray
    start: int
    end: int
    truth: float = -1.0


class Encoder:
    """Makes examples; texts are segmented once."""

    def __init__(self, tokenizer: Tokenizer):
        self.tokenizer = tokenizer
        self.known: dict[str, list] = {}

    def pieces(self, text: str):
        if text not in self.known:
            self.known[text] = self.tokenizer.segment(text)
        return self.known[text]

    def example(self, question: str, title: str, text: str, stretch, answer, truth=None) -> Example | None:
        t = self.tokenizer
        inside = [p for p in self.pieces(text) if p.start >= stretch[0] and p.end <= stretch[1] and p.end > p.start]
        head = [t.begin, *numbers(self.pieces(question))[:LONGEST_QUESTION], t.end, t.end]
        if title:
            head += [*numbers(self.pieces(title))[:24], t.end]
        inside = inside[: LONGEST_INPUT - len(head) - 1]
        all = np.array([*head, *(p.number for p in inside), t.end], np.int64)
        if answer is None:
            return Example(all, 0, 0)
        first = next((i for i, p in enumerate(inside) if p.end > answer[0]), None)
        last = next((i for i, p in enumerate(inside) if p.end >= answer[1]), None)
        if first is None or last is None or last < first:
            return None
        return Example(all, len(head) + first, len(head) + last, -1.0 if truth is None else float(truth))


def examples(folder: Path, encoder: Encoder, given: argparse.Namespace, chance: random.Random) -> list[Example]:
    """One pass: each question with its window, some with windows that do not answer.

    Of SQuAD's questions the share `general` is taken, of those on articles with and without a family the shares
    `family` and `single`, of those in a file of `passes` the share that it names. Of questions on news that `hardness.py`
    found easy only the share `easy` of these.
    """
    paragraphs, questions = data.squad(folder)
    articles, asked = data.news(Path(__file__).parent / "news")
    distractors = data.Distractors(paragraphs, articles, questions + asked)
    # How many passes over each source.
    share = {"squad": given.general, "crossed": 0.9 * given.general, "turned": 0.45 * given.general,
             "news": given.single, "family": given.family}
    of_file = {name: float(count) for name, count in (each.split("=") for each in given.passes)}
    easy = json.loads(given.easy_ids.read_text()) if given.easy_ids else []
    easy = {id: given.easy for id in easy}
    found = []

    def add(question, paragraph, stretch, answer, titled, truth=None):
        title = paragraph.title if chance.random() < titled else ""
        made = encoder.example(data.as_typed(question, chance), title, paragraph.text, stretch, answer, truth)
        if made:
            found.append(made)

    for question in questions + asked:
        if question.paragraph.held_out:
            continue
        # Of the questions for yes or no about a third are for yes.
        times = of_file.get(question.paragraph.file, share[question.source]) * (1.8 if question.truth else 1.0)
        times *= easy.get(question.id, 1.0)
        for _ in range(int(times) + (chance.random() < times % 1)):
            titled = 0.85 if question.is_news else 0.5
            length = chance.choice([120, 300, 450, 600, 800] if question.is_news else [200, 350, 500, 800])
            answer = chance.choice(question.answers) if question.answers else None
            shown = answer or data.decoy(question.paragraph, question.text, chance)
            stretch = data.window(question.paragraph, shown, length, chance)
            add(question.text, question.paragraph, stretch, answer, titled, question.truth)
            if chance.random() < (given.distract if question.is_news else 0.5 * given.distract):
                other = distractors.near(question, length, chance)
                if other:
                    add(question.text, *other, None, titled)
    return found


def batches(found: list[Example], chance: random.Random) -> list[list[Example]]:
    """Examples of like length together, at most so many pieces a batch."""
    found = sorted(found, key=lambda e: len(e.numbers) + chance.random() * 24)
    made: list[list[Example]] = [[]]
    for example in found:
        if made[-1] and len(example.numbers) * (len(made[-1]) + 1) > BATCH_PIECES:
            made.append([])
        made[-1].append(example)
    chance.shuffle(made)
    return made


def tensors(batch: list[Example], padding: int):
    width = max(len(e.numbers) for e in batch)
    all = np.full((len(batch), width), padding, np.int64)
    for row, example in zip(all, batch):
        row[: len(example.numbers)] = example.numbers
    of = [torch.tensor([getattr(e, name) for e in batch]) for name in ("start", "end", "truth")]
    return torch.from_numpy(all), torch.tensor([len(e.numbers) for e in batch]), *of


def answerable(numbers: torch.Tensor, lengths: torch.Tensor, end: int) -> torch.Tensor:
    """The places that an answer may take: the window's, after the last but one `</s>`, and the first."""
    width = numbers.shape[1]
    ends = numbers == end
    after = ends.cumsum(1)
    marks = ends.sum(1, keepdim=True)
    places = torch.arange(width)[None, :]
    return ((after == marks - 1) & ~ends & (places < lengths[:, None])) | (places == 0)


def loss(reader: Reader, batch, padding: int, end: int, dropout: float) -> torch.Tensor:
    all, lengths, start, stop, truth = tensors(batch, padding)
    with torch.autocast("cpu", torch.bfloat16):
        starts, ends, yes = (scores.float() for scores in reader(all, lengths, dropout))
    allowed = answerable(all, lengths, end)
    span = sum(F.cross_entropy(s.masked_fill(~allowed, -1e4), t) for s, t in ((starts, start), (ends, stop))) / 2
    told = truth >= 0
    verdict = F.binary_cross_entropy_with_logits(yes[:, 0][told], truth[told], reduction="sum") / len(batch)
    return span + TRUTH_SHARE * verdict


def vocabulary(weights: Path, folder: Path, work: Path):
    """The base model with its vocabulary trimmed to what Italian and English need."""
    whole, layers, words = base.load(weights)
    path = work / "pieces.json"
    if not path.exists():
        import wordfreq  # The commonest words of both languages decide which pieces stay.

        from tokenizer import trimmed

        texts = []
        for language in ("it", "en"):
            common = wordfreq.top_n_list(language, 60_000)
            texts += common + [w.capitalize() for w in common[:40_000]] + [w.upper() for w in common[:2_000]]
        known, questions = data.squad(folder)
        texts += [p.text for some in known.values() for p in some.values()] + [q.text for q in questions]
        path.write_text(json.dumps(trimmed(whole, texts)))
    kept = json.loads(path.read_text())
    return Tokenizer(whole, kept), layers, words[kept]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--general", type=float, default=1.0, help="share of the SQuAD questions taken (default 1)")
    options.add_argument("--family", type=float, default=1.0, help="share of the questions on articles of a family")
    options.add_argument("--single", type=float, default=1.0, help="share of the questions on articles without a family")
    options.add_argument("--passes", nargs="*", default=[], metavar="NAME=SHARE",
                         help="share of the questions of a file of news, instead of the two above")
    options.add_argument("--easy-ids", type=Path, help="what hardness.py wrote: the questions that the reader reads well")
    options.add_argument("--easy", type=float, default=1.0, help="share of those")
    options.add_argument("--distract", type=float, default=0.7,
                         help="share of the questions on news that are also asked of a window that does not answer")
    options.add_argument("--start", type=Path, help="a checkpoint of an earlier run whose weights this one begins with")
    options.add_argument("--rate", type=float, default=RATE, help=f"the highest learning rate (default {RATE})")
    given = options.parse_args()
    torch.manual_seed(given.seed)
    chance = random.Random(given.seed)

    tokenizer, layers, words = vocabulary(base.fetch(given.work), given.data, given.work)
    reader = Reader(base.blocks_to_rows(words.reshape(-1), 384), layers)
    if given.start:
        reader.load_state_dict(torch.load(given.start)["reader"])
    found = examples(given.data, Encoder(tokenizer), given, chance)
    made = batches(found, chance)
    print(f"{len(found)} examples, {sum(e.start == 0 for e in found)} without an answer, {len(made)} batches, "
          f"{sum(len(e.numbers) for e in found)} pieces", flush=True)
    decayed = [p for p in reader.parameters() if p.requires_grad and p.ndim > 1]
    plain = [p for p in reader.parameters() if p.requires_grad and p.ndim == 1]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}], given.rate)
    steps = len(made)
    warm = int(WARM_UP * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min((i + 1) / warm, max(0.02, (steps - i) / (steps - warm))))

    # The running mean of the weights; it is smoother than any of them.
    learned = {name: weight for name, weight in reader.named_parameters() if weight.requires_grad}
    mean_weights = {name: weight.detach().clone() for name, weight in learned.items()}
    saved, first = given.work / "checkpoint.pt", 0
    if saved.exists():
        state = torch.load(saved)
        reader.load_state_dict(state["reader"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        mean_weights, first = state.get("mean") or mean_weights, state["step"]
    reader.train()
    begun, mean = time.time(), None
    for step in range(first, steps):
        now = loss(reader, made[step], tokenizer.padding, tokenizer.end, DROPOUT)
        optimiser.zero_grad()
        now.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step >= warm:
            with torch.no_grad():
                for name, weight in learned.items():
                    mean_weights[name].lerp_(weight, 1.0 if step == warm else 1 - MEAN_OVER)
        mean = now.item() if mean is None else 0.98 * mean + 0.02 * now.item()
        if (step + 1) % 50 == 0:
            print(f"{step + 1}/{steps} loss {mean:.3f} {time.time() - begun:.0f} s", flush=True)
        if (step + 1) % 100 == 0 or step + 1 == steps:
            torch.save({"reader": reader.state_dict(), "optimiser": optimiser.state_dict(),
                        "schedule": schedule.state_dict(), "mean": mean_weights, "step": step + 1}, saved.with_suffix(".new"))
            saved.with_suffix(".new").rename(saved)


if __name__ == "__main__":
    main()
