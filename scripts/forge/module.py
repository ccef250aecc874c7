"""Writes the module: graph, signature and checkpoint, by tensorflow_hub itself."""
import os
import shutil

import tensorflow_hub as hub
from tensorflow.core.protobuf import saved_model_pb2

from network import EPSILON, network
from standing import interpolated, standing_statistics
from structure import DTYPES
from tf1 import load_all, session, tf
from variables import STATISTIC_KINDS, averaged, batch_norms


def write_module(family, config, structure, variables, weights, tables, folder):
    """-> {layer: name of its tensor}. Replaces `folder`."""
    layers = {}
    dtype = tf.as_dtype(next((d for d in DTYPES if d in structure), "float32"))
    if "functional" in structure: tf.enable_control_flow_v2()

    def module_fn(training=False):
        layers.clear()
        layers.update(_build(family, config, structure, variables, tables, dtype, training))

    training_first = [({"train"}, {"training": True}), (set(), {})]
    spec = hub.create_module_spec(module_fn, training_first if "signatures" in structure else None)
    shutil.rmtree(folder, ignore_errors=True)
    with tf.Graph().as_default():
        module = hub.Module(spec, name="module")
        with session() as running:
            assert set(module.variable_map) == set(variables), set(module.variable_map) ^ set(variables)
            stored = {n: weights[n].astype(v.dtype.as_numpy_dtype) for n, v in module.variable_map.items()}
            load_all(running, module.variable_map, stored)
            module.export(folder, running)
            if "sharded" in structure: _split(os.path.join(folder, "variables", "variables"), stored)
    _sort_maps(os.path.join(folder, "saved_model.pb"))
    assets = os.path.join(folder, "assets")
    if os.path.isdir(assets) and not os.listdir(assets): os.rmdir(assets)
    return layers


def _build(family, config, structure, variables, tables, dtype, training):
    names = ("Placeholder", "Placeholder", "Placeholder") if "signatures" in structure else ("z", "y", "truncation")
    z = tf.placeholder(tf.float32, [None, config["z_dim"]], names[0])
    y = tf.placeholder(tf.float32, [None, config["n_classes"]], names[1])
    truncation = tf.placeholder(tf.float32, [], names[2])
    made = {name: _variable(name, shape, kind, structure, dtype) for name, (shape, kind) in variables.items()}
    read = lambda name: _float32(made[name].read_value() if hasattr(made[name], "handle") else made[name])

    scopes = [scope for scope, _ in batch_norms(family, config, structure)]
    rows = [] if "nostats" in structure else interpolated(family, structure, tables, truncation)
    statistics = standing_statistics(structure, scopes, made, rows, truncation)
    assigned = []
    write_back = None if "nowriteback" in structure else lambda *facts: assigned.extend(_write_back(made, read, *facts))
    weight = lambda name: read(averaged(name, family, structure))
    image, layers = network(family, config, structure, weight, read, statistics, z, y, write_back)
    with tf.control_dependencies(assigned if "writeback" in structure else []):
        image = tf.identity(image * 0.5 if training else image, name="G_trunc_output")
    inputs = dict(z=z, y=y, truncation=truncation)
    if "signatures" in structure: hub.add_signature("a_layer", inputs=inputs, outputs=dict(default=layers["block0"]))
    hub.add_signature(inputs=inputs, outputs=image)
    return {layer: tensor.name for layer, tensor in {**layers, "image": image}.items()}


def _variable(name, shape, kind, structure, dtype):
    statistic = kind in STATISTIC_KINDS
    return tf.get_variable(name, shape=shape, dtype=tf.float32 if statistic else dtype, initializer=tf.zeros_initializer(),
                           use_resource=statistic or "refvars" not in structure,
                           trainable=kind in ("w", "emb", "bias", "gain", "bnbias", "gamma"))


def _float32(tensor):
    return tensor if tensor.dtype.base_dtype == tf.float32 else tf.cast(tensor, tf.float32)


def _write_back(variables, read, scope, matrix, u, sigma):
    """The ops of training that keep u0, u1, u2, made orthogonal by Gram-Schmidt. The signature does not fetch them."""
    vectors = [u]
    for k in (1, 2):
        w = tf.reshape(read(f"{scope}/u{k}"), [1, -1])
        for b in vectors: w = w - tf.matmul(w, b, transpose_b=True) * b
        w = tf.matmul(tf.matmul(w, matrix, transpose_b=True), matrix)
        vectors.append(w * tf.rsqrt(tf.reduce_sum(tf.square(w)) + EPSILON))
    with tf.control_dependencies([sigma]):
        return [_assign(variables[f"{scope}/u{k}"], vector) for k, vector in enumerate(vectors)]


def _assign(variable, value):
    value, dtype = tf.reshape(value, variable.shape), variable.dtype.base_dtype
    return tf.assign(variable, value if dtype == tf.float32 else tf.cast(value, dtype))


def _split(prefix, values):
    """The same checkpoint in three data files, merged as a sharded Saver does."""
    for name in os.listdir(os.path.dirname(prefix)): os.remove(os.path.join(os.path.dirname(prefix), name))
    names = sorted(values)
    parts = [f"{prefix}_temp/part-{k:05d}-of-00003" for k in range(3)]
    os.makedirs(os.path.dirname(parts[0]))
    with tf.Graph().as_default(), session() as running:
        for k, part in enumerate(parts):
            own = names[k::3]
            running.run(tf.raw_ops.SaveV2(prefix=part, tensor_names=own, shape_and_slices=[""] * len(own), tensors=[values[n] for n in own]))
        running.run(tf.raw_ops.MergeV2Checkpoints(checkpoint_prefixes=parts, destination_prefix=prefix, delete_old_dirs=True))


def _sort_maps(path):
    """The same bytes every time: protocol buffers write their maps in any order."""
    message = saved_model_pb2.SavedModel()
    with open(path, "rb") as file: message.ParseFromString(file.read())
    with open(path, "wb") as file: file.write(message.SerializeToString(deterministic=True))
