import sharp from 'sharp'
import type { Random } from '../../samples/generate/random.ts'

/** Faces a seal may be cut in; the last ones are kept for the held-out half. */
export const FACES = {
  tuned: ['AR PL SungtiL GB', 'AR PL KaitiM GB', 'Noto Serif CJK SC', 'WenQuanYi Zen Hei', 'AR PL UMing CN'],
  'held-out': [
    'AR PL SungtiL GB',
    'AR PL UKai CN',
    'AR PL KaitiM GB',
    'Noto Sans CJK SC',
    'WenQuanYi Micro Hei',
    'AR PL UMing CN',
  ],
}
const COLOURS = ['#d8262c', '#c01f2e', '#a5161c', '#e04050', '#e2452f', '#cf2036']
const CENTRES = ['', '', '', '公章', '继续教育专用章', '继续医学教育专用章', '科教专用章']
const STEP = 100

/** A seal's ink, 0–255, with its size in millimetres (of the drawing, a margin of 3 mm included). */
export type Stamp = {
  ink: Uint8Array
  width: number
  height: number
  mm: { width: number; height: number }
  colour: [number, number, number]
}

export type SealLook = {
  name: string
  face: string
  bold: boolean
  oval: boolean
  centre: string
  number: boolean
  tilt: number
  wear: number
}

export function drawLook(name: string, faces: string[], random: Random): SealLook {
  const oval = random.next() < 0.1 && [...name].length <= 16
  return {
    name,
    face: random.pick(faces),
    bold: random.next() < 0.6,
    oval,
    centre: random.pick(CENTRES),
    number: random.next() < 0.5,
    tilt: random.next() < 0.2 ? random.between(-180, 180) : random.between(-25, 25),
    wear: random.pick([0, 0, 1, 1, 2, 3]),
  }
}

/** Stamps the seal with a worn, unevenly inked die at `dpi`. */
export async function stamp(look: SealLook, dpi: number, random: Random): Promise<Stamp> {
  const round = random.between(38, 45)
  const mm = look.oval ? { width: 45, height: 30 } : { width: round, height: round }
  const margin = 3
  const perMm = dpi / 25.4
  const [wide, high] = [mm.width + 2 * margin, mm.height + 2 * margin]
  const side = Math.ceil(Math.hypot(wide, high))
  const svg = sealDrawing(look, mm, side, random)
  const size = Math.round(side * perMm)
  const { data } = await sharp(Buffer.from(svg), { density: 72 })
    .resize(size, size)
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const bleed = random.between(0.2, 0.8) + look.wear * 0.15
  const soft = await sharp(data, { raw: { width: size, height: size, channels: 1 } })
    .blur(Math.max(0.3, (bleed * perMm) / 8))
    .greyscale()
    .raw()
    .toBuffer()
  const pressed = press(look.wear, size, perMm, random)
  const ink = new Uint8Array(size * size)
  for (let i = 0; i < ink.length; i++) ink[i] = Math.round((255 - (soft[i] ?? 255)) * (pressed[i] ?? 0))
  const colour = Number.parseInt(random.pick(COLOURS).slice(1), 16)
  return { ink, width: size, height: size, mm, colour: [colour >> 16, (colour >> 8) & 255, colour & 255] }
}

function sealDrawing(look: SealLook, mm: { width: number; height: number }, side: number, random: Random): string {
  const [a, b] = [(mm.width / 2) * STEP, (mm.height / 2) * STEP]
  const unit = Math.min(a, b)
  const rim = random.between(0.9, 1.5) * STEP
  const characters = [...look.name]
  const count = characters.length
  const arc =
    ((look.oval ? random.between(230, 270) : Math.min(285, random.between(19, 24) * count + 40)) * Math.PI) / 180
  const depth = rim / 2 + random.between(0.5, 1.2) * STEP
  const pitch = (arc * (look.oval ? (0.8 * (a + b)) / 2 : 0.78 * a)) / count
  const size = Math.min(unit * (look.oval ? 0.3 : 0.3), Math.max(pitch * 1.02, unit * 0.2))
  const narrow = Math.min(1, (pitch * 0.92) / size)
  const letters = characters.map((character, i) => {
    const t = evenly(-Math.PI / 2 - arc / 2, -Math.PI / 2 + arc / 2, (i + 0.5) / count, a, b)
    const [nx, ny] = [b * Math.cos(t), a * Math.sin(t)]
    const norm = Math.hypot(nx, ny)
    const inside = depth + size / 2
    const [x, y] = [a * Math.cos(t) - (nx / norm) * inside, b * Math.sin(t) - (ny / norm) * inside]
    const turn = (Math.atan2(ny, nx) * 180) / Math.PI + 90
    return `<g transform="translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(${turn.toFixed(2)}) scale(${narrow.toFixed(3)} 1)"><text y="${(size * 0.36).toFixed(0)}" font-size="${size.toFixed(0)}" text-anchor="middle">${character}</text></g>`
  })
  const star = Array.from({ length: 10 }, (_, i) => {
    const radius = (i % 2 === 0 ? 0.32 : 0.122) * unit
    const t = (i * Math.PI) / 5 - Math.PI / 2
    return `${(radius * Math.cos(t)).toFixed(0)},${(radius * Math.sin(t)).toFixed(0)}`
  }).join(' ')
  const middle = look.oval ? '' : `<polygon stroke="none" points="${star}"/>`
  const centreSize = Math.min(unit * 0.2, (unit * 1.15) / Math.max(1, [...look.centre].length))
  const centreAt = look.oval ? unit * 0.12 : unit * 0.56
  const centre = look.centre
    ? `<text y="${centreAt.toFixed(0)}" font-size="${centreSize.toFixed(0)}" text-anchor="middle">${look.centre}</text>`
    : ''
  const digits = look.number
    ? [...'1101080012345'].map((digit, i) => {
        const t = Math.PI / 2 + 0.32 - (0.64 * i) / 12
        const r = 0.89
        return `<g transform="translate(${(a * r * Math.cos(t)).toFixed(0)} ${(b * r * Math.sin(t)).toFixed(0)}) rotate(${((t * 180) / Math.PI - 90).toFixed(1)})"><text y="60" font-size="170" text-anchor="middle" font-family="Liberation Sans">${digit}</text></g>`
      })
    : []
  const inner =
    random.next() < 0.12
      ? `<ellipse rx="${a - 1.1 * rim}" ry="${b - 1.1 * rim}" fill="none" stroke="#000" stroke-width="25"/>`
      : ''
  const half = (side * STEP) / 2
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000" viewBox="${-half} ${-half} ${2 * half} ${2 * half}"><g transform="rotate(${look.tilt.toFixed(1)})" font-family="${look.face}" font-weight="${look.bold ? 700 : 400}" stroke="#000" stroke-width="${look.bold ? 14 : 0}"><ellipse rx="${a - rim / 2}" ry="${b - rim / 2}" fill="none" stroke="#000" stroke-width="${rim}"/>${inner}${middle}${letters.join('')}${centre}${digits.join('')}</g></svg>`
}

/** The direction at which `share` of the way from one direction to the other along an ellipse is covered. */
function evenly(from: number, to: number, share: number, a: number, b: number): number {
  const steps = 400
  const lengths = Array.from({ length: steps }, (_, i) => {
    const t = from + ((to - from) * (i + 0.5)) / steps
    return Math.hypot(a * Math.sin(t), b * Math.cos(t))
  })
  const wanted = share * lengths.reduce((sum, length) => sum + length, 0)
  let at = 0
  for (let covered = 0; at < steps && covered < wanted; at++) covered += lengths[at] ?? 0
  return from + ((to - from) * (at + 0.5)) / steps
}

/** How much ink each pixel gets, 0–1: weaker to one side, with blots of less ink, patches of none, and the paper's grain. */
function press(wear: number, size: number, perMm: number, random: Random): Float32Array {
  const out = new Float32Array(size * size)
  const cells = 9
  const grid = Float32Array.from({ length: (cells + 1) ** 2 }, () => random.next())
  const lean = random.between(0, 2 * Math.PI)
  const [uneven, weak, grain] = [
    [0.1, 0.25, 0.4, 0.55][wear] ?? 0,
    [0.95, 0.85, 0.75, 0.7][wear] ?? 1,
    [0.05, 0.12, 0.2, 0.25][wear] ?? 0,
  ]
  const patches = Array.from({ length: [0, 0, 2, 4][wear] ?? 0 }, () => {
    const t = random.between(0, 2 * Math.PI)
    const r = size * random.between(0.15, 0.42)
    return { x: size / 2 + r * Math.cos(t), y: size / 2 + r * Math.sin(t), reach: random.between(1.2, 3.4) * perMm }
  })
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = [(x / size) * cells, (y / size) * cells]
      const [i, j] = [Math.floor(u), Math.floor(v)]
      const [du, dv] = [u - i, v - j]
      const at = j * (cells + 1) + i
      const blot =
        ((grid[at] ?? 0) * (1 - du) + (grid[at + 1] ?? 0) * du) * (1 - dv) +
        ((grid[at + cells + 1] ?? 0) * (1 - du) + (grid[at + cells + 2] ?? 0) * du) * dv
      const side = 0.5 + ((x / size - 0.5) * Math.cos(lean) + (y / size - 0.5) * Math.sin(lean)) * 0.8
      let ink = weak * (1 - uneven * (0.6 * blot + 0.6 * side))
      ink *= 1 - grain * random.next() * 2
      for (const patch of patches) {
        const distance = Math.hypot(x - patch.x, y - patch.y) / patch.reach
        if (distance < 1.3) ink *= Math.max(0, Math.min(1, (distance - 0.7) / 0.6))
      }
      out[y * size + x] = Math.max(0, Math.min(1, ink))
    }
  }
  return out
}

/** Puts the stamp on the page, its middle at `x`, `y` (pixels): ink darkens what is under it. */
export function put(
  page: { width: number; height: number; data: Uint8Array },
  mark: Stamp,
  x: number,
  y: number,
): void {
  for (let v = 0; v < mark.height; v++) {
    for (let u = 0; u < mark.width; u++) {
      const ink = (mark.ink[v * mark.width + u] ?? 0) / 255
      const [px, py] = [Math.round(x - mark.width / 2 + u), Math.round(y - mark.height / 2 + v)]
      if (ink === 0 || px < 0 || py < 0 || px >= page.width || py >= page.height) continue
      const at = (py * page.width + px) * 3
      mark.colour.forEach((part, c) => {
        page.data[at + c] = (page.data[at + c] ?? 255) * (1 - ink * (1 - part / 255))
      })
    }
  }
}
