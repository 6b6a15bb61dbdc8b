/**
 * `npm run sweep -- OUT --kind KIND --count N --seed WORD [--compliant]`: N forms of other people, units, fonts, layouts and
 * scanners than those in samples/documents, each with its truth. The seed decides everything.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Case } from './case.ts'
import * as bm from './cases/beijing-compliant.ts'
import * as bad from './cases/beijing-violations.ts'
import * as far from './cases/elsewhere.ts'
import type { Damage } from './degrade.ts'
import type { LayoutName } from './layouts.ts'
import { DAMAGE_OF, make } from './make.ts'
import { KINDS, type Kind, type Plan } from './plan.ts'
import { openPrinter } from './print.ts'
import { type Random, seeded } from './random.ts'
import { reskin } from './reskin.ts'
import { STYLES, type Style, type StyleName } from './style.ts'

const LAYOUTS_OF: [prefix: string, layouts: LayoutName[]][] = [
  ['bm-', ['beijing-book', 'beijing-tabs', 'beijing-grouped', 'beijing-inline', 'beijing-lines']],
  ['bn-', ['national-2025', 'national-platform', 'national-records']],
  ['sm-', ['shanghai']],
  ['wc-', ['wenzhou']],
  ['h', ['hunan']],
]
const FONTS = [
  'AR PL SungtiL GB',
  'AR PL KaitiM GB',
  'AR PL UMing CN',
  'AR PL UKai CN',
  'Noto Serif CJK SC',
  'Noto Sans CJK SC',
  'WenQuanYi Zen Hei',
  'WenQuanYi Micro Hei',
]
const CASES: Case[] = [bm, bad, far].flatMap((module) => Object.values(module))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string', multiple: true, default: ['scan-clean'] },
    count: { type: 'string', default: '10' },
    seed: { type: 'string', default: 'sweep' },
    compliant: { type: 'boolean', default: false },
  },
})
const [out] = positionals
if (!out) throw new Error('usage: npm run sweep -- OUT --kind KIND… --count N --seed WORD [--compliant]')
const kinds = values.kind.map((name) => {
  const kind = KINDS.find((known) => known === name)
  if (!kind) throw new Error(`--kind ${name}: one of ${KINDS.join(', ')}`)
  return kind
})

const cases = CASES.filter((one) => !one.injection && !one.online && (!values.compliant || one.verdict === undefined))
await mkdir(out, { recursive: true })
const printer = await openPrinter()
try {
  for (const kind of kinds)
    for (let number = 0; number < Number(values.count); number++) {
      const random = seeded(`${values.seed} ${kind} ${number}`)
      const item = draw(kind, cases[(number + Math.floor(random.between(0, cases.length))) % cases.length], random)
      const id = `${values.seed}-${kind}-${String(number + 1).padStart(3, '0')}-${item.source.id}`
      const { files, truth } = await make(item, id, printer)
      for (const file of files) await writeFile(join(out, file.name), file.bytes)
      await writeFile(join(out, `${id}.truth.json`), `${JSON.stringify(truth, null, 2)}\n`)
      console.log(id)
    }
} finally {
  await printer.close()
}

function draw(kind: Kind, source: Case | undefined, random: Random): Plan {
  if (!source) throw new Error('no case to draw from')
  const layouts = LAYOUTS_OF.find(([prefix]) => source.id.startsWith(prefix))?.[1] ?? []
  const base = DAMAGE_OF[kind]
  return {
    source: reskin(source, random),
    layout: random.pick(layouts),
    style: random.pick(Object.keys(STYLES) as StyleName[]),
    kind,
    heldOut: true,
    changes: drawStyle(random),
    ...(base ? { damage: drawDamage(base, random) } : {}),
  }
}

function drawStyle(random: Random): Partial<Style> {
  return {
    font: random.pick(FONTS),
    headFont: random.pick(FONTS),
    size: random.pick([9.5, 10, 10.5, 11, 12]),
    border: random.pick([
      '0.5pt solid #000',
      '0.75pt solid #222',
      '1pt solid #000',
      '0.75pt solid #666',
      '2.5pt double #000',
    ]),
    box: random.pick(['tick', 'solid', 'cross', 'bracket', 'check-mark', 'radio', 'dotted-radio']),
    date: random.pick(['chinese', 'spaced', 'dash', 'dot', 'slash']),
    padding: random.pick([0, 1, 3, 5]),
    repeatHeader: random.next() < 0.5,
  }
}

function drawDamage(base: Damage, random: Random): Damage {
  const drawn: Damage = { ...base }
  if (!base.fax) drawn.dpi = Math.round(base.dpi * random.between(1, 1.4))
  if (base.skew[1] - base.skew[0] > 0.5) drawn.skew = [random.between(-2.8, -0.4), random.between(0.4, 2.8)]
  if (base.paper)
    drawn.paper = base.paper.map((c) => Math.min(255, c + random.between(-14, 4))) as [number, number, number]
  if (base.noise) drawn.noise = base.noise * random.between(0.4, 1.3)
  if (base.shade) drawn.shade = base.shade * random.between(0.3, 1.2)
  drawn.quality = Math.min(100, Math.round(base.quality * random.between(0.9, 1.5)))
  return drawn
}
