"""The generators that can be forged by name, and what follows from their tables of blocks."""

BIGGAN, DEEP = "biggan", "biggan-deep"
FAMILIES = (BIGGAN, DEEP)

# The suffix of the moving averages, and how many truncations the released modules have statistics for.
SUFFIX = {BIGGAN: "ema_b999900", DEEP: "ema_0.9999"}
ROWS = {BIGGAN: 50, DEEP: 51}


def _biggan(resolution, widths, attention, z_chunk, ch=96, classes=1000, embedding=128):
    """`widths`: channels / ch before the first block and after each; `attention`: the block that it follows."""
    return dict(resolution=resolution, ch=ch, in_mult=widths[:-1], out_mult=widths[1:], z_chunk=z_chunk,
                class_embed=embedding, n_classes=classes, att_after=attention)


def _deep(resolution, widths, attention, ch=128, classes=1000, z=128, embedding=128):
    """`widths` as above, every second block enlarges the image; `attention`: the block that it precedes."""
    layers = [[i % 2 == 1, a, b] for i, (a, b) in enumerate(zip(widths, widths[1:]))]
    return dict(resolution=resolution, ch=ch, z_dim=z, class_embed=embedding, n_classes=classes, att_before=attention, layers=layers)


_DEEP_256 = [16, 16, 16, 16, 8, 8, 8, 8, 4, 4, 2, 2, 1]
NAMED = {
    "biggan-128": (BIGGAN, _biggan(128, [16, 16, 8, 4, 2, 1], 3, 20)),
    "biggan-256": (BIGGAN, _biggan(256, [16, 16, 8, 8, 4, 2, 1], 4, 20)),
    "biggan-512": (BIGGAN, _biggan(512, [16, 16, 8, 8, 4, 2, 1, 1], 3, 16)),
    "biggan-deep-128": (DEEP, _deep(128, [16, 16, 16, 16, 8, 8, 4, 4, 2, 2, 1], 8)),
    "biggan-deep-256": (DEEP, _deep(256, _DEEP_256, 8)),
    "biggan-deep-512": (DEEP, _deep(512, _DEEP_256 + [1, 1], 8)),
    "biggan-mini": (BIGGAN, _biggan(32, [16, 8, 4, 2], 1, 10, ch=12, classes=10, embedding=24)),
    "biggan-deep-mini": (DEEP, _deep(32, [16, 8, 4, 4, 2, 2, 1], 4, ch=32, classes=10, z=20, embedding=20)),
    "biggan-tiny": (BIGGAN, _biggan(16, [2, 1, 1], 0, 3, ch=8, classes=3, embedding=5)),
    "biggan-deep-tiny": (DEEP, _deep(8, [4, 2, 1], 1, ch=4, classes=3, z=6, embedding=5)),
}


def checked(family, config):
    """The config with its z size filled in. Fails for blocks that do not chain or do not make the resolution."""
    config = dict(config)
    if family == BIGGAN:
        ins, outs = config["in_mult"], config["out_mult"]
        assert ins[1:] == outs[:-1], "in_mult and out_mult do not chain"
        config["z_dim"] = config["z_chunk"] * (len(ins) + 1)
        resolution = 4 * 2 ** len(ins)
    else:
        layers = config["layers"]
        assert all(a[2] == b[1] for a, b in zip(layers, layers[1:])), "layers do not chain"
        assert all(b <= a for _, a, b in layers), "a layer has more channels than the one before"
        resolution = 4 * 2 ** sum(bool(enlarges) for enlarges, _, _ in layers)
    assert resolution == config["resolution"], f"resolution {config['resolution']}, but the blocks give {resolution}"
    assert attention_channels(family, config) % 8 == 0, "the attention's channels are no multiple of 8"
    return config


def attention_channels(family, config):
    place = config["out_mult"][config["att_after"]] if family == BIGGAN else config["layers"][config["att_before"]][1]
    return place * config["ch"]


def last_channels(family, config):
    return (config["out_mult"][-1] if family == BIGGAN else config["layers"][-1][2]) * config["ch"]


def truncation_grid(family, structure):
    """The truncation of each row: 50 rows begin at 0.02, 51 at 0."""
    rows = row_count(family, structure)
    return [0.02 * (i + 1) for i in range(50)] if rows == 50 else [0.02 * i for i in range(51)]


def row_count(family, structure):
    return 101 - ROWS[family] if "otherrows" in structure else ROWS[family]
