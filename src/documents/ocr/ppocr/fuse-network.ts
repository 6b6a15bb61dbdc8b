import { floatOf, intsOf, type Node, newNode, readModel, writeModel } from './onnx-file.ts'
import { type Graph, openGraph } from './onnx-graph.ts'

/**
 * A network that computes the same, but for rounding, in fewer passes over its planes; as an ONNX file. PP-OCR's networks are exported
 * with every hard swish spelled out in four steps, and with a scale and a shift before and behind it that the weights of the
 * convolutions beside it can hold: half of their time went into these.
 */
export function fuseNetwork(file: Uint8Array): Uint8Array {
  const model = readModel(file)
  const graph = openGraph(model.graph.node, new Set(model.graph.output.map(({ name }) => name)))
  for (const node of model.graph.node) joinHardSwish(graph, node)
  for (const node of graph.nodes()) if (node.opType === 'Conv') takeInBehind(graph, node)
  for (const node of graph.nodes()) if (node.opType === 'Conv') takeInBefore(graph, node)
  model.graph.node = graph.nodes()
  return writeModel(model)
}

/** `x · clip(x + 3, 0, 6) / 6`: x times a hard sigmoid, which ONNX Runtime computes together with the convolution before it. */
function joinHardSwish(graph: Graph, add: Node): void {
  const shift = affineOf(graph, add)
  const clip = graph.onlyUser(add.output[0])
  const multiply = graph.onlyUser(clip?.output[0])
  const divide = graph.onlyUser(multiply?.output[0])
  if (shift?.scale !== 1 || shift.shift !== 3 || !clip || !multiply || !divide) return
  const isGate = multiply.opType === 'Mul' && multiply.input.includes(shift.input) && isUpTo(graph, clip, 6)
  if (!isGate || divide.opType !== 'Div' || numberOf(graph, divide.input[1]) !== 6) return
  const gate = newNode('HardSigmoid', [shift.input], graph.newName(), { alpha: { f: 1 / 6 }, beta: { f: 0.5 } })
  const [output = ''] = divide.output
  for (const node of [add, clip, multiply, divide]) graph.remove(node)
  graph.put(gate, divide)
  graph.put(newNode('Mul', [shift.input, ...gate.output], output), divide)
}

function isUpTo(graph: Graph, clip: Node, most: number): boolean {
  if (clip.opType !== 'Clip') return false
  const [, low, high] = clip.input
  const bounds = [
    low ? numberOf(graph, low) : floatOf(clip, 'min'),
    high ? numberOf(graph, high) : floatOf(clip, 'max'),
  ]
  return bounds[0] === 0 && bounds[1] === most
}

/** Gives a convolution the scale and the shift that stand behind it. */
function takeInBehind(graph: Graph, conv: Node): void {
  for (;;) {
    const next = graph.onlyUser(conv.output[0])
    const affine = next && affineOf(graph, next)
    if (!next || !affine) return
    const changed = weigh(graph, conv, affine.scale, affine.scale, () => affine.shift)
    if (!changed) return
    graph.remove(next)
    graph.rewire(conv, [conv.input[0] ?? '', ...changed], next.output[0])
  }
}

/**
 * Gives a convolution the scale and the shift that stand before it. Zeros around the planes are not shifted: where a convolution reads
 * them, the shift stays, as one that is done for each plane on its own and so needs no other order of memory.
 */
function takeInBefore(graph: Graph, conv: Node): void {
  let [scale, shift] = [1, 0]
  let [input = ''] = conv.input
  const taken: Node[] = []
  for (let node = graph.producer(input); node; node = graph.producer(input)) {
    const affine = graph.onlyUser(input) ? affineOf(graph, node) : null
    if (!affine) break
    shift += scale * affine.shift
    scale *= affine.scale
    input = affine.input
    taken.push(node)
  }
  if (taken.length === 0 || scale === 0) return
  const isPadded = intsOf(conv, 'pads').some((pad) => pad > 0)
  const changed = weigh(graph, conv, scale, 1, (sum) => (isPadded ? 0 : shift * sum))
  if (!changed) return
  for (const node of taken) graph.remove(node)
  const moved = isPadded && shift !== 0 ? shiftPlanes(graph, conv, input, shift / scale) : input
  graph.rewire(conv, [moved, ...changed], undefined)
}

function shiftPlanes(graph: Graph, conv: Node, input: string, shift: number): string {
  const planes = (graph.weights(conv.input[1])?.dims[1] ?? 1) * (intsOf(conv, 'group')[0] ?? 1)
  const ones = graph.keep({ dims: [planes, 1, 1, 1], data: new Float32Array(planes).fill(1) })
  const shifts = graph.keep({ dims: [planes], data: new Float32Array(planes).fill(shift) })
  const output = graph.newName()
  graph.put(
    newNode('Conv', [input, ones, shifts], output, { group: { i: planes }, kernel_shape: { ints: [1, 1] } }),
    conv,
  )
  return output
}

/**
 * New constants for a convolution whose weights are `scale` and whose bias is `biasScale` times as large, and shifted by what depends on
 * the sum of each plane's weights; null where its weights are none.
 */
function weigh(
  graph: Graph,
  conv: Node,
  scale: number,
  biasScale: number,
  shiftOf: (sum: number) => number,
): [weights: string, bias: string] | null {
  const weights = graph.weights(conv.input[1])
  const planes = weights?.dims[0]
  const bias = conv.input[2] ? graph.weights(conv.input[2]) : { data: new Float32Array(planes ?? 0) }
  if (!weights || !planes || !bias) return null
  const each = weights.data.length / planes
  const shifted = bias.data.map((value, plane) => {
    const sum = weights.data.subarray(plane * each, (plane + 1) * each).reduce((total, weight) => total + weight, 0)
    return value * biasScale + shiftOf(sum)
  })
  return [
    graph.keep({ dims: weights.dims, data: weights.data.map((weight) => weight * scale) }),
    graph.keep({ dims: [planes], data: shifted }),
  ]
}

/** What a node does that multiplies by one number, or adds one. */
function affineOf(
  graph: Graph,
  { opType, input: given }: Node,
): { input: string; scale: number; shift: number } | null {
  if (opType !== 'Mul' && opType !== 'Add') return null
  for (const [number, input] of [given, given.toReversed()] as [string, string][]) {
    const value = numberOf(graph, number)
    if (value !== null) return opType === 'Mul' ? { input, scale: value, shift: 0 } : { input, scale: 1, shift: value }
  }
  return null
}

function numberOf(graph: Graph, name: string | undefined): number | null {
  const weights = graph.weights(name)
  return weights?.data.length === 1 ? (weights.data[0] ?? null) : null
}
