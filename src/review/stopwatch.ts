import type { PageReader } from '../documents/ports.ts'
import type { Review } from './schema.ts'

type Timings = NonNullable<Review['timings']>
type Stage = 'parse' | 'ocr' | 'rules' | 'llm'

/** Milliseconds during which at least one piece of a stage's work was under way; pages are read side by side. */
export function startStopwatch() {
  const begun = performance.now()
  const spent: Record<Stage, number> = { parse: 0, ocr: 0, rules: 0, llm: 0 }
  const running: Record<Stage, { count: number; since: number }> = {
    parse: { count: 0, since: 0 },
    ocr: { count: 0, since: 0 },
    rules: { count: 0, since: 0 },
    llm: { count: 0, since: 0 },
  }
  const time = async <T>(stage: Stage, work: () => Promise<T> | T): Promise<T> => {
    const state = running[stage]
    if (state.count++ === 0) state.since = performance.now()
    try {
      return await work()
    } finally {
      if (--state.count === 0) spent[stage] += performance.now() - state.since
    }
  }
  return {
    time,
    /** The same reader, with its work counted as parsing or OCR. */
    watch: (reader: PageReader): PageReader => ({
      open: (file) => time('parse', () => reader.open(file)),
      ocrPage: (file, number) => time('ocr', () => reader.ocrPage(file, number)),
    }),
    timings: (): Timings => ({
      parseMs: Math.round(spent.parse),
      ocrMs: Math.round(spent.ocr),
      rulesMs: Math.round(spent.rules),
      llmMs: Math.round(spent.llm),
      totalMs: Math.round(performance.now() - begun),
    }),
  }
}
