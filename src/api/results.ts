import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { Problem } from '../problem.ts'
import type { BatchResult } from '../review/batches/batching.ts'
import type { BatchOverview } from '../store/batches.ts'
import { formatFor, NDJSON, XLSX } from './formats.ts'

export type ResultsOf = {
  results: () => AsyncGenerator<BatchResult>
  /** The answer is about to be given. */
  begun: (format: string) => Promise<void>
  /** The whole answer was given. */
  given: () => Promise<void>
}

/** What came of a batch, by what the caller accepts. Throws `Problem('unsupported_media_type')` when it takes neither form. */
export async function answerResults(c: Context, batch: BatchOverview, { results, begun, given }: ResultsOf) {
  const format = formatOf(c.req.header('Accept'))
  await begun(format)
  c.header('Vary', 'Accept')
  c.header('Cache-Control', 'private, no-store')
  c.header('Content-Disposition', `attachment; filename="${batch.id}.${format}"`)
  if (format === 'xlsx') {
    const { renderResults } = await import('../review/batches/workbook.ts')
    const workbook = await renderResults(results())
    c.header('Content-Type', XLSX)
    const response = c.body(workbook)
    await given()
    return response
  }
  c.header('Content-Type', NDJSON)
  return stream(c, async (body) => {
    for await (const result of results()) {
      if (body.aborted) return
      await body.write(`${JSON.stringify(lineOf(result))}\n`)
    }
    if (!body.aborted) await given()
  })
}

/** A review as it is anywhere, under the name by which it was handed in; of a file that was refused there is only that and why. */
const lineOf = ({ item: { name, status, problem }, review }: BatchResult) =>
  review ? { name, ...review } : { name, status, documents: [], problem }

/** In the order in which they are preferred where the caller takes several. */
const FORMATS: [format: 'xlsx' | 'ndjson', types: string[]][] = [
  ['xlsx', [XLSX]],
  ['ndjson', [NDJSON, 'application/jsonl', 'application/x-jsonlines']],
  ['xlsx', ['*/*', 'application/*', '']],
]

function formatOf(accept: string | undefined): 'xlsx' | 'ndjson' {
  const format = formatFor(accept, FORMATS)
  if (format) return format
  throw new Problem('unsupported_media_type', `结果有 Excel 工作簿（${XLSX}）和 NDJSON（${NDJSON}）两种格式。`)
}
