import type { Seal } from '../src/documents/model.ts'
import { shrinkTo } from '../src/documents/ocr/raster.ts'
import { findStamps, redness } from '../src/documents/ocr/red.ts'
import { readSeal } from '../src/documents/ocr/seal/read-seal.ts'
import { findSeals } from '../src/documents/ocr/seals.ts'
import { createNativePpocr } from '../src/platform/node/ocr/ppocr.ts'
import { sealNamesUnit } from '../src/rules/domain/checks/unit.ts'
import { Form } from '../src/rules/engine/form.ts'
import { type Claim, drawName, wrongClaims } from './seals/names.ts'
import { drawScene, type Half, KINDS, randomOf } from './seals/scene.ts'

/**
 * Stamps made-up seals on sample pages, damages them as scanners and phones do, and asks of each whether it bears the right name
 * and several wrong ones: `node bench/seals.ts [held-out|tuned] [seals of a kind] [kind …]`.
 */
const [half = 'held-out', count = '25', ...only] = process.argv.slice(2)
if (half !== 'held-out' && half !== 'tuned') throw new Error('the first argument is held-out or tuned')
const kinds = KINDS.filter((kind) => only.length === 0 || only.includes(kind))
/** A found seal's middle is this near to the true one, in millimetres. */
const NEAR = 5

/** Names of any other unit that are tried on each seal, besides the near ones. */
const OTHERS = 4

type Tally = { agrees: number; differs: number; unclear: number }
type Row = { seals: number; found: number; extra: number; exact: number; right: Tally; wrong: Tally }

const ocr = createNativePpocr()
const empty = (): Tally => ({ agrees: 0, differs: 0, unclear: 0 })
const rows: Record<string, Row> = {}
const byClaim: Record<string, Tally> = {}
const mistakes: string[] = []

for (const kind of kinds) {
  const row: Row = { seals: 0, found: 0, extra: 0, exact: 0, right: empty(), wrong: empty() }
  rows[kind] = row
  for (let seed = 1; seed <= Number(count); seed++) await measure(half, kind, seed, row)
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
console.table(byClaim)
console.log(`${half}: ${total('seals')} seals, ${total('found')} found, ${total('exact')} with exactly their words`)
const checks = Object.values(byClaim).reduce((sum, { agrees, differs, unclear }) => sum + agrees + differs + unclear, 0)
const decided = Object.values(byClaim).reduce((sum, { agrees, differs }) => sum + agrees + differs, 0)
console.log(
  `${checks} checks, ${decided} decided (${((100 * decided) / checks).toFixed(1)} %), ${mistakes.length} wrongly`,
)
for (const mistake of mistakes) console.log(mistake)

function total(key: 'seals' | 'found' | 'exact'): number {
  return Object.values(rows).reduce((sum, row) => sum + row[key], 0)
}

async function measure(half: Half, kind: (typeof KINDS)[number], seed: number, row: Row): Promise<void> {
  const scene = await drawScene(half, kind, seed)
  const small = shrinkTo(scene.raster, 2600)
  const perMm = (small.dpi ?? 200) / 25.4
  const red = redness(small)
  const left = red ? findSeals(red, perMm, findStamps(red, perMm)) : []
  for (const truth of scene.seals) {
    row.seals++
    const at = left.findIndex(({ ellipse: { x, y } }) => Math.hypot(x / perMm - truth.x, y / perMm - truth.y) < NEAR)
    const [found] = at < 0 ? [] : left.splice(at, 1)
    const words = found && ocr.strips ? await readSeal(small, red, found.ellipse, ocr.strips) : null
    if (found) row.found++
    if (words?.text.startsWith(truth.look.name)) row.exact++
    const random = randomOf(half, kind, seed)
    const claims: Claim[] = [
      { name: truth.look.name, kind: 'right' },
      ...Array.from({ length: OTHERS }, (): Claim => ({ name: drawName(random), kind: 'other' })),
      ...wrongClaims(truth.look.name, random),
    ]
    for (const claim of claims) {
      if (claim.kind !== 'right' && claim.name === truth.look.name) continue
      const answer = found ? ask(claim.name, { ...found, ...words }) : 'unclear'
      const tally = claim.kind === 'right' ? row.right : row.wrong
      tally[answer]++
      const kindTally = byClaim[claim.kind] ?? empty()
      byClaim[claim.kind] = kindTally
      kindTally[answer]++
      if (answer === (claim.kind === 'right' ? 'differs' : 'agrees'))
        mistakes.push(
          `${kind} ${seed}: a seal of ${truth.look.name} (read ${words?.text}) ${answer} with ${claim.name}`,
        )
    }
  }
  row.extra += left.length
}

function ask(name: string, { text, rim }: Partial<Seal>): keyof Tally {
  const least = Math.min(...(rim ?? []).map(([best]) => best?.share ?? 0))
  const { status } = sealNamesUnit(
    new Form({
      declaration: { unit: { name }, seals: [{ page: 1, box: null, text: text ?? null }] },
      readings: text
        ? {
            'seals[0].text': {
              value: text,
              raw: text,
              confidence: least,
              evidence: [],
              ...(rim ? { places: rim } : {}),
            },
          }
        : {},
    }),
  )
  return status === 'pass' ? 'agrees' : status === 'fail' ? 'differs' : 'unclear'
}
