"""The generator as a TensorFlow graph. The order of its ops makes their names; nothing else depends on it."""
from configs import BIGGAN
from tf1 import tf
from variables import block, numbered

EPSILON = 1e-4


def network(family, config, structure, weight, vector, statistics, z, y, write_back=None):
    """
    -> (image [n, R, R, 3], {layer: tensor}). `weight(name)` and `vector(name)` give tensors; `statistics(k, x, channels)` the mean and variance
    of the k-th batch norm; `write_back(scope, matrix, u, sigma)` is called for each spectral norm.
    """
    layers, ch = {}, config["ch"]
    normalise = _batch_norms(statistics)

    def filter_of(scope):
        with tf.name_scope("SpectralNorm"):
            w = weight(scope + "/w")
            out = w.shape.as_list()[-1]
            matrix = tf.reshape(w, [-1, out])
            u0 = tf.reshape(vector(scope + "/u0"), [1, out])
            a = tf.matmul(u0, matrix, transpose_b=True)
            v = a * tf.rsqrt(tf.reduce_sum(tf.square(a)) + EPSILON)
            b = tf.matmul(v, matrix)
            u = b * tf.rsqrt(tf.reduce_sum(tf.square(b)) + EPSILON)
            sigma = tf.matmul(tf.matmul(v, matrix), u, transpose_b=True)
            if write_back: write_back(scope, matrix, u, sigma)
            return w / tf.reshape(sigma, [])

    def conv(x, scope, bias=True):
        with _name_scope(scope):
            h = tf.nn.conv2d(x, filter_of(scope), [1, 1, 1, 1], "SAME", name="convolution")
            return tf.nn.bias_add(h, weight(scope + "/b")) if bias else h

    def linear(x, scope, bias):
        with _name_scope(scope):
            h = tf.matmul(x, filter_of(scope))
            return h + weight(scope + "/b") if bias else h

    def conditional_norm(x, condition, gain, offset):
        channels = x.shape.as_list()[-1]
        gain, offset = 1.0 + linear(condition, gain, False), linear(condition, offset, False)
        shape = [-1, 1, 1, channels]
        return tf.nn.relu(normalise(x, tf.reshape(gain, shape), tf.reshape(offset, shape)))

    def attention(x):
        scope, (_, h, w, c) = "Generator/attention", x.shape.as_list()
        theta = tf.reshape(conv(x, scope + "/theta", False), [-1, h * w, c // 8])
        phi = tf.reshape(_pool(conv(x, scope + "/phi", False)), [-1, h * w // 4, c // 8])
        g = tf.reshape(_pool(conv(x, scope + "/g", False)), [-1, h * w // 4, c // 2])
        seen = tf.matmul(tf.nn.softmax(tf.matmul(theta, phi, transpose_b=True)), g)
        o = conv(tf.reshape(seen, [-1, h, w, c // 2]), scope + "/o_conv", False)
        return weight(scope + "/gamma") * o + x

    def biggan():
        chunks = tf.split(z, len(config["in_mult"]) + 1, 1)
        h = linear(chunks[0], "Generator/G_Z/G_linear", True)
        h = layers["first"] = tf.reshape(h, [-1, 4, 4, config["in_mult"][0] * ch])
        for i in range(len(config["in_mult"])):
            scope, x = block(i, structure), h
            condition = tf.concat([chunks[i + 1], embedding], 1)
            hyper = lambda h, k: conditional_norm(h, condition, *(numbered(scope + "/HyperBN", k) + s for s in ("/gamma", "/beta")))
            h = conv(_enlarge(hyper(x, 0)), scope + "/conv0")
            h = conv(hyper(h, 1), scope + "/conv1")
            h = layers[f"block{i}"] = h + conv(_enlarge(x), scope + "/conv_sc")
            if i == config["att_after"]: h = layers["attention"] = attention(h)
        return h, "Generator/ScaledCrossReplicaBN/gamma", "Generator/ScaledCrossReplicaBN/beta"

    def deep():
        condition = tf.concat([z, embedding], 1)
        h = linear(condition, "Generator/GenZ/G_linear", True)
        h = layers["first"] = tf.reshape(h, [-1, 4, 4, config["layers"][0][1] * ch])
        for i, (enlarges, before, after) in enumerate(config["layers"]):
            if i == config["att_before"]: h = layers["attention"] = attention(h)
            scope, x = block(i, structure), h
            norm = lambda h, k: conditional_norm(h, condition, *(numbered(scope + "/BatchNorm", k) + s for s in ("/scale", "/offset")))
            h = norm(conv(norm(x, 0), scope + "/conv0"), 1)
            if enlarges: h = _enlarge(h)
            h = conv(norm(conv(h, scope + "/conv1"), 2), scope + "/conv2")
            h = conv(norm(h, 3), scope + "/conv3")
            shortcut = x[:, :, :, :after * ch] if after != before else x
            if enlarges: shortcut = _enlarge(shortcut)
            h = layers[f"block{i}"] = h + shortcut
        return h, "Generator/BatchNorm/scale", "Generator/BatchNorm/offset"

    embedding = tf.matmul(y, weight("linear/w"), name="linear_1")
    with tf.name_scope("Generator_1"):
        h, gain, offset = biggan() if family == BIGGAN else deep()
        h = layers["final_bn_relu"] = tf.nn.relu(normalise(h, weight(gain), weight(offset)))
        if family == BIGGAN: image = tf.nn.tanh(conv(h, "Generator/conv_2d"))
        else:
            h = layers["rgb_full"] = conv(h, "Generator/conv_to_rgb")
            image = tf.nn.tanh(h[:, :, :, :3])
    return image, layers


def _name_scope(scope):
    return tf.name_scope(scope.removeprefix("Generator/"))


def _enlarge(x):
    with tf.name_scope("upsample"):
        return tf.depth_to_space(tf.concat([x, x, x, x], 3), 2)


def _pool(x):
    return tf.nn.max_pool2d(x, 2, 2, "VALID")


def _batch_norms(statistics):
    """(x, gain, offset) -> the next batch norm of x; counts them."""
    count = iter(range(10**6))

    def normalise(x, gain, offset):
        with tf.name_scope("batchnorm"):
            mean, variance = statistics(next(count), x, x.shape.as_list()[-1])
            return (x - mean) * tf.rsqrt(variance + EPSILON) * gain + offset

    return normalise
