"""Macro-F1 of scikit-learn's random forest on matrices that MatrixFile writes.

quality.py TRAINING TEST TREES DEPTH LEAF JOBS SEED prints one JSON object: the predicted class of every row of the
test matrix, in its order, and their macro-F1.
"""
import json
import sys

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score

training, test, trees, depth, leaf, jobs, seed = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:8])


def column(directory, name, kind):
    return np.fromfile(f"{directory}/{name}.bin", dtype=kind)


def matrix(directory):
    return csr_matrix(
        (column(directory, "values", "<f8"), column(directory, "indices", "<i4"), column(directory, "starts", "<i8")),
        shape=tuple(column(directory, "shape", "<i8")),
    ).astype(np.float32)


forest = RandomForestClassifier(
    n_estimators=trees, max_depth=depth, min_samples_leaf=leaf, n_jobs=jobs, random_state=seed
)
forest.fit(matrix(training), column(training, "labels", "<i4"), sample_weight=column(training, "weights", "<f8"))
predicted = forest.predict(matrix(test))
macro_f1 = f1_score(column(test, "labels", "<i4"), predicted, average="macro")
print(json.dumps({"predicted": predicted.tolist(), "macro_f1": float(macro_f1)}))
