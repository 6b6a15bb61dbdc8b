import { constant, type Node, type Weights, weightsOf } from './onnx-file.ts'

/** The nodes of a network while they are rewritten, in an order in which each comes after those whose results it takes. */
export type Graph = {
  /** What a constant holds. */
  weights: (name: string | undefined) => Weights | null
  producer: (name: string | undefined) => Node | undefined
  /** The one node that takes this; none where several do, or where it is a result of the network. */
  onlyUser: (name: string | undefined) => Node | undefined
  remove: (node: Node) => void
  /** Puts a node right before another one. */
  put: (node: Node, before: Node) => void
  rewire: (node: Node, input: string[], output: string | undefined) => void
  /** A new constant's name. */
  keep: (weights: Weights) => string
  newName: () => string
  nodes: () => Node[]
}

/** `results`: the names of what the network gives. */
export function openGraph(given: Node[], results: Set<string>): Graph {
  const constants = new Map<string, Weights>()
  const producers = new Map<string, Node>()
  const users = new Map<string, Set<Node>>()
  const before = new Map<Node, Node[]>()
  const added: Node[] = []
  let count = 0
  const attach = (node: Node) => {
    for (const name of node.output) producers.set(name, node)
    for (const name of node.input) users.set(name, (users.get(name) ?? new Set()).add(node))
  }
  const detach = (node: Node) => {
    for (const name of node.output) producers.delete(name)
    for (const name of node.input) users.get(name)?.delete(node)
  }
  for (const node of given) {
    attach(node)
    const weights = weightsOf(node)
    if (weights) for (const name of node.output) constants.set(name, weights)
  }
  const isThere = (node: Node) => node.output.some((name) => producers.get(name) === node)
  const isUsed = ({ opType, output }: Node) => opType !== 'Constant' || output.some((name) => users.get(name)?.size)
  const newName = () => `fused.${count++}`
  return {
    weights: (name) => constants.get(name ?? '') ?? null,
    producer: (name) => producers.get(name ?? ''),
    onlyUser(name) {
      const [user, ...others] = users.get(name ?? '') ?? []
      return others.length > 0 || results.has(name ?? '') ? undefined : user
    },
    remove: detach,
    put(node, next) {
      attach(node)
      before.set(next, [...(before.get(next) ?? []), node])
    },
    rewire(node, input, output) {
      detach(node)
      Object.assign(node, { input, output: output === undefined ? node.output : [output] })
      attach(node)
    },
    keep(weights) {
      const name = newName()
      constants.set(name, weights)
      const node = constant(name, weights)
      added.push(node)
      attach(node)
      return name
    },
    newName,
    nodes: () =>
      [...added, ...given.flatMap((node) => [...(before.get(node) ?? []), node])].filter(
        (node) => isThere(node) && isUsed(node),
      ),
  }
}
