"""Checks an ONNX export by what others wrote: the checker and shape inference of the onnx package, its reference evaluator, and onnxruntime.

    pip install onnx==1.16.2 onnxruntime numpy
    python scripts/check-onnx.py DIR/onnx/model.onnx [REFERENCE.npz [DECIBELS]]

REFERENCE.npz has z, y, truncation and image, as `biggan-port run` takes and gives them; with it, pictures are compared: those of
a model in float32 to 2e-4, those of one in fewer bits by the least PSNR that is given. `--packages` checks nothing. Ends with code 1 when a
check fails. Where one of the packages is missing it says so and ends with code 77.
"""

import sys

try:
    import numpy as np
    import onnx
    import onnxruntime
    from onnx.reference import ReferenceEvaluator
    from onnx.reference.op_run import OpRun
except ImportError as missing:
    print(f"not checked: {missing}", file=sys.stderr)
    sys.exit(77)

# Float32 on both sides, pictures in [-1, 1].
BOUND = 2e-4


class Resize(OpRun):
    """Twice the height and width by nearest neighbour. The package's own takes minutes, a Python call for each number."""

    op_domain = ""

    def _run(self, x, roi=None, scales=None, sizes=None, **how):
        expected = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
        if any(how.get(key) != value for key, value in expected.items()) or list(scales) != [1, 1, 2, 2]:
            raise ValueError(f"Resize: {how}, scales {scales}")
        return (x.repeat(2, axis=2).repeat(2, axis=3),)


def check_structure(path):
    onnx.checker.check_model(path, full_check=True)
    model = onnx.shape_inference.infer_shapes(onnx.load(path), check_type=True, strict_mode=True, data_prop=True)
    inferred = {value.name: value for value in model.graph.value_info}
    made = [name for node in model.graph.node for name in node.output]
    borders = {value.name for value in [*model.graph.input, *model.graph.output]}
    unknown = [name for name in made if name not in borders and not known(inferred.get(name))]
    if unknown:
        raise AssertionError(f"no shape inferred for {len(unknown)} of {len(made)} values, the first {unknown[0]}")
    shapes = {value.name: extents(value) for value in [*model.graph.input, *model.graph.output]}
    print(f"checker and strict shape inference: {len(made)} values, {len(model.graph.initializer)} tensors, {shapes}")


def extents(value):
    return [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]


def known(value):
    if value is None or not value.type.tensor_type.HasField("shape"):
        return False
    # Only the batch, always the first axis, is known at run time alone; Resize gives it a name of its own.
    return all(extent and (isinstance(extent, int) or axis == 0) for axis, extent in enumerate(extents(value)))


def feeds_of(reference, rows, inputs):
    feeds = {"z": reference["z"][rows], "y": reference["y"][rows]}
    truncation = np.broadcast_to(reference["truncation"], len(reference["z"]))[rows[0]]
    feeds["truncation"] = np.array(truncation, np.float32)
    return {name: np.asarray(feeds[name], np.float32) for name in inputs}


def batches(reference):
    """Rows of one truncation run together: a batch has one."""
    truncations = np.broadcast_to(reference["truncation"], len(reference["z"]))
    return [np.flatnonzero(truncations == value) for value in np.unique(truncations)]


def compare(name, run, inputs, reference, groups, least):
    worst, squares, count = 0.0, 0.0, 0
    for rows in groups:
        image = run(feeds_of(reference, rows, inputs))
        if image.shape != reference["image"][rows].shape:
            raise AssertionError(f"{name}: picture {image.shape}, expected {reference['image'][rows].shape}")
        difference = image.astype(np.float64) - reference["image"][rows]
        worst = max(worst, float(np.abs(difference).max()))
        squares, count = squares + float(np.square(difference).sum()), count + difference.size
    psnr = 10 * np.log10(4 / max(squares / count, 1e-15))
    size = f"{sum(map(len, groups))} pictures in {len(groups)} batches"
    print(f"{name}: {size}, largest difference {worst:.1e}, PSNR {psnr:.1f} dB")
    if least is None and not worst < BOUND:
        raise AssertionError(f"{name}: expected less than {BOUND}, found {worst}")
    if least is not None and not psnr >= least:
        raise AssertionError(f"{name}: expected at least {least} dB, found {psnr}")


def evaluated(path):
    """The package evaluates quantization from operator set 19 on, which added types to it and changed nothing else."""
    model = onnx.load(path)
    if any(node.op_type == "DequantizeLinear" for node in model.graph.node):
        model.opset_import[0].version = 19
    return model


def main(path, reference_path=None, decibels=None):
    print(f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}, numpy {np.__version__}")
    check_structure(path)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    if reference_path is None:
        return
    reference = np.load(reference_path)
    inputs = [value.name for value in session.get_inputs()]
    groups = batches(reference)
    least = None if decibels is None else float(decibels)
    compare("onnxruntime CPU", lambda feeds: session.run(["image"], feeds)[0], inputs, reference, groups, least)
    evaluator = ReferenceEvaluator(evaluated(path), new_ops=[Resize])
    # Plain numpy, a second or more for each picture.
    few = groups[:2]
    compare("onnx ReferenceEvaluator", lambda feeds: evaluator.run(["image"], feeds)[0], inputs, reference, few, least)


if __name__ == "__main__":
    try:
        if sys.argv[1:] != ["--packages"]:
            main(*sys.argv[1:])
    except Exception as failure:  # noqa: BLE001: whatever fails, the check has failed
        print(f"{type(failure).__name__}: {failure}", file=sys.stderr)
        sys.exit(1)
