import type { Page } from '../../documents/model.ts'
import type { File, Opened, PageReader } from '../../documents/ports.ts'
import { PROBLEMS, Problem, type ProblemCode } from '../../problem.ts'
import type { OcrChoice } from './ocr/create-ocr.ts'
import { createProcessPool, LostCall, type ProcessPool, RemoteError } from './process-pool.ts'

export type ReaderPoolOptions = {
  /** Reading processes at most. */
  size: number
  /** Resident memory of one reading process in MB; OCR needs about 500. */
  memoryMb: number
  /** Milliseconds that opening a file or reading one page may take. */
  timeoutMs: number
  ocr: OcrChoice
}

/**
 * Reads documents in child processes: a document that crashes, hangs or swells its reader fails alone, as
 * `Problem('corrupt_document')` after one more try in a fresh process.
 */
export function createReaderPool(options: ReaderPoolOptions): Required<PageReader> & { close(): Promise<void> } {
  const { size, memoryMb, timeoutMs, ocr } = options
  const entry = new URL('./reader-process.ts', import.meta.url)
  return readThrough(createProcessPool({ entry, size, memoryMb, timeoutMs, settings: { ocr } }))
}

/** The reader's side of a pool whose children answer `open` and `ocrPage`. */
export function readThrough(pool: ProcessPool): Required<PageReader> & { close(): Promise<void> } {
  const read = async (name: string, payload: unknown, file: File): Promise<unknown> => {
    try {
      return await pool.call(name, payload, file)
    } catch (error) {
      if (!(error instanceof LostCall) || error.reason !== 'died') throw toProblem(error)
    }
    try {
      return await pool.call(name, payload, file)
    } catch (error) {
      throw toProblem(error)
    }
  }
  return {
    open: async (file) => (await read('open', null, file)) as Opened,
    ocrPage: async (file, number) => (await read('ocrPage', number, file)) as Page,
    pageKey: async (file, number) => (await read('pageKey', number, file)) as string,
    drawPage: async (file, number, turn) => (await read('drawPage', { number, turn }, file)) as Uint8Array,
    close: () => pool.close(),
  }
}

function toProblem(error: unknown): unknown {
  if (error instanceof RemoteError) {
    if (isProblemCode(error.code)) return new Problem(error.code, error.detail)
    return new Problem('corrupt_document', '文件内容已损坏，无法读取。请重新导出或重新扫描后上传。', { cause: error })
  }
  if (!(error instanceof LostCall) || error.reason === 'closed') return error
  const detail = {
    died: '读取该文件时程序异常中止，文件可能已损坏。请重新导出或重新扫描后上传。',
    timeout: '读取该文件超时，文件可能已损坏或过于复杂。请重新导出或重新扫描后上传。',
    memory: '读取该文件占用内存过多，文件可能已损坏或过于复杂。请重新导出或降低扫描分辨率后上传。',
  }[error.reason]
  return new Problem('corrupt_document', detail, { cause: error })
}

function isProblemCode(code: string | undefined): code is ProblemCode {
  return code !== undefined && Object.hasOwn(PROBLEMS, code)
}
