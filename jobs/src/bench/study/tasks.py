"""The tasks, their folds, and the studies that fit otherwise than the base."""
import numpy as np

from .citations import OTHER
from .model import SEED, fit_vote, folds, margins, one_vs_rest

SIDE_WEIGHT = 0.3
CONFIDENT = 0.9
SELF_WEIGHTS = (0.1, 0.3)
MESH_WEIGHTS = (0.03, 0.3)
OTHER_WEIGHTS = (0.03, 0.1)


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
        self.other = np.flatnonzero([of == [OTHER] for of in labels])
        self.citations = task.size + np.arange(len(labels))
        names = ["base"]
        names += [f"self-training, weight {weight}" for weight in SELF_WEIGHTS]
        names += [f"citations labelled by MeSH, weight {weight}" for weight in MESH_WEIGHTS]
        names += [f"citations of Other by MeSH alone, weight {weight}" for weight in OTHER_WEIGHTS]
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
        self.outnumbered(fit, test, {next(names): weight for weight in OTHER_WEIGHTS})

    def outnumbered(self, fit, test, weights):
        """Fits on citations of Other, too; words, rarities and ratios from the task's own documents alone."""
        task, none = self.task, np.zeros(len(self.other))
        matrix = self.texts.features(np.r_[fit, self.citations[self.other]], fit)
        unseen = self.texts.features(task.single[test], fit)
        members = np.r_[task.members[fit], self.mesh[self.other]]
        for name, weight in weights.items():
            heard = np.r_[task.weights[fit], none + weight]
            self.keep(name, one_vs_rest(matrix, members, heard, np.r_[np.ones(len(fit)), none]), unseen, test)

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
