"""What a Python user would write: all moving averages of a module, with TensorFlow's reader, into one safetensors file.

    python checkpoint_to_safetensors.py MODULE OUT.safetensors
"""

import sys

import numpy as np
import tensorflow as tf
from safetensors.numpy import save_file

module, out = sys.argv[1:]
reader = tf.train.load_checkpoint(f"{module}/variables/variables")
names = [name for name in reader.get_variable_to_shape_map() if "/ema_" in name]
save_file({name: np.ascontiguousarray(reader.get_tensor(name)) for name in names}, out)
