"""The ways in which modules may differ from each other, as words after --structure, separated by commas."""

WORDS = {
    # How the standing statistics reach the batch norms. Default: assign for BigGAN, pure for BigGAN-deep.
    "assign": "through a cond on prev_truncation that assigns accumulated_*, as in version 2 of the released BigGANs",
    "pure": "straight from the tables",
    "nostats": "no tables: the batch norms read accumulated_*; there is no prev_truncation",
    "counted": "nostats, and accumulated_* are sums, which the graph divides by accumulation_counter",
    "noaccumulated": "no accumulated_* and no counters among the variables (with pure)",
    "otherrows": "51 rows in BigGAN, 50 in BigGAN-deep",
    # How the tables are kept. Default: pack.
    "pack": "a Pack of one Const a row",
    "functional": "the cond of assign is an If with functions",
    "const": "one Const [rows, channels]",
    # Names and shapes.
    "renamed": "stack_N numbered from elsewhere, first block GBlock_0, last batch norm [C] instead of [1, 1, 1, C]",
    "flat": "u0, u1, u2 [out] instead of [1, out], attention gamma [] instead of [1]",
    "noema": "no moving averages: the graph uses the raw weights",
    # Variables.
    "refvars": "weights are VariableV2 instead of VarHandleOp",
    "float16": "weights and singular vectors are stored as float16", "bfloat16": "... as bfloat16", "float64": "... as float64",
    "sharded": "three data files",
    # The rest of the graph.
    "nowriteback": "without the (never fetched) ops that assign u0, u1, u2",
    "writeback": "the image waits for the assignment of u0, u1, u2, which are close to converged",
    "signatures": "a second graph, tagged train and first in the file; a second signature; placeholders of other names",
}
DTYPES = ("float16", "bfloat16", "float64")


def parse_structure(family, words):
    structure = {word for word in words.split(",") if word}
    unknown = structure - set(WORDS)
    assert not unknown, f"--structure: unknown words {sorted(unknown)}"
    if "counted" in structure: structure.add("nostats")
    if not structure & {"assign", "pure", "nostats"}: structure.add("assign" if family == "biggan" else "pure")
    if not structure & {"pack", "const"}: structure.add("pack")
    return structure


def help_text():
    return "\n".join(f"  {word:14}{meaning}" for word, meaning in WORDS.items())
