"""The linear model and its vote."""
import numpy as np
import scipy
import scipy.optimize
from scipy import sparse
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

SEED = 1
COST = 0.3
TOLERANCE = 1e-3
SMOOTHING = 0.1
RIDGE = 3.0


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
