"""scikit-learn's random forest on the matrix that MatrixFile writes.

forest.py DIRECTORY TREES DEPTH LEAF JOBS SEED prints one JSON object: the seconds of fit() alone,
and by how many bytes the largest size of the process grew in it.
"""
import json
import resource
import sys
import time

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import RandomForestClassifier

directory, trees, depth, leaf, jobs, seed = sys.argv[1], *map(int, sys.argv[2:7])


def column(name, kind):
    return np.fromfile(f"{directory}/{name}.bin", dtype=kind)


rows, features = column("shape", "<i8")
matrix = csr_matrix(
    (column("values", "<f8"), column("indices", "<i4"), column("starts", "<i8")), shape=(rows, features)
).astype(np.float32)
labels, weights = column("labels", "<i4"), column("weights", "<f8")
forest = RandomForestClassifier(
    n_estimators=trees, max_depth=depth, min_samples_leaf=leaf, n_jobs=jobs, random_state=seed
)


def largest_bytes():
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


before = largest_bytes()
start = time.perf_counter()
forest.fit(matrix, labels, sample_weight=weights)
seconds = time.perf_counter() - start
nodes = sum(tree.tree_.node_count for tree in forest.estimators_)
grown = largest_bytes() - before
print(json.dumps({"seconds": seconds, "grown_bytes": grown, "nodes": int(nodes), "rows": int(rows)}))
