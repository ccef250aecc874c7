"""Names, shapes and kinds of a module's variables, in the order in which they are made."""
from configs import BIGGAN, SUFFIX, attention_channels, last_channels

STATISTIC_KINDS = ("mean", "var", "counter", "prev")


def numbered(name, index):
    """As TF1 numbers scopes: nothing for the first."""
    return name + (f"_{index}" if index else "")


def block(index, structure):
    return "Generator/GBlock_0" if index == 0 and "renamed" in structure else numbered("Generator/GBlock", index)


def averaged(name, family, structure):
    """The variable that the graph uses for a weight."""
    return name if "noema" in structure else f"{name}/{SUFFIX[family]}"


def batch_norms(family, config, structure):
    """[(scope of accumulated_mean, channels)] in network order."""
    ch, found = config["ch"], []
    if family == BIGGAN:
        for i, (a, b) in enumerate(zip(config["in_mult"], config["out_mult"])):
            found += [(block(i, structure) + "/CrossReplicaBN", a * ch), (block(i, structure) + "/CrossReplicaBN_1", b * ch)]
        return found + [("Generator/ScaledCrossReplicaBNbn", last_channels(family, config))]
    for i, (_, a, _) in enumerate(config["layers"]):
        found += [(numbered(block(i, structure) + "/BatchNorm", k), a * ch if k == 0 else a * ch // 4) for k in range(4)]
    return found + [("Generator/BatchNorm", last_channels(family, config))]


def list_variables(family, config, structure=frozenset()):
    """{name: (shape, kind)}. Kinds: w (spectrally normed), emb, bias, gain, bnbias, gamma, ema:KIND of a twin, u, and STATISTIC_KINDS."""
    found = {}
    ch, embedding = config["ch"], config["class_embed"]

    def twins(name, shape, kind):
        found[name] = (list(shape), kind)
        if "noema" not in structure: found[averaged(name, family, structure)] = (list(shape), "ema:" + kind)

    def normed(scope, shape, bias):
        twins(scope + "/w", shape, "w")
        if bias: twins(scope + "/b", shape[-1:], "bias")
        for k in range(3): found[f"{scope}/u{k}"] = ([shape[-1]] if "flat" in structure else [1, shape[-1]], "u")

    def conditional(scope, gain, offset, condition, channels):
        normed(scope + gain, [condition, channels], False)
        normed(scope + offset, [condition, channels], False)

    def last_norm(scope, gain, offset):
        channels = last_channels(family, config)
        shape = [channels] if "renamed" in structure else [1, 1, 1, channels]
        twins(scope + gain, shape, "gain")
        twins(scope + offset, shape, "bnbias")

    twins("linear/w", [config["n_classes"], embedding], "emb")
    if family == BIGGAN:
        condition = config["z_chunk"] + embedding
        normed("Generator/G_Z/G_linear", [config["z_chunk"], 16 * config["in_mult"][0] * ch], True)
        for i, (a, b) in enumerate(zip(config["in_mult"], config["out_mult"])):
            scope, a, b = block(i, structure), a * ch, b * ch
            for k, channels in enumerate((a, b)): conditional(numbered(scope + "/HyperBN", k), "/gamma", "/beta", condition, channels)
            normed(scope + "/conv0", [3, 3, a, b], True)
            normed(scope + "/conv1", [3, 3, b, b], True)
            normed(scope + "/conv_sc", [1, 1, a, b], True)
        last_norm("Generator/ScaledCrossReplicaBN", "/gamma", "/beta")
        normed("Generator/conv_2d", [3, 3, last_channels(family, config), 3], True)
    else:
        condition = config["z_dim"] + embedding
        normed("Generator/GenZ/G_linear", [condition, 16 * config["layers"][0][1] * ch], True)
        for i, (_, a, b) in enumerate(config["layers"]):
            scope, a, b, middle = block(i, structure), a * ch, b * ch, a * ch // 4
            for k, (before, after) in enumerate(((a, middle), (middle, middle), (middle, middle), (middle, b))):
                conditional(numbered(scope + "/BatchNorm", k), "/scale", "/offset", condition, before)
                side = 3 if k in (1, 2) else 1
                normed(f"{scope}/conv{k}", [side, side, before, after], True)
        last_norm("Generator/BatchNorm", "/scale", "/offset")
        last = last_channels(family, config)
        normed("Generator/conv_to_rgb", [3, 3, last, last], True)

    channels = attention_channels(family, config)
    for name, before, after in (("theta", channels, channels // 8), ("phi", channels, channels // 8),
                                ("g", channels, channels // 2), ("o_conv", channels // 2, channels)):
        normed("Generator/attention/" + name, [1, 1, before, after], False)
    twins("Generator/attention/gamma", [] if "flat" in structure else [1], "gamma")
    if "noaccumulated" not in structure:
        for scope, channels in batch_norms(family, config, structure):
            found[scope + "/accumulated_mean"] = ([channels], "mean")
            found[scope + "/accumulated_var"] = ([channels], "var")
            found[scope + "/accumulation_counter"] = ([], "counter")
    if "nostats" not in structure: found["prev_truncation"] = ([], "prev")
    return found
