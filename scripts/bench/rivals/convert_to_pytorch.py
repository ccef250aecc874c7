"""pytorch-pretrained-biggan's own conversion. It asks for TensorFlow 1; TensorFlow 2's compatibility module is put in its place.

    python convert_to_pytorch.py --model_type 128 --tf_model_path MODULE --pt_save_path OUT
"""

import os
import runpy
import sys

import tensorflow.compat.v1 as tf

tf.disable_eager_execution()
sys.modules["tensorflow"] = tf
os.makedirs(sys.argv[sys.argv.index("--pt_save_path") + 1], exist_ok=True)
runpy.run_module("pytorch_pretrained_biggan.convert_tf_to_pytorch", run_name="__main__", alter_sys=True)
