/**
 * `npm run test:load`: a deadline minute on one machine. 2,000 records and 200 text PDFs arrive within a minute; every one must be taken
 * or told when to come again, taking one must stay quick while the readers work, and memory must not grow with what has passed through.
 */
import { type Fired, fire } from './fire.ts'
import { pdfUploads, records } from './payloads.ts'
import { startService } from './service.ts'

const RECORDS = { amount: 2000, rate: 40, connections: 10 }
const PDFS = { amount: 200, rate: 4, connections: 4 }
const SECONDS = 600

/** Of taking one, in milliseconds; autocannon tells the 97.5th percentile, which is no less than the 95th. */
const MOST_MS = 150
/** What the server holds when all is done, against what it held before: its heap is collected when it pleases. */
const MOST_GROWTH_MB = 150

const service = await startService()
const faults: string[] = []
try {
  await service.warmUp(await pdfUploads(2), await records(50))
  const before = await service.settledMemory()
  const watch = service.watchMemory()
  const [json, pdf] = await Promise.all([
    fire(service.url, { ...RECORDS, bodies: await records(RECORDS.amount) }),
    fire(service.url, { ...PDFS, bodies: await pdfUploads(PDFS.amount) }),
  ])
  const drained = await service.untilDone(SECONDS)
  const after = await service.settledMemory()
  const peak = watch.stop()

  console.log('| arriving | sent | taken | told to come again | refused otherwise | p50 ms | p97.5 ms | most ms |')
  console.log('|---|---|---|---|---|---|---|---|')
  for (const [name, fired] of [
    ['records', json],
    ['text PDFs', pdf],
  ] as const) {
    console.log(
      `| ${name} | ${fired.sent} | ${fired.taken} | ${fired.later} | ${fired.wrong.length} | ${fired.p50} | ${fired.p97} | ${fired.most} |`,
    )
    faults.push(...faultsOf(name, fired))
  }
  console.log(
    `\nAll that was taken was reviewed ${drained.seconds.toFixed(0)} s after the last arrived; ${drained.failed} failed.`,
  )
  console.log(`Memory of the server: ${before} MB before, ${after} MB after, at most ${peak} MB.`)
  if (drained.failed > 0) faults.push(`${drained.failed} reviews failed`)
  if (drained.done !== json.taken + pdf.taken + service.warmed)
    faults.push(`${json.taken + pdf.taken + service.warmed} were taken, ${drained.done} are there`)
  if (after - before > MOST_GROWTH_MB) faults.push(`memory grew by ${after - before} MB`)
} finally {
  await service.stop()
}
for (const fault of faults) console.log(`FAULT: ${fault}`)
process.exitCode = faults.length > 0 ? 1 : 0

function faultsOf(name: string, { wrong, p97 }: Fired): string[] {
  return [
    ...[...new Set(wrong)].map((what) => `${name}: ${what}`),
    ...(p97 > MOST_MS ? [`${name}: 97.5 % within ${p97} ms, not ${MOST_MS}`] : []),
  ]
}
