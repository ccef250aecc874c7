import { BackendError, InterruptedError, throwIfAborted } from "../../core/errors.js";
import { elementCount, type Tensor } from "../../core/tensor.js";
import type { Graph } from "../../graph/graph.js";
import { feedsOfRow } from "../feeds.js";
import { checkBatch, requestedLayers } from "../requests.js";
import type { Runtime } from "../runtime.js";
import { stackRows } from "../stack-rows.js";
import { describeAbout } from "./about.js";
import { type ConnectOptions, connect } from "./connect.js";
import type { HostedModel } from "./hosted-model.js";

export type HostedOptions = Pick<ConnectOptions, "backend" | "folders" | "start" | "signal">;

/**
 * Runs a graph in another place: writes its model to a private folder, serves it on loopback, and exchanges inputs and
 * layers as float32 in binary. Images of a batch run one by one. An abort, of opening or of a run, kills the place, for nothing
 * less stops a GPU; so does disposing. The runtime then refuses further runs.
 * @throws BackendError when the place does not start or fails; UsageError for inputs that do not fit; InterruptedError.
 */
export async function openHosted(graph: Graph, model: HostedModel, options: HostedOptions): Promise<Runtime> {
  const { backend } = options;
  const { about, exchange, closed } = await connect({
    ...options,
    model,
    maxAnswerBytes: answerBytes(graph),
  });
  const names = graph.nodes.flatMap(({ operation }) => (operation.op === "input" ? [operation.input] : []));
  const interrupt = (): void => exchange.end(new InterruptedError());

  return {
    backend,
    description: describeAbout(about),
    ...(about.adapter === undefined ? {} : { adapter: about.adapter }),
    async run(inputs, { taps = [], signal: stop, onLayer } = {}) {
      const count = checkBatch(graph, inputs);
      const layers = [...requestedLayers(graph, taps).keys()];
      const nodes = layers.map(model.nodeOf);
      throwIfAborted(stop);
      stop?.addEventListener("abort", interrupt);
      try {
        const rows: (readonly Tensor[])[] = [];
        for (let index = 0; index < count; index++) {
          const feeds = [...feedsOfRow(inputs, index, names)].map(([name, feed]) => ({ name, ...feed }));
          rows.push(await exchange.submit({ nodes, feeds }));
        }
        for (const layer of layers) onLayer?.(layer);
        return new Map(layers.map((layer, at) => [layer, stackRows(rows.map((values) => values[at]))]));
      } catch (error) {
        // Whoever stopped the work finds everything closed.
        if (stop?.aborted) await closed;
        throw error;
      } finally {
        stop?.removeEventListener("abort", interrupt);
      }
    },
    async [Symbol.asyncDispose]() {
      exchange.end(new BackendError(`${backend}: the runtime has been closed`));
      await closed;
    },
  };
}

/** All layers of one image: no right answer is larger. */
function answerBytes({ layers, nodes }: Graph): number {
  let numbers = 0;
  for (const id of layers.values()) numbers += elementCount(nodes[id]?.shape.slice(1) ?? []);
  return numbers * Float32Array.BYTES_PER_ELEMENT;
}
