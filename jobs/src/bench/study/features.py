"""Texts as features of the linear model."""
import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from .texts import TOKEN, section_words

HEADING_WEIGHT = 0.6
SECTION_WEIGHT = 0.6
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
