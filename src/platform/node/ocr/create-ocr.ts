import type { OcrEngine } from '../../../documents/ports.ts'
import { loadOnnxRuntime } from './onnx-runtime.ts'
import { createNativePpocr } from './ppocr.ts'
import { createTesseract } from './tesseract.ts'

export type OcrChoice = 'ppocr' | 'tesseract' | 'vision' | 'auto'

/**
 * The OCR engine of a configuration. `auto` is PP-OCR, or tesseract where the native runtime does not load; the pages say
 * which one read them. `vision` is a model of `XINGSHEN_OCR_*`, which reads the lines that `auto` finds. Engines load at first use and stay loaded.
 */
export async function createOcr(choice: OcrChoice): Promise<OcrEngine> {
  if (choice === 'vision') {
    const [{ createVision }, { readVisionSettings }] = await Promise.all([
      import('./vision.ts'),
      import('../../../judge/settings.ts'),
    ])
    return createVision(await createOcr('auto'), readVisionSettings(process.env))
  }
  if (choice === 'tesseract') return createTesseract()
  if (choice === 'auto' && !(await nativeRuntimeLoads())) return createTesseract()
  return createNativePpocr()
}

async function nativeRuntimeLoads(): Promise<boolean> {
  try {
    await loadOnnxRuntime()
    return true
  } catch {
    return false
  }
}
