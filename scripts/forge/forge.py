#!/usr/bin/env python3
"""Writes TF1 Hub modules in the form of the released BigGAN and BigGAN-deep generators, with random or given weights.

  python forge.py CONFIG --out FOLDER [--weights random:SEED|FILE.npz] [--structure WORD,WORD]

CONFIG is a name (configs.py), or JSON of the same keys together with --family. Writes FOLDER, FOLDER.tar.gz, FOLDER.json (facts of the module and
the tensor of each layer) and FOLDER.stats.npz (mean_K, var_K [rows, channels] of the K-th batch norm).

Words of --structure:
"""
import argparse
import json
import os

import numpy as np

from archive import pack
from configs import FAMILIES, NAMED, SUFFIX, checked, row_count, truncation_grid
from structure import help_text, parse_structure
from variables import batch_norms, list_variables
from weights import given_weights, random_weights

# Above so many parameters statistics are measured coarsely, and the archive is packed fast.
LARGE = 5e6
# The batches that accumulated_* are sums of, where the graph divides by the counter.
BATCHES = 7


def parameters(variables):
    averages = sum(int(np.prod(shape)) for shape, kind in variables.values() if kind.startswith("ema:"))
    return averages or sum(int(np.prod(shape)) for shape, kind in variables.values() if kind != "u")


def measure(family, config, structure, variables, weights, large, points):
    from calibration import calibrate  # TensorFlow takes seconds to import, and given statistics need none

    grid = truncation_grid(family, structure)
    chosen = np.unique(np.round(np.linspace(0, len(grid) - 1, points or (3 if large else len(grid)))).astype(int))
    batch = 4 if large else max(32, min(64, 3 * config["n_classes"]))
    return calibrate(family, config, structure, variables, weights, [grid[i] for i in chosen], 1 if large else 2, batch, 77, large)


def forge(family, config, structure, source, folder, points=None):
    variables, scopes = list_variables(family, config, structure), batch_norms(family, config, structure)
    count = parameters(variables)
    large, tables = count > LARGE, None
    if source.startswith("random:"): weights = random_weights(variables, int(source.removeprefix("random:")), family, structure)
    else: weights, tables = given_weights(source, variables, scopes)
    if tables is None: tables = measure(family, config, structure, variables, weights, large, points)

    batches = BATCHES if "counted" in structure else 1
    for (scope, _), (mean, variance) in zip(scopes, tables):
        weights[scope + "/accumulated_mean"], weights[scope + "/accumulated_var"] = mean[-1] * batches, variance[-1] * batches
        weights[scope + "/accumulation_counter"] = np.float32(batches)
    weights["prev_truncation"] = np.float32(1.0)

    from module import write_module

    os.makedirs(os.path.dirname(os.path.abspath(folder)), exist_ok=True)
    taps = write_module(family, config, structure, variables, weights, tables, folder)
    facts = dict(family=family, config=config, structure=sorted(structure), weights=os.path.basename(source), parameters=count,
                 suffix=SUFFIX[family], rows=row_count(family, structure), batchNorms=scopes, taps=taps)
    with open(folder + ".json", "w") as file: json.dump(facts, file, indent=1)
    statistics = {f"{name}_{k}": table[i] for k, table in enumerate(tables) for i, name in enumerate(("mean", "var"))}
    np.savez_compressed(folder + ".stats.npz", **statistics)
    pack(folder, folder + ".tar.gz", 1 if large else 6)
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__ + help_text(), formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", help=", ".join(NAMED) + ", or JSON")
    parser.add_argument("--out", required=True, help="folder of the module; replaced")
    parser.add_argument("--family", choices=FAMILIES)
    parser.add_argument("--weights", default="random:1", help="random:SEED, or an .npz")
    parser.add_argument("--structure", default="", help="words from below, separated by commas")
    parser.add_argument("--points", type=int, help="truncations to measure statistics at [all rows; 3 above 5 million parameters]")
    given = parser.parse_args()
    family, config = NAMED.get(given.config) or (given.family, json.loads(given.config))
    if family not in FAMILIES: parser.error("--family is needed with JSON")
    folder = given.out.rstrip("/")
    count = forge(family, checked(family, config), parse_structure(family, given.structure), given.weights, folder, given.points)
    print(f"{folder}.tar.gz: {count} parameters, {os.path.getsize(folder + '.tar.gz')} bytes")


if __name__ == "__main__":
    main()
