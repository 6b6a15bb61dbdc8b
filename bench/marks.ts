/**
 * `node bench/marks.ts [--seeds N] [--first N] [--held-out] [--kind KIND…] [--each N] [--sheets marks|signatures] [--verbose]`: how surely ticked and empty options and
 * signatures are told on scans, photos and fax pages drawn for it, each page in `--each` of the kinds. The seed decides a
 * page; held-out seeds are others. Interrupted, it prints what it has.
 *
 * Where a name was stamped, the right answer is a question. Notices ask that people sign, one of them that they do so
 * themselves (本人签名), and none says that a name chop (名章, 签名章) will do or will not: `signed` would pass what a secretary
 * may have to return, `not signed` would return a form on which a name stands. The same goes for a facsimile in red; on a
 * fax, which shows no colour, nobody can tell it from a pen, and `signed` is right as well.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DAMAGES, type Damage } from '../samples/generate/degrade.ts'
import { MARK_STYLES, type MarkSheet, marksSheet, signatureSheet } from '../samples/generate/mark-sheets.ts'
import { openPrinter } from '../samples/generate/print.ts'
import { seeded } from '../samples/generate/random.ts'
import { picturePdf, scan } from '../samples/generate/scan.ts'
import { STYLES } from '../samples/generate/style.ts'
import { extractDeclaration } from '../src/declaration/extract.ts'
import type { FieldReading } from '../src/declaration/schema.ts'
import { inProcessReader, readDocument } from '../src/documents/read.ts'
import { createReaderPorts } from '../src/platform/node/reader-ports.ts'

/** Below this a failing rule asks a person to look. */
const SURE = 0.8
const KINDS: Record<string, Damage> = {
  'clean 150': { ...DAMAGES.clean, dpi: 150 },
  'clean 200': DAMAGES.clean,
  'clean 300': { ...DAMAGES.clean, dpi: 300 },
  degraded: DAMAGES.degraded,
  faint: DAMAGES.faint,
  photo: DAMAGES.photo,
  fax: DAMAGES.fax,
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    first: { type: 'string', default: '0' },
    'held-out': { type: 'boolean', default: false },
    kind: { type: 'string', multiple: true, default: Object.keys(KINDS) },
    each: { type: 'string', default: '3' },
    only: { type: 'string' },
    sheets: { type: 'string', default: 'marks,signatures' },
    verbose: { type: 'boolean', default: false },
  },
})

const STAMPED = new Set(['name chop', 'red facsimile'])

type Outcome = 'right' | 'unsure' | 'wrong'
const tally = new Map<string, Record<Outcome, number>>()
const count = (group: string, outcome: Outcome) => {
  const known = tally.get(group) ?? { right: 0, unsure: 0, wrong: 0 }
  known[outcome]++
  tally.set(group, known)
}

const cache = join(tmpdir(), 'xingshen-marks')
await mkdir(cache, { recursive: true })
const printer = await openPrinter()
const reader = inProcessReader(await createReaderPorts('ppocr'))
const set = values['held-out'] ? 'held-out' : 'tuned'
process.once('SIGTERM', () => {
  printTally()
  process.exit(1)
})
try {
  const first = Number(values.first)
  for (let seed = first; seed < first + Number(values.seeds); seed++) {
    for (const [index, style] of [...MARK_STYLES, 'signature', 'signature', 'signature'].entries()) {
      if (!values.sheets.includes(style === 'signature' ? 'signatures' : 'marks')) continue
      const turn = (at: number) => (at + 2 * index + 3 * seed) % values.kind.length
      const kinds = values.kind.filter((_, at) => turn(at) < Number(values.each))
      for (const kind of kinds) await measure(`${set} ${seed} ${index} ${style}`, index, kind)
    }
  }
} finally {
  await printer.close()
}
printTally()

function printTally(): void {
  const share = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`
  const row = (cells: string[]) => cells.map((cell, at) => (at === 0 ? cell.padEnd(38) : cell.padStart(9))).join('')
  console.log(row([set, 'n', 'right', 'unsure', 'wrong']))
  for (const [group, { right, unsure, wrong }] of [...tally].sort(([a], [b]) => a.localeCompare(b))) {
    const all = right + unsure + wrong
    console.log(row([group, String(all), share(right, all), share(unsure, all), share(wrong, all)]))
  }
}

async function measure(name: string, index: number, kind: string): Promise<void> {
  const how = KINDS[kind]
  if (!how) throw new Error(`no kind ${kind}: ${Object.keys(KINDS).join(', ')}`)
  const id = `${name} ${kind}`
  if (values.only && !id.includes(values.only)) return
  const random = seeded(name)
  const sheet = index < MARK_STYLES.length ? marksSheet(random, index) : signatureSheet(random)
  const bytes = await printed(id, sheet, how)
  const document = await readDocument({ name: 'marks.pdf', bytes }, reader)
  const { fields } = extractDeclaration([document])
  const faults: string[] = []
  const judge = (
    what: string,
    path: string,
    truth: unknown,
    { weight = 1, outcome = outcomeOf(fields[path], truth) }: { weight?: number; outcome?: Outcome } = {},
  ) => {
    for (let at = 0; at < weight; at++) {
      count(`${what}`, outcome)
      count(`${what} · ${kind}`, outcome)
      count(`${what} ·· ${sheet.style}`, outcome)
    }
    if (outcome !== 'right')
      faults.push(
        `${outcome} ${path}: ${JSON.stringify(truth)} read ${JSON.stringify(fields[path]?.value)} ${fields[path]?.confidence.toFixed(2) ?? ''} from “${fields[path]?.raw ?? ''}”`,
      )
  }
  for (const { path, options, value } of sheet.questions) judge('states', path, value, { weight: options.length })
  for (const { path, signed, how } of sheet.signatures) {
    const told = outcomeOf(fields[path], signed)
    const outcome = STAMPED.has(how) ? outcomeOfStamp(told, how, kind) : told
    judge(path.startsWith('teachers') ? 'cells signed' : 'signatures', path, signed, { outcome })
    count(`signing ·· ${how}`, outcome)
    count('signing', outcome)
  }
  for (const [path, date] of Object.entries(sheet.dates)) judge('dates', path, date)
  if (values.verbose && faults.length > 0) console.log(`${id}\n  ${faults.join('\n  ')}`)
}

/** A value given with too little confidence to return a form on is a question to a person, whatever it is. */
function outcomeOf(reading: FieldReading | undefined, truth: unknown): Outcome {
  if (reading?.value === undefined || reading.value === null) return 'unsure'
  if (reading.value === truth) return reading.confidence < SURE ? 'unsure' : 'right'
  return reading.confidence < SURE ? 'unsure' : 'wrong'
}

/** `told`: what is said of a stamped name, as if a pen had written it. */
function outcomeOfStamp(told: Outcome, how: string, kind: string): Outcome {
  const looksWritten = how === 'red facsimile' && kind === 'fax'
  return told === 'unsure' || (told === 'right' && looksWritten) ? 'right' : 'wrong'
}

async function printed(id: string, sheet: MarkSheet, how: Damage): Promise<Uint8Array> {
  // A page made before its sheet was drawn otherwise is not the one that is asked for.
  const drawn = createHash('sha256').update(sheet.html).digest('hex').slice(0, 12)
  const path = join(cache, `${id.replace(/[^\w-]/gu, (sign) => sign.codePointAt(0)?.toString(16) ?? '')} ${drawn}.pdf`)
  const known = await readFile(path).catch(() => null)
  if (known) return known
  const pdf = await printer.print(sheet.html, STYLES.song)
  const made = await picturePdf(await scan(pdf, how, id))
  await writeFile(path, made)
  return made
}
