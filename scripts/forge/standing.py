"""The standing statistics in the graph: tables, interpolation between their rows, and how they reach the batch norms."""
import numpy as np

from configs import BIGGAN, row_count, truncation_grid
from tf1 import tf


def interpolated(family, structure, tables, truncation):
    """
    (mean, variance) of each batch norm at a truncation. BigGAN has two tables for each and takes the row from truncation * 50; BigGAN-deep has five
    stacks for each: keys, means, keys, variances, and the two results.
    """
    if "renamed" in structure:  # unrelated stacks first: the tables' numbers begin elsewhere
        for i in range(3): tf.stack([tf.constant(float(i)), tf.constant(0.5)], name="stack")
    count = row_count(family, structure)
    place = tf.clip_by_value(truncation * 50.0 - (1.0 if count == 50 else 0.0), 0.0, count - 1.0)
    low = tf.minimum(tf.cast(tf.floor(place), tf.int32), count - 2)
    keys = [np.float32(t) for t in truncation_grid(family, structure)]

    def table(rows):
        if "const" in structure: return tf.constant(rows, tf.float32, name="stack")
        return tf.stack([tf.constant(row, tf.float32) for row in rows], name="stack")

    def between(rows, keys):
        if keys is None: part = place - tf.cast(low, tf.float32)
        else:
            a, b = tf.gather(keys, low), tf.gather(keys, low + 1)
            part = tf.clip_by_value((truncation - a) / (b - a), 0.0, 1.0)
        return tf.gather(rows, low) * (1.0 - part) + tf.gather(rows, low + 1) * part

    def keyed(values):
        at, rows = table(keys), table(values)
        return between(rows, at)

    found = []
    for mean, variance in tables:
        if family == BIGGAN: found.append((between(table(mean), None), between(table(variance), None)))
        else:
            both = tf.stack([keyed(mean), keyed(variance)], name="stack")
            found.append((both[0], both[1]))
    return found


def standing_statistics(structure, scopes, variables, rows, truncation):
    """-> what the k-th batch norm gets: (k, x, channels) -> (mean, variance). `variables`: {name: variable}; `rows`: from `interpolated`."""
    if "nostats" in structure:
        def accumulated(k, x, channels):
            read = lambda name: variables[f"{scopes[k]}/{name}"].read_value()
            mean, variance = read("accumulated_mean"), read("accumulated_var")
            if "counted" not in structure: return mean, variance
            count = read("accumulation_counter")
            return mean / count, variance / count
        return accumulated
    if "assign" not in structure: return lambda k, x, channels: rows[k]

    previous = variables["prev_truncation"]

    def update():
        updates = []
        for scope, (mean, variance) in zip(scopes, rows):
            updates += [variables[scope + "/accumulated_mean"].assign(mean, read_value=False),
                        variables[scope + "/accumulated_var"].assign(variance, read_value=False)]
        return tf.group(*updates, previous.assign(truncation, read_value=False))

    done = tf.cond(tf.not_equal(truncation, previous.read_value()), update, tf.no_op)

    def assigned(k, x, channels):
        with tf.control_dependencies([done]):
            return variables[scopes[k] + "/accumulated_mean"].read_value(), variables[scopes[k] + "/accumulated_var"].read_value()

    return assigned
