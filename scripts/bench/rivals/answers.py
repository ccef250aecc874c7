"""Pictures of a module by TensorFlow, and how far those of a converted one are from them.

    python answers.py truth MODULE OUT.npz 0.5,1    one picture at each truncation: z, y, truncation, image
    python answers.py onnx MODEL REF.npz            prints the largest absolute difference at each truncation, as JSON
    python answers.py torch FOLDER REF.npz          the same
"""

import json
import sys

import numpy as np


def truth(module, out, truncations):
    import tensorflow.compat.v1 as tf

    with tf.Session(graph=tf.Graph()) as session:
        signature = tf.saved_model.load(session, [], module).signature_def["default"]
        names = {key: info.name for key, info in signature.inputs.items()}
        (image,) = [info.name for info in signature.outputs.values()]
        sizes = {key: session.graph.get_tensor_by_name(names[key]).shape[-1] for key in ("z", "y")}
        random = np.random.RandomState(7)
        z = [np.clip(random.randn(1, int(sizes["z"])), -2, 2) * t for t in truncations]
        y = [np.eye(int(sizes["y"]))[[random.randint(int(sizes["y"]))]] for _ in truncations]
        images = []
        for row in range(len(truncations)):
            feed = {names["z"]: z[row], names["y"]: y[row], names["truncation"]: truncations[row]}
            session.run(image, feed)  # a module that assigns its statistics answers rightly the second time
            images.append(session.run(image, feed))
    arrays = dict(z=np.concatenate(z), y=np.concatenate(y), truncation=np.array(truncations), image=np.concatenate(images))
    np.savez(out, **{key: value.astype(np.float32) for key, value in arrays.items()})


def onnx(model):
    import onnxruntime

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    names = {one.name.split(":")[0]: one for one in session.get_inputs()}

    def run(z, y, truncation):
        values = dict(z=z, y=y, truncation=np.asarray(truncation).reshape(names["truncation"].shape))
        return session.run(None, {names[key].name: value for key, value in values.items()})[0]

    return run


def torch(folder):
    import torch as pytorch
    from pytorch_pretrained_biggan import BigGAN

    model = BigGAN.from_pretrained(folder).eval()

    def run(z, y, truncation):
        with pytorch.no_grad():
            image = model(pytorch.from_numpy(z), pytorch.from_numpy(y), round(float(truncation), 6))  # as people write it: 0.1
        return image.numpy().transpose(0, 2, 3, 1)

    return run


def compare(run, reference):
    one = lambda row: run(reference["z"][row : row + 1], reference["y"][row : row + 1], reference["truncation"][row])
    images = reference["image"]
    differences = [float(np.abs(one(row)[0] - images[row]).max()) for row in range(len(images))]
    print(json.dumps({"differences": differences}))


kind, source, reference, *rest = sys.argv[1:]
if kind == "truth":
    truth(source, reference, [float(text) for text in rest[0].split(",")])
else:
    compare({"onnx": onnx, "torch": torch}[kind](source), np.load(reference))
