"""One picture from an exported folder, with onnxruntime: python example.py EXPORT_DIR

Needs onnxruntime and numpy, nothing else.
"""

import argparse
import os
import struct
import zlib
from statistics import NormalDist

import numpy as np
import onnxruntime

parser = argparse.ArgumentParser()
parser.add_argument("folder", help="what `biggan-port convert MODEL -o FOLDER --to onnx` wrote")
parser.add_argument("--class", dest="label", type=int, default=0, help="index of the class")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--truncation", type=float, default=0.5)
parser.add_argument("-o", "--output", default="picture.png")
options = parser.parse_args()

session = onnxruntime.InferenceSession(
    os.path.join(options.folder, "onnx", "model.onnx"), providers=["CPUExecutionProvider"]
)
inputs = {each.name: each.shape for each in session.get_inputs()}


def generate(z, y, truncation):
    """Pictures [n, R, R, 3] in [-1, 1]. An export with one truncation baked in has no such input."""
    feeds = {"z": z, "y": y, "truncation": np.float32(truncation)}
    (image,) = session.run(["image"], {name: np.asarray(feeds[name], np.float32) for name in inputs})
    return image


def sample_z(count, size, truncation, seed):
    """The public demo's scipy.stats.truncnorm.rvs(-2, 2, random_state=RandomState(seed)), without scipy: the inverse of the
    normal's distribution function between -2 and 2, at one uniform number each."""
    normal = NormalDist()
    low, high = normal.cdf(-2), normal.cdf(2)
    uniform = np.random.RandomState(seed).uniform(size=count * size)
    values = [normal.inv_cdf(low + u * (high - low)) for u in uniform]
    return np.float32(truncation * np.reshape(values, (count, size)))


def write_png(path, image):
    """Eight bits a channel, with the demo's own rounding; a PNG is three chunks, each with its length and checksum."""
    pixels = np.clip((image + 1) / 2 * 256, 0, 255).astype(np.uint8)
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)  # 0: the row as it is, no filter

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits, RGB
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def check_goldens(path):
    """Runs the inputs that the export brings, and compares with the pictures of its float64 reference. The golden latent
    vectors are those of seeds 0, 1, 2 …"""
    goldens = np.load(path)
    count = len(goldens["truncation"])
    z_differences, largest, least_decibels = [], 0.0, np.inf
    for row in range(count):
        z, y, truncation = goldens["z"][row : row + 1], goldens["y"][row : row + 1], goldens["truncation"][row]
        as_written = round(float(truncation), 6)  # 0.4, where float32 holds 0.40000000596
        z_differences.append(np.abs(sample_z(1, z.shape[1], as_written, seed=row) - z).max())
        differences = generate(z, y, truncation)[0].astype(np.float64) - goldens["image"][row]
        largest = max(largest, np.abs(differences).max())
        least_decibels = min(least_decibels, 10 * np.log10(4 / np.mean(differences**2)))
    print(f"goldens: {count} pictures, PSNR {least_decibels:.1f} dB at worst, largest difference {largest:.1e}")
    print(f"z by seed: largest difference {max(z_differences):.1e}")


z = sample_z(1, inputs["z"][1], options.truncation, options.seed)
y = np.eye(inputs["y"][1])[[options.label]]
(image,) = generate(z, y, options.truncation)
write_png(options.output, image)
print(f"{options.output}: {image.shape[1]} x {image.shape[0]}")

goldens_path = os.path.join(options.folder, "goldens.npz")
if os.path.exists(goldens_path):
    check_goldens(goldens_path)
