/**
 * `npm run test:load [-- --records 2000 --pdfs 200 --crowded]`: a deadline minute on one machine. 2,000 records and 200 text PDFs arrive within a
 * minute; every one must be taken or told when to come again, taking one must stay quick while the readers work, and memory must not
 * grow with what has passed through. `--crowded`: the records are a dozen leaders', and each is compared with fifty others.
 */
import { parseArgs } from 'node:util'
import { type Fired, fire, within } from './fire.ts'
import { watchMachine } from './machine.ts'
import { pdfUploads, records } from './payloads.ts'
import { startService } from './service.ts'

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '2000' },
    pdfs: { type: 'string', default: '200' },
    crowded: { type: 'boolean', default: false },
  },
})
const RECORDS = { count: Number(values.records), rate: 40 }
const PDFS = { count: Number(values.pdfs), rate: 4 }

/** Until all that was taken is reviewed, in seconds. */
const PATIENCE = 300

/** Of 95 % of the answers, in milliseconds. */
const MOST_MS = 150
/** What the server holds when all is done, against what it held before: its heap is collected when it pleases. */
const MOST_GROWTH_MB = 150

const service = await startService()
const faults: string[] = []
try {
  console.log(`${RECORDS.count} records at ${RECORDS.rate} and ${PDFS.count} text PDFs at ${PDFS.rate} a second …`)
  await service.warmUp(await pdfUploads(8, 'warm'), await records(50, 'warm'))
  const before = await service.settledMemory()
  const watch = service.watchMemory()
  const machine = await watchMachine()
  const [json, pdf] = await Promise.all([
    fire(service.url, { rate: RECORDS.rate, bodies: await records(RECORDS.count, 'load', values.crowded) }),
    fire(service.url, { rate: PDFS.rate, bodies: await pdfUploads(PDFS.count, 'load') }),
  ])
  const { idle, stolen } = await machine()
  const drained = await service.untilDone(PATIENCE)
  const after = await service.settledMemory()
  const peak = watch.stop()

  console.log('| arriving | answered | taken | told to come again | wrong | p50 ms | p95 ms | p99 ms | most ms |')
  console.log('|---|---|---|---|---|---|---|---|---|')
  for (const [name, fired] of [
    ['records', json],
    ['text PDFs', pdf],
  ] as const) {
    const times = [0.5, 0.95, 0.99, 1].map((share) => within(share, fired)).join(' | ')
    console.log(
      `| ${name} | ${fired.times.length} | ${fired.taken} | ${fired.later} | ${fired.wrong.length} | ${times} |`,
    )
    faults.push(...faultsOf(name, fired))
  }
  console.log(
    `\nAll that was taken was reviewed ${drained.seconds.toFixed(0)} s after the last arrived; ${drained.failed} failed.`,
  )
  console.log(`Memory of the server: ${before} MB before, ${after} MB after, at most ${peak} MB.`)
  console.log(`The machine meanwhile: ${percent(idle)} idle, ${percent(stolen)} taken by its host's other guests.`)
  const taken = json.taken + pdf.taken + service.warmed
  if (drained.failed > 0) faults.push(`${drained.failed} reviews failed`)
  if (drained.done !== taken) faults.push(`${taken} were taken, ${drained.done} are there`)
  if (after - before > MOST_GROWTH_MB) faults.push(`memory grew by ${after - before} MB`)
} finally {
  await service.stop()
}
for (const fault of faults) console.log(`FAULT: ${fault}`)
process.exitCode = faults.length > 0 ? 1 : 0

function faultsOf(name: string, fired: Fired): string[] {
  const p95 = within(0.95, fired)
  return [
    ...[...new Set(fired.wrong)].map((what) => `${name}: ${what}`),
    ...(p95 > MOST_MS ? [`${name}: 95 % within ${p95} ms, not ${MOST_MS}`] : []),
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}
