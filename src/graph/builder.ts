import { formatShape, type Shape, sameShape } from "../core/tensor.js";
import { BATCH, type Graph, type GraphNode, type InputName, type Operation, type Parameter } from "./graph.js";

/** An edge of the graph under construction. The rank is in the type, so `conv` of a matrix does not compile. */
export interface Value<S extends Shape = Shape> {
  readonly id: number;
  readonly shape: S;
}
export type Image = Value<readonly [batch: number, height: number, width: number, channels: number]>;
export type Matrix = Value<readonly [batch: number, features: number]>;
export type Sequence = Value<readonly [batch: number, positions: number, features: number]>;
export type Scalar = Value<readonly []>;

/** How one batch norm is conditioned and which moments it uses. */
export interface BatchNormOptions {
  /** With a condition, gain = 1 + condition x W and offset = condition x W'; without, both are learned vectors used as they are. */
  readonly condition?: Matrix;
  /** [1, rows]: the weights of the rows of the standing statistics at the given truncation. */
  readonly rows: Matrix;
  /** Added to the variance inside the square root. */
  readonly epsilon: number;
}

/** Builds a {@link Graph} in network order. Parameters get their names from the scopes they are declared in. */
export class GraphBuilder {
  readonly #nodes: GraphNode[] = [];
  readonly #names = new Set<string>();
  readonly #parameters = new Map<string, Parameter>();
  readonly #layers = new Map<string, number>();
  readonly #path: string[] = [];

  scope<T>(name: string, body: () => T): T {
    this.#path.push(name);
    try {
      return body();
    } finally {
      this.#path.pop();
    }
  }

  /** Names a value as a layer that runtimes can hand out (a tap). */
  layer<V extends Value>(name: string, value: V): V {
    this.#layers.set(name, value.id);
    return value;
  }

  input<const S extends Shape>(input: InputName, shape: S): Value<S> {
    return this.#emit({ op: "input", input }, [], shape, input);
  }

  parameter<const S extends Shape>(name: string, shape: S, kind: Parameter["kind"] = "weight"): Value<S> {
    const full = [...this.#path, name].join(".");
    this.#parameters.set(full, { name: full, shape, kind });
    return this.#emit({ op: "parameter", parameter: full }, [], shape, full);
  }

  /** truncation [] -> [1, rows]. */
  truncationWeights(truncation: Scalar, grid: readonly number[]): Matrix {
    return this.#emit({ op: "truncationWeights", grid }, [truncation], [1, grid.length]);
  }

  concat(values: readonly [Matrix, ...Matrix[]]): Matrix {
    const features = values.reduce((sum, value) => sum + value.shape[1], 0);
    return this.#emit({ op: "concat" }, values, [BATCH, features]);
  }

  features(x: Matrix, start: number, size: number): Matrix {
    return this.#emit({ op: "slice", start, size }, [x], [x.shape[0], size]);
  }

  /** The first `size` channels. */
  channels(x: Image, size: number): Image {
    const [n, h, w, c] = x.shape;
    return size === c ? x : this.#emit({ op: "slice", start: 0, size }, [x], [n, h, w, size]);
  }

  /** Channels of several images side by side. */
  concatChannels(images: readonly [Image, ...Image[]]): Image {
    const [n, h, w] = images[0].shape;
    const fits = images.every(({ shape }) => sameShape(shape.slice(0, 3), [n, h, w]));
    this.#expect("concat", fits, images);
    const channels = images.reduce((sum, image) => sum + image.shape[3], 0);
    return this.#emit({ op: "concat" }, images, [n, h, w, channels]);
  }

  toImage(x: Matrix, side: number, channels: number): Image {
    this.#expect("reshape", x.shape[1] === side * side * channels, [x]);
    return this.#emit({ op: "reshape" }, [x], [BATCH, side, side, channels]);
  }

  linear(name: string, x: Matrix, units: number, { bias }: { readonly bias: boolean }): Matrix {
    return this.scope(name, () => {
      const inputs: Value[] = [x, this.parameter("w", [x.shape[1], units])];
      if (bias) inputs.push(this.parameter("b", [units]));
      return this.#emit({ op: "matmul" }, inputs, [x.shape[0], units]);
    });
  }

  conv(
    name: string,
    x: Image,
    channels: number,
    size: 1 | 3,
    { bias = true }: { readonly bias?: boolean } = {},
  ): Image {
    const [n, h, w, c] = x.shape;
    return this.scope(name, () => {
      const inputs: Value[] = [x, this.parameter("w", [size, size, c, channels])];
      if (bias) inputs.push(this.parameter("b", [channels]));
      return this.#emit({ op: "conv2d" }, inputs, [n, h, w, channels]);
    });
  }

  batchNorm(name: string, x: Image, { condition, rows, epsilon }: BatchNormOptions): Image {
    const c = x.shape[3];
    return this.scope(name, () => {
      const moment = (which: "mean" | "variance") =>
        this.#emit(
          { op: "matmul" },
          [rows, this.parameter(which, [rows.shape[1], c], "statistic")],
          [1, c],
          `${which}At`,
        );
      const mean = moment("mean");
      const variance = moment("variance");
      const gain = condition
        ? this.addScalar(this.linear("gain", condition, c, { bias: false }), 1)
        : this.parameter("gain", [c]);
      const offset = condition ? this.linear("offset", condition, c, { bias: false }) : this.parameter("offset", [c]);
      return this.#emit({ op: "batchNorm", epsilon }, [x, mean, variance, gain, offset], x.shape);
    });
  }

  addScalar(x: Matrix, value: number): Matrix {
    return this.#emit({ op: "addScalar", value }, [x], x.shape);
  }

  relu(x: Image): Image {
    return this.#emit({ op: "relu" }, [x], x.shape);
  }

  tanh(x: Image): Image {
    return this.#emit({ op: "tanh" }, [x], x.shape);
  }

  add<V extends Image | Matrix>(a: V, b: NoInfer<V>): Value<V["shape"]> {
    this.#expect("add", sameShape(a.shape, b.shape), [a, b]);
    return this.#emit({ op: "add" }, [a, b], a.shape);
  }

  upsample(x: Image): Image {
    const [n, h, w, c] = x.shape;
    return this.#emit({ op: "upsample2x" }, [x], [n, h * 2, w * 2, c]);
  }

  maxPool(x: Image): Image {
    const [n, h, w, c] = x.shape;
    return this.#emit({ op: "maxPool2x2" }, [x], [n, h / 2, w / 2, c]);
  }

  averagePool(x: Image): Image {
    const [n, h, w, c] = x.shape;
    this.#expect("averagePool2x2", h % 2 === 0 && w % 2 === 0, [x]);
    return this.#emit({ op: "averagePool2x2" }, [x], [n, h / 2, w / 2, c]);
  }

  /** The sum over all positions. */
  sumPool(x: Image): Matrix {
    return this.#emit({ op: "sumPool" }, [x], [x.shape[0], x.shape[3]]);
  }

  /** The dot product of each row of `a` with the same row of `b`. */
  rowDot(a: Matrix, b: Matrix): Matrix {
    this.#expect("rowDot", sameShape(a.shape, b.shape), [a, b]);
    return this.#emit({ op: "rowDot" }, [a, b], [a.shape[0], 1]);
  }

  /**
   * Self-attention of SAGAN (Zhang et al. 2019, section 3) as BigGAN uses it: queries and keys at c/8, values at c/2, keys and
   * values max-pooled, no scaling of the logits, the residual weighted by a learned gamma.
   */
  selfAttention(name: string, x: Image): Image {
    const [n, h, w, c] = x.shape;
    const flat = (image: Image): Sequence => {
      const [, height, width, features] = image.shape;
      return this.#emit({ op: "reshape" }, [image], [n, height * width, features]);
    };
    return this.scope(name, () => {
      const theta = flat(this.conv("theta", x, c / 8, 1, { bias: false }));
      const phi = flat(this.maxPool(this.conv("phi", x, c / 8, 1, { bias: false })));
      const g = flat(this.maxPool(this.conv("g", x, c / 2, 1, { bias: false })));
      const attended = this.#emit({ op: "attend" }, [theta, phi, g], [n, h * w, c / 2]);
      const image: Image = this.#emit({ op: "reshape" }, [attended], [n, h, w, c / 2]);
      const o = this.conv("o", image, c, 1, { bias: false });
      const scaled: Image = this.#emit({ op: "scale" }, [o, this.parameter("gamma", [])], x.shape);
      return this.add(scaled, x);
    });
  }

  build(facts: Omit<Graph, "nodes" | "parameters" | "layers">): Graph {
    return { ...facts, nodes: this.#nodes, parameters: this.#parameters, layers: this.#layers };
  }

  #emit<const S extends Shape>(operation: Operation, inputs: readonly Value[], shape: S, label?: string): Value<S> {
    const id = this.#nodes.length;
    const stem =
      operation.op === "input" || operation.op === "parameter"
        ? (label ?? operation.op)
        : [...this.#path, label ?? operation.op].join(".");
    let name = stem;
    for (let copy = 1; this.#names.has(name); copy++) {
      if (operation.op === "parameter") throw new Error(`${name}: parameter declared twice`);
      name = `${stem}_${copy}`;
    }
    this.#names.add(name);
    this.#nodes.push({ id, name, operation, inputs: inputs.map((value) => value.id), shape });
    return { id, shape };
  }

  #expect(op: string, holds: boolean, values: readonly Value[]): void {
    if (holds) return;
    const shapes = values.map((value) => formatShape(value.shape)).join(" and ");
    throw new Error(`${[...this.#path, op].join(".")}: shapes do not fit: ${shapes}`);
  }
}
