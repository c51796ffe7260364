"""Features that the product does not have, measured out of fold on the training part of OHSUMED.

    MEDROUTE_DATA=../shared/data python3 jobs/src/bench/studies.py --page conf/experiments/studies.md

Measured on a stand-in of the product's linear model: words and pairs, the heading and sub-words by TF-IDF of log
counts, scaled by naive-Bayes ratios (S. Wang, C. Manning, 2012), one linear SVM for each class against the rest, and a
softmax vote cross-fitted on out-of-fold margins. Documents of the test part are read for one purpose: to drop their
copies from the citations that two of the studies add. Vocabulary, rarities, ratios and coefficients come from training
folds only, and from the citations that a study adds to them.
"""
import argparse
import gzip
import json
import os
import platform
import re
import sys
import time
from pathlib import Path

import numpy as np
import scipy
import scipy.optimize
import sklearn
from scipy import sparse
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

try:
    import snowballstemmer
except ImportError:
    snowballstemmer = None

SPECIALTIES = ["Cardiology", "Emergency", "Pulmonology", "Gastroenterology", "Dermatology"]
OTHER = "Other"
COMMAND = "python3 jobs/src/bench/studies.py --page conf/experiments/studies.md"
FILES = ["ohsumed.jsonl.gz", "citations.jsonl.gz", "mesh-trees-2022.tsv.gz"]
RULES = Path(__file__).resolve().parents[3] / "conf" / "labels" / "specialties.conf"
TOKEN = r"(?u)[^\W_]+(?:[-'][^\W_]+)*\+?"
HEADING_WEIGHT = 0.6
SECTION_WEIGHT = 0.6
SIDE_WEIGHT = 0.3
COST = 0.3
TOLERANCE = 1e-3
SMOOTHING = 0.1
RIDGE = 3.0
CONFIDENT = 0.9
SELF_WEIGHTS = (0.1, 0.3)
MESH_WEIGHTS = (0.03, 0.3)
RESAMPLES = 1000
SEED = 1


class Progress:
    """Says on standard error how many of the fits are done, and after how many seconds."""

    def __init__(self, total):
        self.total, self.done, self.start = total, 0, time.perf_counter()

    def step(self, what):
        self.done += 1
        self.say(what)

    def say(self, what):
        seconds = time.perf_counter() - self.start
        print(f"[{self.done}/{self.total}] {seconds:.0f} s: {what}", file=sys.stderr, flush=True)


# ---- data


def read_lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def text_of(record):
    return record["title"] or "", record["abstract"] or ""


def normal(text):
    return re.sub(r"\W+", " ", (text or "").lower()).strip()


def keys(record):
    """What gives a copy away: the normalised title, and the first 150 letters of the normalised abstract."""
    title, abstract = map(normal, text_of(record))
    return {key for key in ("t " + title if title else "", "a " + abstract[:150] if abstract else "") if key}


def read_citations(path, known):
    """Citations with an abstract that share no key with each other or with a known document; how many of each went."""
    taken, kept, leaks, copies = set(), [], 0, 0
    for record in read_lines(path):
        if not record["abstract"]:
            continue
        own = keys(record)
        leaks += bool(own & known)
        copies += not own & known and bool(own & taken)
        if not own & known and not own & taken:
            kept.append(record)
        taken |= own
    return kept, leaks, copies


# ---- labels by MeSH headings, by the product's own rules


def listed(block, key):
    """The strings of a list in a block of the configuration."""
    found = re.search(key + r" = \[(.*?)\]", block, re.DOTALL)
    return [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|([^\s,"]+)', found.group(1))] if found else []


class MeshRules:
    """A place in the trees belongs to a class if the nearest marked place at or above it does; see specialties.conf."""

    def __init__(self, rules, trees):
        self.places = {}
        with gzip.open(trees, "rt", encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                number, name = line.rstrip("\n").split("\t")[:2]
                self.places.setdefault(name.lower(), []).append(number)
        conf = re.sub(r"(?m)^\s*#.*$", "", Path(rules).read_text(encoding="utf-8"))
        head, _, carved = conf.partition("carve-outs")
        blocks = re.findall(r"name = (\w+)(.*?)(?=name = |\Z)", head, re.DOTALL)
        self.marks = {name: self.belonging(block) for name, block in blocks}
        for quoted, bare, name in re.findall(r'subtree = (?:"([^"]+)"|(\w+)), leaves = (\w+)', carved):
            self.marks[name].update((place, False) for place in self.places.get((quoted or bare).lower(), []))

    def belonging(self, block):
        marks = {prefix: True for prefix in listed(block, "prefixes")}
        marks.update((place, True) for name in listed(block, "subtrees") for place in self.places.get(name.lower(), []))
        return marks

    def belongs(self, place, marks):
        while place:
            if place in marks:
                return marks[place]
            place = place.rpartition(".")[0]
        return False

    def classes(self, headings):
        """Classes of the headings; None if the table knows none of them."""
        known = [self.places[name.lower()] for name in headings if name.lower() in self.places]
        if not known:
            return None
        places = [place for of in known for place in of]
        return {name for name, marks in self.marks.items() if any(self.belongs(place, marks) for place in places)}

    def labels(self, record):
        """Specialties of the major headings, else of all headings; Other if they name none; None without headings."""
        every = self.classes(record["mesh"])
        if every is None:
            return None
        return sorted(self.classes(record["mesh_major"]) or every) or [OTHER]


# ---- what the studies do to texts


def stemmed(documents):
    """Words by Porter's stemmer, stop words left as they are."""
    stemmer, known = snowballstemmer.stemmer("porter"), {word: word for word in ENGLISH_STOP_WORDS}

    def stem(match):
        word = match.group().lower()
        if word not in known:
            known[word] = stemmer.stemWord(word)
        return known[word]

    return [tuple(re.sub(r"[A-Za-z]+", stem, part) for part in document) for document in documents]


def long_form(short, before):
    """The shortest words before a bracket with the short form's letters in order (A. Schwartz, M. Hearst, 2003)."""
    at = len(before)
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        at -= 1
        while at >= 0 and (before[at].lower() != letter or index == 0 and at > 0 and before[at - 1].isalnum()):
            at -= 1
        if at < 0:
            return None
    found = before[before.rfind(" ", 0, at) + 1:]
    return found if len(found) > len(short) and short.lower() not in found.lower().split() else None


def abbreviations(text):
    """Short forms that the text defines as "long form (SF)", at least one of their letters a capital."""
    found = {}
    for match in re.finditer(r"\(([A-Za-z0-9][A-Za-z0-9-]{1,9})\)", text):
        short = match.group(1)
        if any(letter.isupper() for letter in short):
            words = text[:match.start()].split()[-min(len(short) + 5, 2 * len(short)):]
            long = long_form(short, " ".join(words))
            if long:
                found.setdefault(short, long)
    return found


def expanded(documents):
    """The long form beside its short form wherever that stands outside its definition; how many texts and forms."""
    result, texts, forms = [], 0, 0
    for title, abstract in documents:
        found = abbreviations(title + "\n" + abstract)
        texts, forms = texts + bool(found), forms + len(found)
        for short, long in found.items():
            alone = re.compile(r"(?<![A-Za-z0-9(])" + re.escape(short) + r"(?![A-Za-z0-9])")
            title, abstract = (alone.sub(lambda match: short + " " + long, part) for part in (title, abstract))
        result.append((title, abstract))
    return result, texts, forms


LABEL = re.compile(r"(?:^|(?<=[.?!;)] ))([A-Z][A-Z ,/&-]{2,60}?)(?::|--|\.(?= ))")
SECTIONS = [
    ("conclusions", "CONCLUSION|IMPLICATION"),
    ("results", "RESULT|FINDING|SYNTHES"),
    (
        "methods",
        "METHOD|DESIGN|SETTING|PATIENT|PARTICIPANT|SUBJECT|INTERVENTION|MEASURE|SELECTION|EXTRACTION|SOURCE|IDENTIFI",
    ),
    ("background", "BACKGROUND|OBJECTIVE|PURPOSE|AIM|HYPOTHES|INTRODUCTION|QUESTION"),
]


def section_of(label):
    return next((name for name, words in SECTIONS if re.search(words, label)), None)


def sections(abstract):
    """Sections of a structured abstract: pairs of its kind and its text; empty without labels."""
    found = [(match, section_of(match.group(1))) for match in LABEL.finditer(abstract)]
    found = [(match, name) for match, name in found if name]
    ends = [match.start() for match, _ in found[1:]] + [len(abstract)]
    return [(name, abstract[match.end():end]) for (match, name), end in zip(found, ends)]


def section_words(abstract):
    return [
        name + " " + word
        for name, text in sections(abstract)
        for word in re.findall(TOKEN, text.lower())
        if word not in ENGLISH_STOP_WORDS
    ]


# ---- features


# for analyzers that find no words of their own
PLAIN = {"token_pattern": None, "stop_words": None}


def counts(texts, **settings):
    settings = {"token_pattern": TOKEN, "stop_words": "english", "dtype": np.float64, **settings}
    vectorizer = CountVectorizer(**settings)
    return vectorizer.fit_transform(texts), vectorizer


def frequency(matrix):
    """In how many rows each column is."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1])


def rarity(documents, frequencies):
    return np.log((1 + documents) / (1 + frequencies)) + 1


def tfidf(matrix, rows, fit, least=2):
    """Rows of unit length; the columns that at least two of the rows to fit on have, weighted by their rarity there."""
    frequencies = frequency(matrix[fit])
    kept = np.flatnonzero(frequencies >= least)
    result = matrix[rows][:, kept]
    result.data = (1 + np.log(result.data)) * rarity(len(fit), frequencies[kept])[result.indices]
    return normalize(result)


class Texts:
    """Counts of all documents, which depend on no other document, and features of them as fitted on some."""

    def __init__(self, documents, written=None, marked=False):
        """written: documents whose words are taken apart; marked: with words marked by their section."""
        whole = [title + "\n" + abstract for title, abstract in documents]
        self.pairs, _ = counts(whole, ngram_range=(1, 2))
        self.heading, _ = counts([title for title, _ in documents], ngram_range=(1, 2))
        self.marked = None
        if marked:
            self.marked, _ = counts([abstract for _, abstract in documents], analyzer=section_words, **PLAIN)
        if written is None:
            self.words, vectorizer = counts(whole)
            letters = {"analyzer": "char_wb", "ngram_range": (3, 5), "binary": True}
            self.pieces, _ = counts(vectorizer.get_feature_names_out(), **letters, **PLAIN)
        else:
            self.words, self.pieces = written.words[:len(documents)], written.pieces

    def features(self, rows, fit):
        """Features of the rows, fitted on others."""
        blocks = [
            tfidf(self.pairs, rows, fit),
            tfidf(self.heading, rows, fit) * HEADING_WEIGHT,
            self.subwords(rows, fit),
        ]
        if self.marked is not None:
            blocks.append(tfidf(self.marked, rows, fit) * SECTION_WEIGHT)
        return sparse.hstack(blocks, format="csr")

    def subwords(self, rows, fit):
        """Every word, as rare as it is, is the sum of its pieces; an unknown word is as rare as the rarest."""
        frequencies = frequency(self.words[fit])
        rare = rarity(len(fit), frequencies)
        rare[frequencies == 0] = rare[frequencies > 0].max()
        known = np.flatnonzero(frequencies)
        in_words = frequency(self.pieces[known])
        kept = np.flatnonzero(in_words >= 3)
        pieces = self.pieces[:, kept]
        pieces.data = rarity(len(known), in_words[kept])[pieces.indices]
        words = self.words[rows]
        words.data = (1 + np.log(words.data)) * rare[words.indices]
        return (normalize(words) @ normalize(pieces)).tocsr()


# ---- the model


def ratios(matrix, inside, weights):
    """Log of how much more often the documents inside have each feature than those outside."""

    def share(rows):
        total = np.bincount(matrix.indices, np.repeat(rows, np.diff(matrix.indptr)), matrix.shape[1])
        return np.log(total + SMOOTHING) - np.log(rows.sum() + 2 * SMOOTHING)

    return share(inside * weights) - share(~inside * weights)


def one_vs_rest(matrix, members, weights, counted=None):
    """Coefficients and intercepts, one SVM for each class; counted: how much each document counts in the ratios."""
    counted = np.ones(len(weights)) if counted is None else counted
    coefficients, intercepts = [], []
    for inside in members.T:
        scale = np.sqrt(np.abs(ratios(matrix, inside, counted)))
        scaled = sparse.csr_matrix((matrix.data * scale[matrix.indices], matrix.indices, matrix.indptr), matrix.shape)
        own, rest = weights[inside].sum(), weights[~inside].sum()
        balanced = weights * len(weights) / 2 / np.where(inside, own, rest)
        svm = LinearSVC(C=COST, tol=TOLERANCE, random_state=SEED).fit(scaled, inside, sample_weight=balanced)
        coefficients.append(svm.coef_[0] * scale)
        intercepts.append(svm.intercept_[0])
    return np.array(coefficients), np.array(intercepts)


def margins(model, matrix):
    return matrix @ model[0].T + model[1]


def softmax(values):
    values = np.exp(values - values.max(axis=1, keepdims=True))
    return values / values.sum(axis=1, keepdims=True)


def fit_vote(values, labels):
    """From margins to shares: a slope for each class, drawn to their mean, and an offset, drawn to zero."""
    size = values.shape[1]
    truth = np.eye(size)[labels]

    def loss(parameters):
        slopes, offsets = parameters[:size], parameters[size:]
        shares, apart = softmax(values * slopes + offsets), slopes - slopes.mean()
        error = shares - truth
        total = -np.log((shares * truth).sum(axis=1) + 1e-300).sum() + RIDGE * ((offsets**2).sum() + (apart**2).sum())
        return total, np.r_[(error * values).sum(axis=0) + 2 * RIDGE * apart, error.sum(axis=0) + 2 * RIDGE * offsets]

    start = np.r_[np.ones(size), np.zeros(size)]
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B").x
    return lambda others: softmax(others * found[:size] + found[size:])


def folds(labels, number, seed=SEED):
    return list(StratifiedKFold(number, shuffle=True, random_state=seed).split(labels, labels))


def voted(values, labels):
    """Shares of documents by votes that were fitted on others."""
    result = np.zeros(values.shape)
    for train, test in folds(labels, 5, SEED + 6):
        result[test] = fit_vote(values[train], labels[train])(values[test])
    return result


# ---- tasks


class Task:
    """The training part under one class set; single: rows of exactly one class, the only ones that are measured."""

    def __init__(self, name, classes, records, number):
        self.name, self.classes, self.size = name, classes, len(records)
        self.members = self.membership(record["specialties"] or [OTHER] for record in records)
        several = self.members.sum(axis=1)
        self.weights = np.where(several == 1, 1.0, SIDE_WEIGHT)
        self.single = np.flatnonzero(several == 1)
        self.labels = self.members[self.single].argmax(axis=1)
        self.several, self.none = (several > 1).sum(), (several == 0).sum()
        self.folds = folds(self.labels, number)

    def membership(self, names):
        return np.array([[name in of for name in self.classes] for of in names])

    def outside(self, held_out):
        """Rows to fit on: all but these of the single ones."""
        return np.setdiff1d(np.arange(self.size), self.single[held_out])


def out_of_fold(task, texts, progress, what):
    """Margins of the single documents by models of other folds."""
    result = np.zeros((len(task.single), len(task.classes)))
    for _, test in task.folds:
        fit, held_out = task.outside(test), task.single[test]
        model = one_vs_rest(texts.features(fit, fit), task.members[fit], task.weights[fit])
        result[test] = margins(model, texts.features(held_out, fit))
        progress.step(f"{task.name} {what}")
    return result


def hierarchical(task, texts, progress):
    """In scope or Other, then the specialty by models that never saw a document of Other; P = P(in scope) P(class)."""
    other = task.classes.index(OTHER)
    own = [index for index in range(len(task.classes)) if index != other]
    scope, classes = np.zeros((len(task.single), 2)), np.zeros((len(task.single), len(own)))
    for _, test in task.folds:
        fit, held_out = task.outside(test), task.single[test]
        matrix, unseen = texts.features(fit, fit), texts.features(held_out, fit)
        inside = ~task.members[fit, other]
        first = one_vs_rest(matrix, inside[:, None], task.weights[fit])
        second = one_vs_rest(matrix[inside], task.members[fit][inside][:, own], task.weights[fit][inside])
        scope[test] = margins(first, unseen) * [-1, 1]
        classes[test] = margins(second, unseen)
        progress.step(f"{task.name} hierarchy")
    return chained(task, scope, classes, own, other)


def chained(task, scope, classes, own, other):
    """Both steps calibrated on documents other than those they are applied to."""
    result = np.zeros((len(task.single), len(task.classes)))
    inside = (task.labels != other).astype(int)
    place = np.zeros(len(task.classes), int)
    place[own] = np.arange(len(own))
    for train, test in folds(task.labels, 5, SEED + 6):
        within = train[inside[train] == 1]
        chance = fit_vote(scope[train], inside[train])(scope[test])
        result[np.ix_(test, own)] = chance[:, 1:] * fit_vote(classes[within], place[task.labels[within]])(classes[test])
        result[test, other] = chance[:, 0]
    return result


def nested_vote(task, texts, train):
    """The vote of a fold's training part alone, by cross-validation inside of it."""
    labels, values = task.labels[train], np.zeros((len(train), len(task.classes)))
    outer = np.setdiff1d(np.arange(len(task.single)), train)
    for _, test in folds(labels, 3):
        fit, held_out = task.outside(np.r_[outer, train[test]]), task.single[train[test]]
        model = one_vs_rest(texts.features(fit, fit), task.members[fit], task.weights[fit])
        values[test] = margins(model, texts.features(held_out, fit))
    return fit_vote(values, labels)


class Added:
    """Base, self-training and citations labelled by MeSH."""

    def __init__(self, task, texts, labels, progress):
        """labels: of the citations, which stand behind the task's documents in the texts; None for no label."""
        self.task, self.texts, self.progress = task, texts, progress
        self.labelled = np.flatnonzero([of is not None for of in labels])
        self.mesh = task.membership(of or [] for of in labels)
        self.citations = task.size + np.arange(len(labels))
        names = ["base"]
        names += [f"self-training, weight {weight}" for weight in SELF_WEIGHTS]
        names += [f"citations labelled by MeSH, weight {weight}" for weight in MESH_WEIGHTS]
        self.margins = {name: np.zeros((len(task.single), len(task.classes))) for name in names}
        self.guessed = []

    def run(self):
        for train, test in self.task.folds:
            self.fold(train, test)
        return self.margins

    def fold(self, train, test):
        task, names = self.task, iter(self.margins)
        fit, held_out = task.outside(test), task.single[test]
        base = one_vs_rest(self.texts.features(fit, fit), task.members[fit], task.weights[fit])
        self.keep(next(names), base, self.texts.features(held_out, fit), test)
        extra = margins(base, self.texts.features(self.citations, fit))
        shares = nested_vote(task, self.texts, train)(extra)
        self.progress.step(f"{task.name} vote inside the fold")
        sure = np.flatnonzero(shares.max(axis=1) >= CONFIDENT)
        self.guessed.append(len(sure))
        guesses = np.eye(len(task.classes), dtype=bool)[shares.argmax(axis=1)]
        for added, members, weights in ((sure, guesses, SELF_WEIGHTS), (self.labelled, self.mesh, MESH_WEIGHTS)):
            self.enlarged(fit, test, added, members[added], {next(names): weight for weight in weights})

    def enlarged(self, fit, test, added, members, weights):
        """Fits on citations, too: words and rarities from all, a citation as much in ratios and fit as it weighs."""
        task = self.task
        rows = np.r_[fit, self.citations[added]]
        matrix = self.texts.features(rows, rows)
        unseen = self.texts.features(task.single[test], rows)
        for name, weight in weights.items():
            more = np.full(len(added), weight)
            counted = np.r_[np.ones(len(fit)), more]
            model = one_vs_rest(matrix, np.r_[task.members[fit], members], np.r_[task.weights[fit], more], counted)
            self.keep(name, model, unseen, test)

    def keep(self, name, model, unseen, test):
        self.margins[name][test] = margins(model, unseen)
        self.progress.step(f"{self.task.name} {name}")


# ---- measures


def coverage(shares, labels, precision):
    """Largest share of the most confident documents whose classes are right so often."""
    order = np.argsort(-shares.max(axis=1), kind="stable")
    right = np.cumsum((shares.argmax(axis=1) == labels)[order]) / np.arange(1, len(labels) + 1)
    enough = np.flatnonzero(right >= precision)
    return (enough[-1] + 1) / len(labels) if len(enough) else 0.0


def macro_f1(matrix):
    """Of a confusion matrix, truth by rows."""
    sums = matrix.sum(axis=0) + matrix.sum(axis=1)
    return np.mean(2 * np.diag(matrix) / np.maximum(sums, 1))


def resampled(labels, shares, size):
    """Macro-F1 of bootstrap resamples of the documents, the same for all rows of a task."""
    random, cells = np.random.RandomState(SEED), labels * size + shares.argmax(axis=1)
    drawn = (cells[random.randint(len(cells), size=len(cells))] for _ in range(RESAMPLES))
    return np.array([macro_f1(np.bincount(of, minlength=size * size).reshape(size, size)) for of in drawn])


def table(task, results):
    size, labels = len(task.classes), task.labels
    lines = [
        "| row | accuracy | macro-F1 | more than base | log loss | coverage at .95 | at .99 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    first = results["base"]
    base_f1, base_resampled = f1_score(labels, first.argmax(axis=1), average="macro"), resampled(labels, first, size)
    for name, shares in results.items():
        said = shares.argmax(axis=1)
        f1 = f1_score(labels, said, average="macro")
        low, high = np.percentile(resampled(labels, shares, size) - base_resampled, [2.5, 97.5])
        more = "-" if name == "base" else f"{f1 - base_f1:+.4f} [{low:+.4f}, {high:+.4f}]"
        loss = -np.log(np.maximum(shares[np.arange(len(labels)), labels], 1e-300)).mean()
        cover = " | ".join(f"{coverage(shares, labels, precision):.3f}" for precision in (0.95, 0.99))
        lines.append(f"| {name} | {accuracy_score(labels, said):.4f} | {f1:.4f} | {more} | {loss:.4f} | {cover} |")
    return "\n".join(lines)


# ---- the run


HEAD = """# Features that were not built

Written by `jobs/src/bench/studies.py`; do not edit. What features would bring that the product does not have,
measured out of fold ({folds} folds) on the training part of OHSUMED, on a scikit-learn stand-in of the product's
linear model. Run it with
`MEDROUTE_DATA=../shared/data OMP_NUM_THREADS=1 {command}`.

Python {python}, scikit-learn {sklearn}, numpy {numpy}, scipy {scipy}.

- "More than base" is the paired difference of macro-F1 with the 95 % interval of {resamples:,} bootstrap resamples of
  the documents. Coverage: the largest share of the most confident documents that are right so often. Probabilities
  come from a vote cross-fitted on out-of-fold margins.
- Stems: words, pairs and heading by Porter's stemmer, stop words as they are; sub-words are those of the words as
  written.{stems}
- Abbreviations: {defining:,} of {documents:,} documents define {forms:,} (A. Schwartz, M. Hearst, 2003); the long form
  is put beside the short one.
- Sections: {sectioned:,} of {documents:,} documents have labels such as METHODS; their words, marked by the kind of
  section, are one more block.
- Added citations: {citations:,} with an abstract, without {leaks:,} whose title or abstract stands in OHSUMED (either
  part) and {copies:,} copies of each other. Vocabulary and rarity come from the training folds and all citations added
  to them; in ratios and fit a citation counts by its weight.
- Self-training: one round; the citations to which the model of the fold's training part gives a class with
  probability {confident} or more, whatever their headings.
- MeSH: {labelled:,} citations have headings that conf/labels/specialties.conf decides on (major ones first),
  {other:,} of them Other and {several:,} several specialties, of which each counts. On S5 those of Other count against
  every class.
- Hierarchy (S6): a model of in scope or Other, then one of the specialties that was fitted without documents of Other;
  P(class) = P(in scope) P(class | in scope), both calibrated by cross-fitted votes."""


class Studies:
    """Reads the data, counts its words, measures every study and writes the page."""

    def __init__(self, data, number):
        everything = read_lines(data / FILES[0])
        self.number = number
        self.records = [record for record in everything if record["split"] == "train"]
        self.documents = [text_of(record) for record in self.records]
        known = set().union(*map(keys, everything))
        self.citations, self.leaks, self.copies = read_citations(data / FILES[1], known)
        rules = MeshRules(RULES, data / FILES[2])
        self.labels = [rules.labels(record) for record in self.citations]
        stems = int(snowballstemmer is not None)
        self.progress = Progress(number * (2 * (6 + 2 + stems) + 1))
        self.progress.say("texts read")

    def count(self):
        """Counts of the texts, and of the texts as each study changes them."""
        base = Texts(self.documents + [text_of(record) for record in self.citations])
        self.base, self.changed = base, {}
        if snowballstemmer is not None:
            self.changed["Porter stems of words"] = Texts(stemmed(self.documents), written=base)
        texts, self.defining, self.forms = expanded(self.documents)
        self.changed["abbreviations expanded"] = Texts(texts)
        self.changed["words marked by their section"] = Texts(self.documents, written=base, marked=True)
        self.sectioned = sum(bool(sections(abstract)) for _, abstract in self.documents)
        self.progress.say("texts counted")

    def task(self, name, classes):
        """Shares by row, base first."""
        task = Task(name, classes, self.records, self.number)
        added = Added(task, self.base, self.labels, self.progress)
        values = added.run()
        changed = {what: out_of_fold(task, texts, self.progress, what) for what, texts in self.changed.items()}
        values = {"base": values.pop("base"), **changed, **values}
        results = {what: voted(of, task.labels) for what, of in values.items()}
        if OTHER in classes:
            results["in scope or Other first, then the specialty"] = hierarchical(task, self.base, self.progress)
        return task, results, added

    def page(self):
        self.count()
        parts = [self.head()]
        for name, classes in (("S5", sorted(SPECIALTIES)), ("S6", sorted(SPECIALTIES) + [OTHER])):
            task, results, added = self.task(name, classes)
            several, none = task.several, task.none
            guessed = ", ".join(f"{number:,}" for number in added.guessed)
            parts.append(
                f"## {name}\n\n{len(task.single):,} documents are measured; {several:,} of several classes"
                + (f" and {none:,} of none" if none else "")
                + f" help at weight {SIDE_WEIGHT}. Self-training takes {guessed} citations (by fold).\n\n"
                + table(task, results)
            )
        return "\n\n".join(parts) + "\n"

    def head(self):
        labelled = [of for of in self.labels if of is not None]
        other = sum(of == [OTHER] for of in labelled)
        several = sum(len(of) > 1 for of in labelled)
        return HEAD.format(
            folds=self.number,
            command=COMMAND,
            python=platform.python_version(),
            sklearn=sklearn.__version__,
            numpy=np.__version__,
            scipy=scipy.__version__,
            resamples=RESAMPLES,
            stems="" if snowballstemmer is not None else " Skipped: snowballstemmer is not installed.",
            defining=self.defining,
            forms=self.forms,
            sectioned=self.sectioned,
            documents=len(self.documents),
            citations=len(self.citations),
            leaks=self.leaks,
            copies=self.copies,
            confident=CONFIDENT,
            labelled=len(labelled),
            other=other,
            several=several,
        )


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--page", type=Path, help="file to write the page to")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--allow-missing", action="store_true", help="exit with 0 if the data is missing")
    return parser.parse_args()


def main():
    options = arguments()
    data = Path(os.environ.get("MEDROUTE_DATA", "../shared/data"))
    missing = [name for name in FILES if not (data / name).is_file()]
    if missing:
        print(f"studies.py: {', '.join(missing)} missing in {data}; set MEDROUTE_DATA. Nothing was measured.")
        return 0 if options.allow_missing else 2
    page = Studies(data, options.folds).page()
    print(page, end="")
    if options.page:
        options.page.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
