import type { GraphNode } from "../graph/graph.js";

/** Who uses each node of a graph that is being changed, and which nodes live: those that layers depend on. */
export interface NodeUses {
  /** Numbers of the nodes that use this one and live. */
  liveUsers(id: number): number[];
  /** Of the same nodes, dead ones too: a copy. */
  allUsers(id: number): number[];
  /** A node has been appended. It is dead until something that lives takes it. */
  appended(node: GraphNode): void;
  /** The node, whose inputs these were, takes `to` wherever it took `from`. */
  rewired(user: number, inputs: readonly number[], from: number, to: number): void;
  /** A layer is `to` and no longer `from`. */
  layerMoved(from: number, to: number): void;
}

/** `nodes` is the list that is being changed: inputs are looked up in it. */
export function createNodeUses(nodes: readonly GraphNode[], layers: Iterable<number>): NodeUses {
  /** Most nodes have one user, and few more than two: of one there is no list. */
  const users: (number | number[] | undefined)[] = new Array(nodes.length);
  for (let id = 0; id < nodes.length; id++) takeInputs(id, nodes[id]?.inputs ?? []);
  /** Of each node, how many inputs of live nodes and how many layers it is. */
  const liveUses = nodes.map(() => 0);
  for (const id of layers) gain(id);

  function takeInputs(id: number, inputs: readonly number[]): void {
    for (let at = 0; at < inputs.length; at++) use(inputs[at] ?? -1, id);
  }

  function use(id: number, user: number): void {
    const known = users[id];
    if (known === undefined) users[id] = user;
    else if (typeof known !== "number") {
      if (!known.includes(user)) known.push(user);
    } else if (known !== user) users[id] = [known, user];
  }

  function usersOf(id: number): number[] {
    const known = users[id] ?? [];
    return typeof known === "number" ? [known] : known;
  }

  function gain(id: number): void {
    const waiting = [id];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      const before = liveUses[each] ?? 0;
      liveUses[each] = before + 1;
      if (before === 0) waiting.push(...(nodes[each]?.inputs ?? []));
    }
  }

  function lose(id: number): void {
    const waiting = [id];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      const after = (liveUses[each] ?? 0) - 1;
      liveUses[each] = after;
      if (after === 0) waiting.push(...(nodes[each]?.inputs ?? []));
    }
  }

  /** First what the new one needs: some of it may be what the old one needed. */
  function move(from: number, to: number): void {
    gain(to);
    lose(from);
  }

  const isLive = (id: number) => (liveUses[id] ?? 0) > 0;

  return {
    liveUsers: (id) => usersOf(id).filter(isLive),
    allUsers: (id) => [...usersOf(id)],
    appended({ id, inputs }) {
      liveUses.push(0);
      takeInputs(id, inputs);
    },
    rewired(user, inputs, from, to) {
      users[from] = usersOf(from).filter((each) => each !== user);
      use(to, user);
      if (!isLive(user)) return;
      for (const input of inputs) if (input === from) move(from, to);
    },
    layerMoved: move,
  };
}
