"""Finds the questions on news that a reader reads well: `python hardness.py --data FOLDER --work FOLDER --reader CHECKPOINT
--out FILE` (25 minutes on two cores for 32,000 questions).

FILE becomes a list of the questions' ids, for `train.py --easy-ids`, so that a further run learns from the others above all.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import torch

import base
import data
import train
from model import Reader

WINDOW, LONGEST_ANSWER, BATCH = 600, 40, 32
# A question is read well if the words found have this F1 and these log odds against "not here", or, without an answer, if
# the log odds of the likeliest words are so low.
LEAST_F1, LEAST_ODDS, MOST_ODDS = 0.8, 1.5, -2.0


def f1(given: str, wanted: str) -> float:
    given, wanted = data.words(given), data.words(wanted)
    shared = sum((Counter(given) & Counter(wanted)).values())
    return 2 * shared / max(1, len(given) + len(wanted))


def best(starts: np.ndarray, ends: np.ndarray, allowed: np.ndarray) -> tuple[int, int, float]:
    """The likeliest span as places among the allowed ones, and its log odds against "not here"."""
    places = np.flatnonzero(allowed)[1:]
    sums = starts[places][:, None] + ends[places][None, :]
    within = np.triu(np.ones_like(sums, bool)) & ~np.triu(np.ones_like(sums, bool), LONGEST_ANSWER)
    sums = np.where(within, sums, -np.inf)
    first, last = np.unravel_index(sums.argmax(), sums.shape)
    return int(first), int(last), float(sums[first, last] - starts[0] - ends[0])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "work", "reader", "out"):
        options.add_argument(f"--{name}", type=Path, required=True)
    given = options.parse_args()
    tokenizer, layers, words = train.vocabulary(base.fetch(given.work), given.data, given.work)
    reader = Reader(base.blocks_to_rows(words.reshape(-1), 384), layers).eval()
    reader.load_state_dict(torch.load(given.reader)["reader"])
    encoder, chance, items = train.Encoder(tokenizer), random.Random(5), []
    for question in data.news(Path(__file__).parent / "news")[1]:
        if question.paragraph.held_out or question.truth is not None:
            continue
        paragraph, answer = question.paragraph, question.answers[0] if question.answers else None
        shown = answer or data.decoy(paragraph, question.text, chance)
        stretch = data.window(paragraph, shown, WINDOW, chance)
        example = encoder.example(question.text, paragraph.title, paragraph.text, stretch, answer)
        if example:
            items.append((question, stretch, example))
    items.sort(key=lambda item: len(item[2].numbers))
    easy = []
    for at in range(0, len(items), BATCH):
        part = items[at : at + BATCH]
        numbers, lengths, *_ = train.tensors([example for _, _, example in part], tokenizer.padding)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            starts, ends, _ = (scores.float().numpy() for scores in reader(numbers, lengths))
        allowed = train.answerable(numbers, lengths, tokenizer.end).numpy()
        for row, (question, stretch, _) in enumerate(part):
            first, last, odds = best(starts[row], ends[row], allowed[row])
            text, pieces = question.paragraph.text, encoder.pieces(question.paragraph.text)
            inside = [p for p in pieces if p.start >= stretch[0] and p.end <= stretch[1] and p.end > p.start]
            found = text[inside[first].start : inside[last].end]
            if question.answers:
                wanted = text[slice(*question.answers[0])]
                is_easy = odds >= LEAST_ODDS and f1(found, wanted) >= LEAST_F1
            else:
                is_easy = odds <= MOST_ODDS
            if is_easy:
                easy.append(question.id)
    given.out.write_text(json.dumps(sorted(easy)))
    print(f"{len(easy)} of {len(items)} questions are read well")


if __name__ == "__main__":
    main()
