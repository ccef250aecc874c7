"""Standing statistics of random weights: those of batches, at some truncations, with lines in between."""
import numpy as np

from configs import truncation_grid
from network import network
from tf1 import load_all, session, tf
from variables import averaged

# Of large generators, batch norms up to this side are measured on a batch of EARLY, the later ones on a small one.
EARLY_SIDE, EARLY = 32, 32


def calibrate(family, config, structure, variables, weights, points, passes, batch, seed, large):
    """[(mean [rows, channels], variance)] in network order, measured at `points` with the same noise for all."""
    used, measured = {}, []
    with tf.Graph().as_default():
        z = tf.placeholder(tf.float32, [None, config["z_dim"]])
        y = tf.placeholder(tf.float32, [None, config["n_classes"]])

        def read(name):
            if name not in used:
                used[name] = tf.get_variable(name, shape=variables[name][0], dtype=tf.float32, initializer=tf.zeros_initializer(), use_resource=True)
            return used[name].read_value()

        def moments(_, x, channels):
            mean, variance = tf.nn.moments(x, [0, 1, 2])
            measured.append((mean, variance, x.shape.as_list()[1]))
            return mean, variance

        network(family, config, structure, lambda n: read(averaged(n, family, structure)), read, moments, z, y)
        with session() as running:
            load_all(running, used, weights)
            found = []
            for truncation in points:
                random = np.random.RandomState(seed)
                draw = lambda n: _draw(random, n, z, y, config, truncation)
                runs = [_measure(running, measured, draw, batch, large) for _ in range(passes)]
                found.append([tuple(sum(np.float64(r[k][w]) for r in runs) / passes for w in (0, 1)) for k in range(len(measured))])
    grid = truncation_grid(family, structure)
    tables = [tuple(_rows(points, [at[k][w] for at in found], grid) for w in (0, 1)) for k in range(len(measured))]
    return [(mean, np.maximum(variance, 0)) for mean, variance in tables]


def _draw(random, n, z, y, config, truncation):
    classes = config["n_classes"]
    noise = (truncated_normal(random, n, config["z_dim"]) * truncation).astype(np.float32)
    return {z: noise, y: np.eye(classes, dtype=np.float32)[random.permutation(max(n, classes))[:n] % classes]}


def truncated_normal(random, n, size):
    values = random.randn(n, size)
    while True:
        outside = np.abs(values) > 2
        if not outside.any(): return values
        values[outside] = random.randn(int(outside.sum()))


def _measure(running, measured, draw, batch, large):
    if not large: return running.run([m[:2] for m in measured], draw(batch))
    early = [m for m in measured if m[2] <= EARLY_SIDE]
    first = running.run([m[:2] for m in early], draw(EARLY))
    feed = draw(batch)
    for (mean, variance, _), values in zip(early, first): feed[mean], feed[variance] = values
    return first + running.run([m[:2] for m in measured[len(early):]], feed)


def _rows(points, values, grid):
    """The values at `points`, each [channels], on lines between them: [rows, channels] float32."""
    values = np.stack(values)
    rows = []
    for truncation in grid:
        i = int(np.clip(np.searchsorted(points, truncation, "right") - 1, 0, len(points) - 2))
        part = float(np.clip((truncation - points[i]) / (points[i + 1] - points[i]), 0, 1))
        rows.append(np.stack([values[i], values[i + 1]]).T @ np.array([1 - part, part]))
    return np.stack(rows).astype(np.float32)
