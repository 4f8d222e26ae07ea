"""Audits a CSV file with Aequitas: counts, rates and disparities of every group, no intervals.

python3 aequitas_audit.py FILE TARGET SCORE ATTRIBUTE, with the folder src/ of a copy of Aequitas on PYTHONPATH.
"""

import importlib.util
import sys
import types

import pandas

# The package's own start loads plots and an experiment runner, which an audit of a table does not need.
package = types.ModuleType("aequitas")
package.__path__ = importlib.util.find_spec("aequitas").submodule_search_locations
sys.modules["aequitas"] = package

from aequitas.bias import Bias  # noqa: E402
from aequitas.group import Group  # noqa: E402

path, target, score, attribute = sys.argv[1:]
rows = pandas.read_csv(path, usecols=[target, score, attribute])
rows = rows.rename(columns={target: "label_value", score: "score", attribute: "group"})
rows["score"] = (rows["score"] > 0.5).astype(int)
crosstab, _ = Group().get_crosstabs(rows, attr_cols=["group"])
reference = crosstab.loc[crosstab["group_size"].idxmax(), "attribute_value"]
print(
    Bias().get_disparity_predefined_groups(
        crosstab, original_df=rows, ref_groups_dict={"group": reference}, check_significance=False
    )
)
