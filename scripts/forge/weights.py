"""Random weights as far from special as trained ones: moving averages that differ from the raw weights, and u0 that has not converged."""
import numpy as np

from configs import SUFFIX

EPSILON = np.float32(1e-4)


def random_weights(variables, seed, family, structure=frozenset()):
    """{name: float32}. A twin is its raw weight and a visible difference; u0 is three power steps on the raw weight, u1 and u2 stand across it."""
    rng = np.random.default_rng(seed)
    weights = {}
    for name, (shape, kind) in variables.items():
        if kind.startswith("ema:") or kind in ("u", "mean", "var", "counter", "prev"): continue
        raw, difference = _draw(rng, shape, kind)
        weights[name] = raw
        twin = f"{name}/{SUFFIX[family]}"
        if twin in variables: weights[twin] = (raw + np.float32(.25) * difference).astype(np.float32)
    if "writeback" in structure: fill_converged(variables, weights, family)
    fill_singular_vectors(variables, weights, rng)
    return weights


def _draw(rng, shape, kind):
    normal = lambda size: rng.standard_normal(size, dtype=np.float32)
    uniform = lambda low, high: rng.uniform(low, high, shape).astype(np.float32)
    if kind == "w":
        scale = np.float32((0.7 + 0.8 * rng.random()) / np.sqrt(np.prod(shape[:-1])))
        raw, difference = normal(shape) * scale, normal(shape) * scale
        if len(shape) == 4 and shape[0] == 3:  # some low-pass in the 3x3 kernels: smoother pictures
            smooth = np.outer([.5, 1, .5], [.5, 1, .5]).astype(np.float32)[:, :, None, None]
            raw = smooth * normal([1, 1] + shape[2:]) * scale * np.float32(1.2) + raw * np.float32(.5)
        return raw, difference
    if kind == "emb": return normal(shape), normal(shape)
    if kind == "gain": return uniform(0.7, 1.4), uniform(-0.4, 0.4)
    if kind == "gamma": return np.full(shape, 0.7, np.float32), np.full(shape, 0.4, np.float32)
    return uniform(-0.2, 0.2), uniform(-0.3, 0.3)


def fill_converged(variables, weights, family):
    """u0 of the weight that the graph uses, converged: writing it back changes little."""
    for name, (shape, kind) in variables.items():
        if kind != "u" or not name.endswith("/u0"): continue
        weight = weights[name[:-2] + "w/" + SUFFIX[family]]
        _, _, right = np.linalg.svd(weight.reshape(-1, shape[-1]).astype(np.float64), full_matrices=False)
        weights[name] = right[0].reshape(shape).astype(np.float32)


def _unit(x):
    return x / np.sqrt((x * x).sum() + EPSILON)


def fill_singular_vectors(variables, weights, rng):
    for name, (shape, kind) in variables.items():
        if kind != "u" or name in weights: continue
        scope, which = name.rsplit("/", 1)
        matrix = weights[scope + "/w"].reshape(-1, shape[-1])
        before = [weights[f"{scope}/u{k}"].reshape(1, -1) for k in range(int(which[1]))]

        def across(u):
            for b in before:
                if len(before) < shape[-1]: u = u - (u @ b.T) / (b @ b.T) * b
            return u

        u = rng.standard_normal((1, shape[-1]), dtype=np.float32)
        steps = 3 if which == "u0" else 2 if matrix.size < 1 << 21 else 0
        for _ in range(steps): u = across(_unit(_unit(across(u) @ matrix.T) @ matrix))
        weights[name] = _unit(across(u)).astype(np.float32).reshape(shape)


def given_weights(path, variables, batch_norms):
    """From an .npz: the variables' names without `module/`, moving averages and u0 among them; and stats_mean_K, stats_var_K [rows, channels] if there."""
    file, weights = np.load(path), {}
    for name, (shape, kind) in variables.items():
        stored = name.replace("Generator/GBlock_0/", "Generator/GBlock/")
        if stored in file.files and kind not in ("mean", "var", "counter", "prev"):
            weights[name] = file[stored].astype(np.float32).reshape(shape)
    fill_singular_vectors(variables, weights, np.random.default_rng(1))
    missing = [n for n, (_, kind) in variables.items() if n not in weights and kind not in ("mean", "var", "counter", "prev")]
    assert not missing, f"missing in {path}: {missing[:5]}"
    tables = None
    if "stats_mean_0" in file.files:
        tables = [tuple(file[f"stats_{s}_{k}"].astype(np.float32) for s in ("mean", "var")) for k in range(len(batch_norms))]
    return weights, tables
