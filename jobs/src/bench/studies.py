"""Features that the product does not have, measured out of fold on the training part of OHSUMED.

    MEDROUTE_DATA=../shared/data python3 jobs/src/bench/studies.py --page conf/experiments/studies.md

Measured on a stand-in of the product's linear model: words and pairs, the heading and sub-words by TF-IDF of log
counts, scaled by naive-Bayes ratios (S. Wang, C. Manning, 2012), one linear SVM for each class against the rest, and a
softmax vote cross-fitted on out-of-fold margins. Documents of the test part are read for one purpose: to drop their
copies from the citations that two of the studies add. Vocabulary, rarities, ratios and coefficients come from training
folds only, and from the citations that a study adds to them.
"""
import argparse
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np
import scipy
import scipy.optimize
import sklearn

from study.citations import MeshRules, OTHER, SPECIALTIES, keys, read_citations, read_lines, text_of
from study.features import Texts
from study.measures import RESAMPLES, table
from study.model import voted
from study.tasks import Added, CONFIDENT, SIDE_WEIGHT, Task, hierarchical, out_of_fold
from study.texts import expanded, sections, snowballstemmer, stemmed

FILES = ["ohsumed.jsonl.gz", "citations.jsonl.gz", "mesh-trees-2022.tsv.gz"]
RULES = Path(__file__).resolve().parents[3] / "conf" / "labels" / "specialties.conf"
COMMAND = "python3 jobs/src/bench/studies.py --page conf/experiments/studies.md"


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
  every class. Of Other alone: only these are added; words, rarities and ratios are those of OHSUMED's documents.
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
        self.progress = Progress(number * (2 * (8 + 2 + stems) + 1))
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
