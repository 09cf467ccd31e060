"""Questions with the passages that the program ranks for them by words alone.

The same questions as the reader's (training/reader/data.py): the development questions of SQuAD and SQuAD-it, in Italian and
English on either, and those on the project's own news. A fifth of the articles is kept out of the training.
"""

import json
import subprocess
import sys
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "reader"))

import data  # noqa: E402
from tokenizer import Tokenizer  # noqa: E402

LONGEST = 256
DEPTH = 60


@dataclass
class Passage:
    """The pieces of a passage, marks at both ends among them, and where its sentences begin and end there; no
    sentences where there is only one."""

    article: str
    pieces: list[int]
    sentences: list[tuple[int, int]]


@dataclass
class Question:
    """The pieces of a question; passages by their numbers."""

    text: str
    language: str
    pieces: list[int]
    article: str
    held_out: bool
    # Those that hold the answer.
    right: set[int]
    # Others that may answer it as well.
    doubtful: set[int]
    # The best by words, the best first, with scores as shares of the first one's.
    ranked: dict[int, float]


@dataclass
class Corpus:
    """Passages, and questions on them."""

    name: str
    passages: list[Passage]
    questions: list[Question]


def corpora(folder: Path, work: Path, program: Path, tokenizer: Tokenizer) -> list[Corpus]:
    """The Italian paragraphs, the English ones, and the news, indexed and asked by `program` under `work`."""
    paragraphs, questions = data.squad(folder)
    articles, asked = data.news(Path(data.__file__).parent / "news")
    made = [_corpus(f"squad-{language}", some, questions, work, program, tokenizer) for language, some in paragraphs.items()]
    return [*made, _corpus("news", articles, asked, work, program, tokenizer)]


def _corpus(name: str, paragraphs: dict[str, data.Paragraph], questions: list[data.Question], work: Path,
            program: Path, tokenizer: Tokenizer) -> Corpus:
    asked = [q for q in questions if q.answers and paragraphs.get(q.paragraph.id) is q.paragraph]
    texts = {id: (p.title + "\n\n" if name == "news" else "") + p.text for id, p in paragraphs.items()}
    number: dict[tuple[str, int, int], int] = {}
    found = []
    for answer in _answers(work / name, texts, [q.text for q in asked], program):
        hits = {}
        for hit in answer.get("passages") or []:
            place = hit["article"], hit["start"], hit["end"]
            hits[number.setdefault(place, len(number))] = hit["score"]
        found.append(hits)
    of_article: dict[str, list[tuple[int, int, int]]] = {}
    for (article, start, end), i in number.items():
        of_article.setdefault(article, []).append((start, end, i))
    raw = {id: text.encode() for id, text in texts.items()}
    plain = [raw[article][start:end].decode() for article, start, end in number]
    passages = [_passage(article, text, tokenizer) for (article, _, _), text in zip(number, plain)]
    made = []
    for question, hits in zip(asked, found):
        id = question.paragraph.id
        shift = len(texts[id]) - len(question.paragraph.text)
        places = [[len(texts[id][:shift + at].encode()) for at in answer] for answer in question.answers]
        right = {i for start, end, i in of_article.get(id, ()) if any(start <= a and b <= end for a, b in places)}
        if not right or not hits:
            continue
        said = [question.paragraph.text[a:b].lower() for a, b in question.answers]
        doubtful = {i for _, _, i in of_article[id] if any(words in plain[i].lower() for words in said)} - right
        doubtful.update(i for other in question.also for _, _, i in of_article.get(other, ()))
        best = max(hits.values())
        ranked = {i: score / best for i, score in hits.items()}
        made.append(Question(question.text, question.language, _pieces(question.text, tokenizer)[0], id,
                             question.paragraph.held_out, right, doubtful, ranked))
    return Corpus(name, passages, made)


def _answers(work: Path, texts: dict[str, str], questions: list[str], program: Path) -> list[dict]:
    """What `program` answers to each question of a folder of `texts`."""
    corpus, index = work / "corpus", work / "index"
    corpus.mkdir(parents=True, exist_ok=True)
    for id, text in texts.items():
        (corpus / f"{id}.txt").write_text(text)
    where = ["--corpus", corpus, "--index", index, "--quiet"]
    subprocess.run([program, "index", *where, "--no-vectors"], check=True)
    lines = "".join(json.dumps({"question": text}) + "\n" for text in questions)
    options = ["--reader", "off", "--passages", str(DEPTH), "--today", "2024-06-01"]
    out = subprocess.run([program, "batch", *where, *options], input=lines, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def _pieces(text: str, tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """The pieces with the marks, and where the pieces begin in the text."""
    found = tokenizer.segment(text)[:LONGEST]
    return [tokenizer.begin, *(piece.number for piece in found), tokenizer.end], [piece.start for piece in found]


def _passage(article: str, text: str, tokenizer: Tokenizer) -> Passage:
    text = text.strip()
    pieces, starts = _pieces(text, tokenizer)
    spans, at = [], 0
    for gap in data.SENTENCE.finditer(text):
        spans.append((at, gap.start()))
        at = gap.end()
    spans.append((at, len(text)))
    # The mark stands before the first piece.
    places = [(1 + bisect_left(starts, a), 1 + bisect_left(starts, b)) for a, b in spans if len(spans) > 1]
    return Passage(article, pieces, [(first, last) for first, last in places if first < last])
