"""scikit-learn from text to class and probability: TF-IDF of words and pairs, chi-squared selection, random forest.

text.py fit TRAIN MODEL FEATURES TREES DEPTH SEED fits on lines of label, tab, text and keeps the model.
text.py predict MODEL TEXTS prints one JSON object: the seconds from texts in memory to probabilities, on one core.
"""
import json
import pickle
import sys
import time

from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import SelectKBest, chi2
from sklearn.pipeline import make_pipeline


def read(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        pairs = [line.rstrip("\n").split("\t", 1) for line in lines]
    return [label for label, _ in pairs], [text for _, text in pairs]


if sys.argv[1] == "fit":
    labels, texts = read(sys.argv[2])
    features, trees, depth, seed = map(int, sys.argv[4:8])
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, stop_words="english", sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)
    selector = SelectKBest(chi2, k=min(features, matrix.shape[1])).fit(matrix, labels)
    forest = RandomForestClassifier(
        n_estimators=trees, max_depth=depth, class_weight="balanced", random_state=seed, n_jobs=1
    ).fit(selector.transform(matrix), labels)
    with open(sys.argv[3], "wb") as out:
        pickle.dump(make_pipeline(vectorizer, selector, forest), out)
    print(json.dumps({"documents": len(texts)}))
else:
    with open(sys.argv[2], "rb") as kept:
        model = pickle.load(kept)
    _, texts = read(sys.argv[3])
    start = time.perf_counter()
    probabilities = model.predict_proba(texts)
    classes = model.classes_[probabilities.argmax(axis=1)]
    print(json.dumps({"seconds": time.perf_counter() - start, "documents": len(classes)}))
