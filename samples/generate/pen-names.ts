import { signatureSvg } from './marks.ts'
import type { Random } from './random.ts'

/** What was put into a place to sign, or lies in an empty one. */
export type Signing = { how: string; drawn: string }

const PENS = ['#1c3f94', '#2a2a6a', '#222', '#15151f', '#333c55', '#444']
const RED = ['#d8262c', '#c01f2e', '#e04050']

/** A name written by one of many hands and pens, or stamped with a name chop or a facsimile. */
export function signing(random: Random, name: string, height: number): Signing {
  const ink = random.pick(PENS)
  return random.pick([
    () => ({ how: 'pen strokes', drawn: signatureSvg(name, ink, height, `${name}${random.next()}`) }),
    () => ({ how: 'pen strokes', drawn: signatureSvg(name, ink, height, `${name}${random.next()}`) }),
    () => ({ how: 'running hand', drawn: running(random, ink, height, random.between(1.2, 2.2)) }),
    () => ({ how: 'fine pen', drawn: running(random, ink, height, random.between(0.6, 0.9)) }),
    () => ({ how: 'felt pen', drawn: running(random, ink, height, random.between(3, 4.2)) }),
    () => ({ how: 'short hand', drawn: signatureSvg(name.slice(0, 1), ink, height * 0.8, `${name}${random.next()}`) }),
    () => ({ how: 'name chop', drawn: chop(random, name, height) }),
    () => ({ how: 'red facsimile', drawn: running(random, random.pick(RED), height, random.between(1.2, 2.4)) }),
  ])()
}

/** An empty place, clean or with what paper and copiers leave there. */
export function emptiness(random: Random): Signing {
  const speck = () =>
    `<circle cx="${random.between(2, 88).toFixed(1)}" cy="${random.between(2, 26).toFixed(1)}" r="${random.between(0.3, 1.1).toFixed(2)}" fill="${random.pick(['#333', '#777', '#999'])}"/>`
  const svg = (inner: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="28" viewBox="0 0 90 28" style="vertical-align:middle">${inner}</svg>`
  return random.pick([
    () => ({ how: 'empty', drawn: '' }),
    () => ({ how: 'empty', drawn: '' }),
    () => ({ how: 'empty, dirt', drawn: svg(Array.from({ length: 6 }, speck).join('')) }),
    () => ({
      how: 'empty, a hair',
      drawn: svg(
        `<path d="M8 ${random.between(6, 20).toFixed(0)} q 14 ${random.between(-9, 9).toFixed(0)} 30 2" fill="none" stroke="#777" stroke-width="0.5"/>`,
      ),
    }),
    () => ({ how: 'empty, ruled', drawn: svg('<path d="M2 24 H88" stroke="#222" stroke-width="0.8"/>') }),
    () => ({
      how: 'empty, bleed-through',
      drawn: `<b style="display:inline-block;transform:scaleX(-1);font-weight:400;color:${random.pick(['#e6e4e0', '#dcdad6', '#d4d2ce'])}">教学内容安排</b>`,
    }),
  ])()
}

/** A name in one line of loops that hardly leaves the paper. */
function running(random: Random, ink: string, height: number, stroke: number): string {
  const parts = Array.from({ length: random.pick([2, 3, 3]) }, (_, character) => {
    const left = 6 + character * 28
    const points = Array.from({ length: random.pick([5, 6, 8]) }, (_, i) => {
      const x = left + random.between(0, 22) + i
      const y = random.between(5, 38)
      return `${(x + random.between(-8, 8)).toFixed(1)} ${(y + random.between(-8, 8)).toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)}`
    })
    return `M${left} ${random.between(8, 34).toFixed(1)} S ${points.join(' S ')}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(height * 2.1)}" height="${height}" viewBox="0 0 96 44"><g fill="none" stroke="${ink}" stroke-width="${stroke.toFixed(1)}" stroke-linecap="round" transform="rotate(${random.between(-7, 4).toFixed(1)} 48 22)"><path d="${parts.join(' ')}"/></g></svg>`
}

/** A small square seal with a person's name in it. */
function chop(random: Random, name: string, height: number): string {
  const side = Math.round(Math.min(height, random.between(38, 60)))
  const ink = random.pick(RED)
  const letters = [...`${name}印`.slice(0, 4)].map(
    (letter, i) =>
      `<text x="${i < 2 ? 30 : 10}" y="${i % 2 === 0 ? 17 : 36}" font-size="18" text-anchor="middle" fill="${ink}">${letter}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 40 40" font-family="AR PL UKai CN"><rect x="1.2" y="1.2" width="37.6" height="37.6" fill="none" stroke="${ink}" stroke-width="2.2"/>${letters.join('')}</svg>`
}
