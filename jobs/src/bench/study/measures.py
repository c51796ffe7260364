"""What is measured of a row, and the table."""
import numpy as np
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from .citations import OTHER
from .model import SEED

RESAMPLES = 1000


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
    other = task.classes.index(OTHER) if OTHER in task.classes else None
    lines = [
        "| row | accuracy | macro-F1 | more than base | log loss | coverage at .95 | at .99 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    if other is not None:
        lines = [lines[0] + " AUROC of in scope |", lines[1] + "---:|"]
    first = results["base"]
    base_f1, base_resampled = f1_score(labels, first.argmax(axis=1), average="macro"), resampled(labels, first, size)
    for name, shares in results.items():
        said = shares.argmax(axis=1)
        f1 = f1_score(labels, said, average="macro")
        low, high = np.percentile(resampled(labels, shares, size) - base_resampled, [2.5, 97.5])
        more = "-" if name == "base" else f"{f1 - base_f1:+.4f} [{low:+.4f}, {high:+.4f}]"
        loss = -np.log(np.maximum(shares[np.arange(len(labels)), labels], 1e-300)).mean()
        cover = " | ".join(f"{coverage(shares, labels, precision):.3f}" for precision in (0.95, 0.99))
        if other is not None:
            cover += f" | {roc_auc_score(labels != other, 1 - shares[:, other]):.4f}"
        lines.append(f"| {name} | {accuracy_score(labels, said):.4f} | {f1:.4f} | {more} | {loss:.4f} | {cover} |")
    return "\n".join(lines)
