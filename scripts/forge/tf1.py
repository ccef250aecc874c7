"""TensorFlow as the released modules were written with: graphs and sessions."""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)


def session():
    return tf.Session(config=tf.ConfigProto(intra_op_parallelism_threads=2, inter_op_parallelism_threads=1))


def load_all(running, variables, values):
    """All initialisers in one run, the values fed in place of the initial ones: one by one takes time quadratic in the graph's size."""
    running.run([v.initializer for v in variables.values()], {v.initializer.inputs[1]: values[n] for n, v in variables.items()})
