import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { memoryPageCache, readThroughCache } from './documents/page-cache.ts'
import type { PageReader } from './documents/ports.ts'
import type { ModelDeps } from './judge/endpoint/model.ts'
import type { Judge } from './judge/judge.ts'
import type { LlmSettings } from './judge/settings.ts'
import type { OcrChoice } from './platform/node/ocr/create-ocr.ts'
import { packSourceFromFolder } from './platform/node/pack-source.ts'
import { promptFilesFromFolder } from './platform/node/prompt-source.ts'
import type { LogFault } from './review/fault.ts'
import { createReviewer, type Reviewer } from './review/reviewer.ts'
import { loadPacks, openPacks } from './rules/engine/load.ts'

export const OCR_ENGINES = ['auto', 'ppocr', 'tesseract', 'vision'] as const satisfies OcrChoice[]

/** Reading one page by OCR takes seconds and some 500 MB; what needs far more is broken or means harm. */
const READING = { size: Math.min(availableParallelism(), 4), memoryMb: 1500, timeoutMs: 180_000 }

const RULES = fileURLToPath(new URL('../rules/', import.meta.url))
const PROMPTS = fileURLToPath(new URL('../prompts/', import.meta.url))

export type NodeOptions = {
  ocr?: OcrChoice
  log: LogFault
  /** A further folder of checks and packs, laid out as `rules/`. */
  rulesFolder?: string | undefined
  /** Without, no model is asked. */
  llm?: LlmChoice | null
  /** Told what became of every request to the model. */
  onModelCall?: ModelDeps['onCall']
}

/** `probe`: the record of the model's last probe, as text. */
export type LlmChoice = { settings: LlmSettings; probe: string | null }

export type NodeDeps = { reviewer: Reviewer; reader: PageReader; close(): Promise<void> }

/** Everything a review needs on Node. Throws `PackError` when a rules folder has a fault. */
export function createNodeDeps({ ocr = 'auto', log, rulesFolder, llm, onModelCall }: NodeOptions): NodeDeps {
  const packs = rulesFolder
    ? loadPacks(new Map([RULES, rulesFolder].flatMap(filesOf)))
    : openPacks(packSourceFromFolder(RULES))
  const { reader, close } = createLazyReader(ocr)
  return {
    reader,
    close,
    reviewer: createReviewer({
      packs,
      // The service hands over a reader of its own for each review, with its own memory of pages.
      reader: readThroughCache(reader, memoryPageCache(), 'run'),
      clock: () => new Date(),
      log,
      concurrency: READING.size,
      ...(llm ? { judge: createLazyJudge(llm, onModelCall) } : {}),
    }),
  }
}

/** By their full paths: a further folder may be named `rules` too. */
function filesOf(folder: string): [path: string, text: string][] {
  return [...packSourceFromFolder(folder)].map(([path, text]) => [join(folder, '..', path), text])
}

/** The configured model with its prompts. Throws `PromptError` when a prompt has a fault. */
export async function openNodeJudge({ settings, probe }: LlmChoice, onCall?: ModelDeps['onCall']): Promise<Judge> {
  const { openJudge } = await import('./judge/open.ts')
  return openJudge({ settings, probe, files: promptFilesFromFolder(PROMPTS), ...(onCall ? { onCall } : {}) })
}

/** The SDK and the prompts are loaded with the first review. */
function createLazyJudge(llm: LlmChoice, onCall?: ModelDeps['onCall']): Pick<Judge, 'judge'> {
  let opened: Promise<Judge> | undefined
  return {
    async judge(input, run) {
      opened ??= openNodeJudge(llm, onCall)
      return (await opened).judge(input, run)
    },
  }
}

/** A JSON declaration starts no reading processes: they come with the first document. */
function createLazyReader(ocr: OcrChoice) {
  let pool: Promise<Required<PageReader> & { close(): Promise<void> }> | undefined
  const open = async () => {
    const { createReaderPool } = await import('./platform/node/reader-pool.ts')
    return createReaderPool({ ...READING, ocr })
  }
  const started = () => {
    pool ??= open()
    return pool
  }
  const reader: Required<PageReader> = {
    open: async (file) => (await started()).open(file),
    ocrPage: async (file, number) => (await started()).ocrPage(file, number),
    pageKey: async (file, number) => (await started()).pageKey(file, number),
    drawPage: async (file, number, turn) => (await started()).drawPage(file, number, turn),
  }
  return {
    reader,
    async close() {
      await (await pool)?.close()
    },
  }
}
