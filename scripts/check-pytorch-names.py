"""Loads what `convert --to safetensors --names …` wrote with PyTorch, strictly, and holds its pictures against ours.

Needs Python with numpy, torch and safetensors (run with torch 1.12.1 and safetensors 0.8.0), for --names huggingface also
pytorch-pretrained-biggan 0.1.1. In the repository:

    node bin/biggan-port.js convert fixtures/biggan-mini.tar.gz -o out/pt --to safetensors --names biggan-pytorch
    node bin/biggan-port.js convert fixtures/biggan-deep-mini.tar.gz -o out/hf --to safetensors --names huggingface
    python scripts/check-pytorch-names.py inputs out/pt out/pt.in.npz
    node bin/biggan-port.js run fixtures/biggan-mini.tar.gz --inputs out/pt.in.npz --output out/pt.npz --backend reference
    python scripts/check-pytorch-names.py check out/pt out/pt.npz        (out/hf likewise)

Prints what was loaded and the largest difference of a picture. The model that was converted makes its power step with an epsilon of 1e-4
inside a square root, PyTorch's without: 2e-3 is the most that this may show. A folder with weights that are divided already
(converted from an export) is computed without the norm.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

MOST = 2e-3


class SpectralNorm(nn.Module):
    """A weight with the buffers that BigGAN-PyTorch's layers have: u0 [1, out], sv0 [1]; one power step when it does not train."""

    def __init__(self, shape, bias, normed):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(shape))
        if bias:
            self.bias = nn.Parameter(torch.zeros(shape[0]))
        self.normed = normed
        if normed:
            self.register_buffer("u0", torch.zeros(1, shape[0]))
            self.register_buffer("sv0", torch.zeros(1))

    def used(self):
        if not self.normed:
            return self.weight
        matrix = self.weight.reshape(self.weight.shape[0], -1)
        v = F.normalize(self.u0 @ matrix)
        u = F.normalize(v @ matrix.T)
        sigma = (v @ matrix.T @ u.T).squeeze()
        if abs(sigma / self.sv0.item() - 1) > 1e-5:
            raise SystemExit(f"sv0 {self.sv0.item()} is not the singular value {sigma.item()}")
        return self.weight / sigma


class Linear(SpectralNorm):
    def __init__(self, inputs, outputs, normed, bias=True):
        super().__init__((outputs, inputs), bias, normed)

    def forward(self, x):
        return F.linear(x, self.used(), getattr(self, "bias", None))


class Conv(SpectralNorm):
    def __init__(self, inputs, outputs, size, normed, bias=True):
        super().__init__((outputs, inputs, size, size), bias, normed)

    def forward(self, x):
        return F.conv2d(x, self.used(), getattr(self, "bias", None), padding=self.weight.shape[-1] // 2)


class Statistics(nn.Module):
    def __init__(self, channels, epsilon):
        super().__init__()
        self.register_buffer("stored_mean", torch.zeros(channels))
        self.register_buffer("stored_var", torch.zeros(channels))
        self.epsilon = epsilon

    def normalised(self, x):
        return F.batch_norm(x, self.stored_mean, self.stored_var, eps=self.epsilon)


class ConditionalNorm(Statistics):
    def __init__(self, channels, condition, epsilon, normed):
        super().__init__(channels, epsilon)
        self.gain = Linear(condition, channels, normed, bias=False)
        self.bias = Linear(condition, channels, normed, bias=False)

    def forward(self, x, condition):
        gain, offset = (layer(condition)[:, :, None, None] for layer in (self.gain, self.bias))
        return self.normalised(x) * (1 + gain) + offset


class Norm(Statistics):
    def __init__(self, channels, epsilon):
        super().__init__(channels, epsilon)
        self.gain = nn.Parameter(torch.zeros(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return self.normalised(x) * self.gain[:, None, None] + self.bias[:, None, None]


class Attention(nn.Module):
    def __init__(self, channels, normed):
        super().__init__()
        self.theta = Conv(channels, channels // 8, 1, normed, bias=False)
        self.phi = Conv(channels, channels // 8, 1, normed, bias=False)
        self.g = Conv(channels, channels // 2, 1, normed, bias=False)
        self.o = Conv(channels // 2, channels, 1, normed, bias=False)
        self.gamma = nn.Parameter(torch.tensor(0.0))

    def forward(self, x):
        phi, g = (F.max_pool2d(layer(x), 2).flatten(2) for layer in (self.phi, self.g))
        weights = torch.softmax(self.theta(x).flatten(2).transpose(1, 2) @ phi, -1)
        attended = (g @ weights.transpose(1, 2)).reshape(x.shape[0], -1, *x.shape[2:])
        return self.gamma * self.o(attended) + x


class Block(nn.Module):
    def __init__(self, inputs, outputs, condition, epsilon, normed):
        super().__init__()
        self.bn1 = ConditionalNorm(inputs, condition, epsilon, normed)
        self.bn2 = ConditionalNorm(outputs, condition, epsilon, normed)
        self.conv1 = Conv(inputs, outputs, 3, normed)
        self.conv2 = Conv(outputs, outputs, 3, normed)
        self.conv_sc = Conv(inputs, outputs, 1, normed)

    def forward(self, x, condition):
        h = self.conv1(F.interpolate(F.relu(self.bn1(x, condition)), scale_factor=2))
        h = self.conv2(F.relu(self.bn2(h, condition)))
        return h + self.conv_sc(F.interpolate(x, scale_factor=2))


class BigGan(nn.Module):
    """The generator of the paper's appendix B with the names of BigGAN-PyTorch's BigGAN.py (ajbrock/BigGAN-PyTorch at 9845943)."""

    def __init__(self, config):
        super().__init__()
        normed, arch, epsilon = config["G_param"] == "SN", config["G_arch"], config["BN_eps"]
        widths = list(zip(arch["in_channels"], arch["out_channels"]))
        self.chunk = config["dim_z"] // (len(widths) + 1)
        condition = config["shared_dim"] + self.chunk
        self.shared = nn.Embedding(config["n_classes"], config["shared_dim"])
        self.linear = Linear(self.chunk, 16 * widths[0][0], normed)
        self.blocks = nn.ModuleList(
            nn.ModuleList([Block(*width, condition, epsilon, normed)])
            + ([Attention(width[1], normed)] if str(side) == config["G_attn"] else [])
            for width, side in zip(widths, arch["resolution"])
        )
        last = widths[-1][1]
        self.output_layer = nn.Sequential(Norm(last, epsilon), nn.ReLU(), Conv(last, 3, 3, normed))

    def forward(self, z, y):
        shared = y @ self.shared.weight
        first, *chunks = z.split(self.chunk, 1)
        h = self.linear(first).reshape(z.shape[0], -1, 4, 4)
        for (block, *attention), chunk in zip(self.blocks, chunks):
            h = block(h, torch.cat([shared, chunk], 1))
            for layer in attention:
                h = layer(h)
        return torch.tanh(self.output_layer(h))


def pictures(folder, config, given):
    state = load_file(folder / "model.safetensors")
    z, y = (torch.tensor(given[key]).double() for key in ("z", "y"))
    if "layers" not in config:
        model = BigGan(config)
        model.load_state_dict(state, strict=True)
        return state, model.double().eval()(z, y)
    from pytorch_pretrained_biggan import BigGAN, BigGANConfig

    model = BigGAN(BigGANConfig.from_dict(config))
    if "generator.gen_z.weight" in state:
        for module in model.modules():
            if hasattr(module, "weight_orig"):
                nn.utils.remove_spectral_norm(module)
    model.load_state_dict(state, strict=True)
    model.double().eval()
    # A float32's 0.5000…1 would already be between two rows, which it mixes with swapped weights.
    truncation = [round(float(t), 6) for t in given["truncation"]]
    return state, torch.cat([model(z[i : i + 1], y[i : i + 1], t) for i, t in enumerate(truncation)])


def make_inputs(config, file):
    deep = "layers" in config
    z_dim, classes = (config["z_dim"], config["num_classes"]) if deep else (config["dim_z"], config["n_classes"])
    # On the grid, where pytorch-pretrained-biggan takes one row of the statistics; the others have truncation 1 alone.
    truncation = np.float32([0.04, 0.5, 0.8, 1] if deep else [1, 1, 1, 1])
    z = np.random.RandomState(3).uniform(-2, 2, (4, z_dim)).astype(np.float32) * truncation[:, None]
    y = np.eye(classes, dtype=np.float32)[[0, 1, 2, 2]]
    y[3] = np.linspace(0.1, 0.3, classes)
    np.savez(file, z=z, y=y, truncation=truncation)


task, folder, file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
config = json.loads((folder / "config.json").read_text())
if task == "inputs":
    make_inputs(config, file)
else:
    inputs = np.load(sys.argv[4] if len(sys.argv) > 4 else file.with_suffix(".in.npz"))
    with torch.no_grad():
        state, image = pictures(folder, config, inputs)
    found = image.permute(0, 2, 3, 1).numpy()
    wanted = np.load(file)["image"]
    off = float(np.abs(found - wanted).max())
    print(f"{len(state)} tensors loaded strictly; {len(wanted)} pictures, largest difference {off:.2g}")
    if not off <= MOST or wanted.std() < 0.05:
        raise SystemExit(f"expected at most {MOST}, found {off}")
