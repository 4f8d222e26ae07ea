"""Audits a CSV file with Fairlearn: the rates of every group, with intervals from 100 bootstrap draws if asked for.

python3 fairlearn_audit.py FILE TARGET SCORE ATTRIBUTE [DRAWS], with Fairlearn on PYTHONPATH.
"""

import sys

import pandas
from fairlearn.metrics import (
    MetricFrame,
    count,
    false_negative_rate,
    false_positive_rate,
    selection_rate,
    true_negative_rate,
    true_positive_rate,
)
from sklearn.metrics import accuracy_score, precision_score

path, target, score, attribute = sys.argv[1:5]
rows = pandas.read_csv(path, usecols=[target, score, attribute])
metrics = {
    "accuracy": accuracy_score,
    "precision": precision_score,
    "selection rate": selection_rate,
    "TPR": true_positive_rate,
    "TNR": true_negative_rate,
    "FPR": false_positive_rate,
    "FNR": false_negative_rate,
    "count": count,
}
draws = {"n_boot": int(sys.argv[5]), "ci_quantiles": [0.025, 0.975]} if len(sys.argv) > 5 else {}
frame = MetricFrame(
    metrics=metrics,
    y_true=rows[target],
    y_pred=(rows[score] > 0.5).astype(int),
    sensitive_features=rows[attribute],
    **draws,
)
print(frame.by_group, frame.difference(), frame.ratio())
