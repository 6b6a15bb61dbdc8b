import type { Raster, Seal } from '../src/documents/model.ts'
import { shrinkTo } from '../src/documents/ocr/raster.ts'
import { readRaster } from '../src/documents/ocr/read-raster.ts'
import { findStamps, redness } from '../src/documents/ocr/red.ts'
import { readSeal } from '../src/documents/ocr/seal/read-seal.ts'
import { findSeals } from '../src/documents/ocr/seals.ts'
import { createNativePpocr } from '../src/platform/node/ocr/ppocr.ts'
import { sealNamesUnit } from '../src/rules/domain/checks/unit.ts'
import { Form } from '../src/rules/engine/form.ts'
import { type Claim, wrongClaims } from './seals/names.ts'
import { drawScene, type Half, KINDS, type Kind, randomOf } from './seals/scene.ts'

/**
 * Stamps made-up seals on sample pages, damages them as scanners and phones do, reads each once, and asks whether it bears the right
 * name and several wrong ones: `node bench/seals.ts [held-out|tuned] [seals of a kind] [first seed] [kind …]`.
 */
const [half = 'held-out', count = '25', start = '1', ...only] = process.argv.slice(2)
if (half !== 'held-out' && half !== 'tuned') throw new Error('the first argument is held-out or tuned')
const kinds = KINDS.filter((kind) => only.length === 0 || only.includes(kind))
/** Kinds in which red cannot be told: the whole part of the page is read, as seals are looked for in what is not print. */
const COLOURLESS: Kind[] = ['grey', 'bilevel']
/** A found seal's middle is this near to the true one, in millimetres. */
const NEAR = 5

type Tally = { agrees: number; differs: number; unclear: number }
type Row = { seals: number; found: number; extra: number; exact: number; right: Tally; wrong: Tally }
type Found = { x: number; y: number; words: Pick<Seal, 'text' | 'rim' | 'view'> | null }

const ocr = createNativePpocr()
const empty = (): Tally => ({ agrees: 0, differs: 0, unclear: 0 })
const rows: Record<string, Row> = {}
const byClaim: Record<string, Record<string, Tally>> = { colour: {}, colourless: {} }
const mistakes: string[] = []

for (const kind of kinds) {
  const row: Row = { seals: 0, found: 0, extra: 0, exact: 0, right: empty(), wrong: empty() }
  rows[kind] = row
  for (let seed = Number(start); seed < Number(start) + Number(count); seed++) await measure(half, kind, seed, row)
  console.error(kind, JSON.stringify(row))
}
console.table(
  Object.fromEntries(
    Object.entries(rows).map(([kind, { right, wrong, ...row }]) => [
      kind,
      {
        ...row,
        'right: agrees': right.agrees,
        differs: right.differs,
        unclear: right.unclear,
        'wrong: agrees': wrong.agrees,
        'differs ': wrong.differs,
        'unclear ': wrong.unclear,
      },
    ]),
  ),
)
for (const [colour, claims] of Object.entries(byClaim)) {
  const tallies = Object.values(claims)
  if (tallies.length === 0) continue
  console.table(claims)
  const decided = tallies.reduce((sum, { agrees, differs }) => sum + agrees + differs, 0)
  const checks = tallies.reduce((sum, { unclear }) => sum + unclear, decided)
  console.log(`${half}, ${colour}: ${checks} checks, ${decided} decided (${((100 * decided) / checks).toFixed(1)} %)`)
}
console.log(`${total('found')} of ${total('seals')} seals found, ${total('exact')} with exactly their words`)
console.log(`${mistakes.length} wrongly`)
for (const mistake of mistakes) console.log(mistake)

function total(key: 'seals' | 'found' | 'exact'): number {
  return Object.values(rows).reduce((sum, row) => sum + row[key], 0)
}

async function measure(half: Half, kind: Kind, seed: number, row: Row): Promise<void> {
  const scene = await drawScene(half, kind, seed)
  const isColourless = COLOURLESS.includes(kind)
  const left = isColourless ? await readDark(scene.raster) : await readRed(scene.raster)
  for (const truth of scene.seals) {
    row.seals++
    const at = left.findIndex(({ x, y }) => Math.hypot(x - truth.x, y - truth.y) < NEAR)
    const [found] = at < 0 ? [] : left.splice(at, 1)
    const words = found?.words ?? null
    if (found) row.found++
    if (words?.text?.startsWith(truth.look.name)) row.exact++
    const random = randomOf(half, kind, seed)
    const own: Claim = { name: truth.unit, kind: truth.look.name === truth.unit ? 'right' : 'the unit of a department' }
    for (const claim of [own, ...wrongClaims(truth.unit, random)]) {
      if (claim !== own && (claim.name === truth.look.name || claim.name === truth.unit)) continue
      const answer = words ? ask(claim.name, words) : 'unclear'
      const tally = claim.kind === 'right' ? row.right : row.wrong
      tally[answer]++
      const claims = byClaim[isColourless ? 'colourless' : 'colour'] ?? {}
      const kindTally = claims[claim.kind] ?? empty()
      claims[claim.kind] = kindTally
      kindTally[answer]++
      if (answer === (claim.kind === 'right' ? 'differs' : 'agrees') || (isColourless && answer === 'differs'))
        mistakes.push(
          `${kind} ${seed}: a seal of ${truth.look.name} (read ${words?.text}) ${answer} with ${claim.name}`,
        )
    }
  }
  row.extra += left.length
}

async function readRed(raster: Raster): Promise<Found[]> {
  const small = shrinkTo(raster, 2600)
  const perMm = (small.dpi ?? 200) / 25.4
  const red = redness(small)
  if (!red || !ocr.strips) return []
  const seals: Found[] = []
  for (const { ellipse } of findSeals(red, perMm, findStamps(red, perMm))) {
    const words = await readSeal(small, red, ellipse, ocr.strips)
    seals.push({ x: ellipse.x / perMm, y: ellipse.y / perMm, words })
  }
  return seals
}

async function readDark(raster: Raster): Promise<Found[]> {
  const { seals } = await readRaster(raster, { ocr })
  const mm = (points: number) => (points * 25.4) / 72
  return seals.map((seal) => ({
    x: mm(seal.box.x + seal.box.width / 2),
    y: mm(seal.box.y + seal.box.height / 2),
    words: seal,
  }))
}

function ask(name: string, { text, rim, view }: Partial<Seal>): keyof Tally {
  const least = Math.min(...(rim ?? []).map(([best]) => best?.share ?? 0))
  const reading = { value: text, raw: text ?? '', confidence: least, evidence: [] }
  const { status } = sealNamesUnit(
    new Form({
      declaration: { unit: { name }, seals: [{ page: 1, box: null, text: text ?? null }] },
      readings: text
        ? { 'seals[0].text': { ...reading, ...(rim ? { places: rim } : {}), ...(view ? { view } : {}) } }
        : {},
    }),
  )
  return status === 'pass' ? 'agrees' : status === 'fail' ? 'differs' : 'unclear'
}
