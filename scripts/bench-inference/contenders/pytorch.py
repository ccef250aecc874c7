"""pytorch-pretrained-biggan, as fast as it can be had: spectral norms divided out once, no gradients.

    python pytorch.py serve FOLDER INPUTS.npz THREADS     answers requests on standard input: see serve.mjs
    python pytorch.py export FOLDER OUT.onnx TRUNCATION script|dynamo

FOLDER holds what its own conversion wrote. Its truncation is a Python number, so an exported graph has one truncation, built in.
"""

import json
import sys
import time

import numpy as np
import torch
from pytorch_pretrained_biggan import BigGAN
from torch.nn.utils import remove_spectral_norm


def load(folder):
    model = BigGAN.from_pretrained(folder).eval()
    for module in model.modules():
        if hasattr(module, "weight_orig"):
            remove_spectral_norm(module)
    return model


class AtTruncation(torch.nn.Module):
    def __init__(self, model, truncation):
        super().__init__()
        self.model = model
        self.truncation = truncation

    def forward(self, z, y):
        return self.model(z, y, self.truncation)


def export(folder, out, truncation, exporter):
    model = AtTruncation(load(folder), float(truncation))
    config = model.model.config
    example = (torch.randn(2, config.z_dim), torch.eye(config.num_classes)[:2])
    names = dict(input_names=["z", "y"], output_names=["image"])
    if exporter == "script":
        axes = {name: {0: "n"} for name in ("z", "y", "image")}
        torch.onnx.export(model, example, out, dynamo=False, opset_version=17, dynamic_axes=axes, **names)
    else:
        batch = torch.export.Dim("n")
        shapes = {"z": {0: batch}, "y": {0: batch}}
        torch.onnx.export(model, example, out, dynamo=True, external_data=False, dynamic_shapes=shapes, **names)


def serve(folder, inputs, threads):
    torch.set_num_threads(int(threads))
    model = load(folder)
    arrays = np.load(inputs)
    z, y = torch.from_numpy(arrays["z"]), torch.from_numpy(arrays["y"])
    truncation = round(float(arrays["truncation"]), 6)  # as people write it
    image = None

    def answer(request):
        nonlocal image
        if "save" in request:
            image.transpose(0, 2, 3, 1).astype("<f4").tofile(request["save"])
            return {}
        rows = slice(0, request["batch"])
        start = time.perf_counter()
        with torch.inference_mode():
            image = model(z[rows], y[rows], truncation).numpy()
        return {"milliseconds": 1000 * (time.perf_counter() - start)}

    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


command, *words = sys.argv[1:]
{"serve": serve, "export": export}[command](*words)
