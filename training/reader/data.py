"""Questions with the windows of text in which they are answered, or are not.

Two sources: the development questions of SQuAD and SQuAD-it (CC BY-SA 4.0), whose folder is an argument, and the
project's own news articles with questions in training/reader/news/. A fifth of the articles of either is kept out.
"""

import json
import math
import random
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

SENTENCE = re.compile(r"(?<=[.!?»”\"])\s+(?=[A-ZÀ-Ý«“\"0-9])|\n+")
WORD = re.compile(r"\w+")


@dataclass
class Paragraph:
    """A text that questions are asked of."""

    id: str
    title: str
    text: str
    language: str
    held_out: bool
    # The articles that tell of the same people and events have one family.
    family: str = ""
    # The name of the file of news that it is in.
    file: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self):
        at = 0
        for gap in SENTENCE.finditer(self.text):
            self.sentences.append((at, gap.start()))
            at = gap.end()
        self.sentences.append((at, len(self.text)))
        self.sentences = [(a, b) for a, b in self.sentences if a < b]
        self.words = [set(words(self.text[a:b])) for a, b in self.sentences]


@dataclass
class Question:
    """A question with the places of its right answers in a paragraph; none if it does not answer."""

    id: str
    text: str
    language: str
    paragraph: Paragraph
    answers: list[tuple[int, int]]
    source: str
    # Of a question of yes or no, which of them.
    truth: bool | None = None
    # The other articles of the family that answer it too.
    also: tuple[str, ...] = ()

    @property
    def is_news(self) -> bool:
        return self.source in ("news", "family")


def is_held_out(number: int) -> bool:
    return number % 5 == 2


def _squad(path: Path, language: str) -> tuple[dict[str, Paragraph], list[Question]]:
    paragraphs, questions = {}, []
    for a, article in enumerate(json.loads(path.read_text())["data"]):
        title = article["title"].replace("_", " ")
        for p, row in enumerate(article["paragraphs"]):
            id = row.get("id", f"a{a:02}p{p:03}")
            paragraph = Paragraph(id, title, row["context"], language, is_held_out(a))
            paragraphs[id] = paragraph
            for qa in row["qas"]:
                places = [(x["answer_start"], x["answer_start"] + len(x["text"])) for x in qa["answers"]]
                places = [(s, e) for s, e in places if 0 <= s < e <= len(row["context"])]
                if places:
                    questions.append(Question(qa["id"], qa["question"], language, paragraph, places, "squad"))
    return paragraphs, questions


def squad(folder: Path) -> tuple[dict[str, dict[str, Paragraph]], list[Question]]:
    """Italian on Italian, English on English, and either on the other where the same question is in both."""
    italian, on_italian = _squad(folder / "squad-it.dev.json", "it")
    english, on_english = _squad(folder / "squad-en.dev.json", "en")
    questions = on_italian + on_english
    text = {q.id: q.text for q in on_italian}
    for question in on_english:
        if question.id in text:
            questions.append(Question(question.id, text[question.id], "it", question.paragraph, question.answers, "turned"))
    for line in (folder / "cross-en-it.dev.jsonl").read_text().splitlines():
        row = json.loads(line)
        paragraph = italian[row["paragraph"]]
        places = [(paragraph.text.find(a), paragraph.text.find(a) + len(a)) for a in row["answers"]]
        places = [place for place in places if place[0] >= 0]
        if places:
            questions.append(Question(row["id"], row["question"], "en", paragraph, places, "crossed"))
    return {"it": italian, "en": english}, questions


def news(folder: Path) -> tuple[dict[str, Paragraph], list[Question]]:
    """The project's own articles, whole; a question without an answer has no place. Those of a family stand together."""
    paragraphs, questions = {}, []
    for path in sorted(folder.glob("*.jsonl")):
        # The articles of a family are kept out together or not at all.
        units: dict[str, int] = {}
        for line in path.read_text().splitlines():
            row = json.loads(line)
            family = row.get("family", "")
            held_out = is_held_out(units.setdefault(family or row["id"], len(units)))
            paragraph = Paragraph(row["id"], row["title"], row["text"], row["language"], held_out, family, path.stem)
            paragraphs[row["id"]] = paragraph
            for i, asked in enumerate(row["questions"]):
                answer, places = asked["answer"], []
                if answer:
                    context = asked.get("context", answer)
                    start = row["text"].index(context) + context.index(answer)
                    places = [(start, start + len(answer))]
                id = f"{row['id']}-{i}"
                source = "family" if family else "news"
                told = asked.get("truth"), tuple(asked.get("also", ()))
                questions.append(Question(id, asked["question"], asked["language"], paragraph, places, source, *told))
    return paragraphs, questions


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    return WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


class Search:
    """BM25 over paragraphs, to find those that resemble the one that answers."""

    def __init__(self, paragraphs: dict[str, Paragraph]):
        self.ids = list(paragraphs)
        self.lengths = []
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for i, id in enumerate(self.ids):
            counts = Counter(words(paragraphs[id].text))
            self.lengths.append(sum(counts.values()))
            for word, count in counts.items():
                self.postings[word].append((i, count))
        self.average = sum(self.lengths) / len(self.lengths)

    def nearest(self, text: str, count: int) -> list[str]:
        scores: Counter = Counter()
        for word in set(words(text)):
            postings = self.postings.get(word, ())
            rarity = math.log(1 + len(self.ids) / (1 + len(postings)))
            for i, times in postings:
                scores[i] += rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * self.lengths[i] / self.average))
        return [self.ids[i] for i, _ in scores.most_common(count)]


def as_typed(text: str, chance: random.Random) -> str:
    """The question as people type it: now and then without capitals, accents or question mark."""
    roll = chance.random()
    if roll < 0.08:
        text = text.rstrip(" ?")
    if roll < 0.05:
        text = text.lower()
    if roll < 0.02:
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return text


def window(paragraph: Paragraph, wanted: tuple[int, int] | None, length: int, chance: random.Random) -> tuple[int, int]:
    """A stretch of whole sentences of about `length` characters, round `wanted` or anywhere."""
    sentences = paragraph.sentences
    if wanted is None:
        first = last = chance.randrange(len(sentences))
    else:
        first = next((i for i, (_, b) in enumerate(sentences) if b > wanted[0]), len(sentences) - 1)
        last = max(first, next((i for i, (_, b) in enumerate(sentences) if b >= wanted[1]), len(sentences) - 1))
    while sentences[last][1] - sentences[first][0] < length:
        sides = [side for side, open in (("left", first > 0), ("right", last + 1 < len(sentences))) if open]
        if not sides:
            break
        if chance.choice(sides) == "left":
            first -= 1
        else:
            last += 1
    return sentences[first][0], sentences[last][1]


def decoy(paragraph: Paragraph, question: str, chance: random.Random) -> tuple[int, int] | None:
    """Most often the sentence with the most words of a question that the paragraph does not answer: search finds that
    one, and what stands there is of the right sort. Otherwise, and where there is no such sentence, none."""
    asked = {word for word in words(question) if len(word) > 3}
    shared = [len(asked & some) for some in paragraph.words]
    if chance.random() < 0.3 or max(shared) == 0:
        return None
    return chance.choice([place for place, count in zip(paragraph.sentences, shared) if count == max(shared)])


class Distractors:
    """Windows that resemble the one that answers a question, and do not answer it."""

    def __init__(self, paragraphs: dict[str, dict[str, Paragraph]], articles: dict[str, Paragraph], asked: list[Question]):
        """Of SQuAD's paragraphs by language and the news articles; `asked` are all questions on either."""
        news = {
            language: {k: p for k, p in articles.items() if p.language == language and not p.held_out}
            for language in ("it", "en")
        }
        self.known = {False: paragraphs, True: news}
        self.searches = {
            of_news: {language: Search(some) for language, some in known.items()} for of_news, known in self.known.items()
        }
        self.families: dict[str, list[Paragraph]] = defaultdict(list)
        for paragraph in articles.values():
            self.families[paragraph.family].append(paragraph)
        # A question on a paragraph of the other language is looked for in the words of its twin.
        self.native = {(q.id, q.language): q.text for q in asked}

    def near(self, question: Question, length: int, chance: random.Random) -> tuple[Paragraph, tuple[int, int]] | None:
        """A paragraph and its stretch of about `length` characters; now and then there is none."""
        paragraph = question.paragraph
        siblings = [p for p in self.families[paragraph.family] if p is not paragraph and p.id not in question.also]
        if paragraph.family and siblings and chance.random() < 0.6:
            # It speaks of the same people, and so may name the answer without answering.
            other = chance.choice(siblings)
            return other, window(other, decoy(other, question.text, chance), length, chance)
        if question.answers and chance.random() < 0.4 and len(paragraph.sentences) > 3:
            other, stretch = paragraph, window(paragraph, None, length // 2, chance)
        else:
            known = self.known[question.is_news][paragraph.language]
            key = self.native.get((question.id, paragraph.language), question.text)
            near = self.searches[question.is_news][paragraph.language].nearest(key, 6)
            near = [known[i] for i in near if i != paragraph.id and not known[i].held_out and i not in question.also]
            if not near:
                return None
            other = chance.choice(near)
            stretch = window(other, None, length, chance)
        said = other.text[slice(*stretch)].lower()
        return None if any(paragraph.text[a:b].lower() in said for a, b in question.answers) else (other, stretch)
