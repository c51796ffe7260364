"""scikit-learn's random forest on the matrix that MatrixFile writes.

forest.py DIRECTORY TREES DEPTH LEAF JOBS SEED prints one JSON object: the seconds of fit() alone,
and by how many bytes the process was larger in it than before, looked at every 50 ms.
"""
import json
import resource
import sys
import threading
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


def bytes_now():
    with open("/proc/self/statm") as pages:
        return resource.getpagesize() * int(pages.read().split()[1])


def watch(stop, seen):
    while not stop.wait(0.05):
        seen.append(bytes_now())


before = bytes_now()
stop, seen = threading.Event(), []
watcher = threading.Thread(target=watch, args=(stop, seen))
watcher.start()
start = time.perf_counter()
forest.fit(matrix, labels, sample_weight=weights)
seconds = time.perf_counter() - start
nodes = sum(tree.tree_.node_count for tree in forest.estimators_)
stop.set()
watcher.join()
grown = max(seen + [bytes_now()]) - before
print(json.dumps({"seconds": seconds, "grown_bytes": grown, "nodes": int(nodes), "rows": int(rows)}))
