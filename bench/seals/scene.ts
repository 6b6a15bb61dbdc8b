import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { DAMAGES, type Damage, damage, encode } from '../../samples/generate/degrade.ts'
import { type Random, seeded } from '../../samples/generate/random.ts'
import type { Raster } from '../../src/documents/model.ts'
import { drawLook, FACES, put, type SealLook, stamp } from './draw.ts'
import { DEPARTMENTS, drawName } from './names.ts'

const run = promisify(execFile)

type Page = { width: number; height: number; data: Uint8Array }
/** Millimetres of the page kept around the seals. */
const CUT = 130

export type Half = 'tuned' | 'held-out'
export const KINDS = ['clean', 'degraded', 'faint', 'photo', 'tinted', 'fine', 'grey', 'bilevel'] as const
export type Kind = (typeof KINDS)[number]

const HOWS: Record<Kind, Damage> = {
  clean: DAMAGES.clean,
  degraded: DAMAGES.degraded,
  faint: DAMAGES.faint,
  photo: DAMAGES.photo,
  tinted: { ...DAMAGES.clean, dpi: 200, skew: [-2, 2], noise: 3, paper: [246, 228, 190], shade: 0.2, quality: 55 },
  fine: { ...DAMAGES.clean, dpi: 300, skew: [-1, 1], noise: 3, quality: 60 },
  grey: { ...DAMAGES.clean, dpi: 200, skew: [-1, 1], noise: 3, quality: 55 },
  bilevel: { ...DAMAGES.clean, dpi: 200, skew: [-1, 1], noise: 3, quality: 90 },
}
/** Lightness up to which a pixel of a black-and-white copy is black. */
const BLACK = 170

/** Part of a page with its seals, in millimetres of the part; `whole`: no part of the seal lies beyond the edge. */
export type Scene = {
  raster: Raster
  seals: { unit: string; look: SealLook; x: number; y: number; width: number; whole: boolean; alone: boolean }[]
}

/** One seal in so many is a department's: its unit's name stands before it. */
const OF_DEPARTMENT = 1 / 9
/** More characters than this no seal has. */
const LONGEST = 21

/** Pages of samples without marks of their own, from which seals are stamped on. */
const PAGES = [
  ['bm-bounds-chromium.pdf', 1],
  ['bm-bounds-chromium.pdf', 5],
  ['bm-bounds-libreoffice.pdf', 4],
  ['bm-medical-chromium.pdf', 1],
  ['bm-medical-chromium.pdf', 5],
  ['bm-medical-chromium.pdf', 4],
] as const

const drawn = new Map<string, Promise<{ width: number; height: number; data: Uint8Array }>>()

function pageAt(file: string, number: number, dpi: number) {
  const key = `${file} ${number} ${dpi}`
  const known = drawn.get(key) ?? render(file, number, dpi)
  drawn.set(key, known)
  return known
}

async function render(file: string, number: number, dpi: number) {
  const path = new URL(`../../samples/documents/${file}`, import.meta.url).pathname
  const { stdout } = await run(
    'pdftoppm',
    ['-r', String(dpi), '-f', String(number), '-l', String(number), '-png', path],
    {
      encoding: 'buffer',
      maxBuffer: 1 << 28,
    },
  )
  const { data, info } = await sharp(stdout).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8Array(data) }
}

/** The same seed gives the same scene. One in eight has a second seal over the first, one in ten runs over the page's edge. */
export async function drawScene(half: Half, kind: Kind, seed: number): Promise<Scene> {
  const random = seeded(`${half} ${kind} ${seed}`)
  const how = HOWS[kind]
  const perMm = how.dpi / 25.4
  const [file, number] = random.pick(PAGES)
  const blank = await pageAt(file, number, how.dpi)
  const page = { ...blank, data: blank.data.slice() }
  const [wide, high] = [page.width / perMm, page.height / perMm]
  const atEdge = random.next() < 0.1
  const first = {
    x: atEdge ? wide - random.between(2, 16) : random.between(32, wide - 32),
    y: random.between(35, high - 35),
  }
  const places = [first]
  if (!atEdge && random.next() < 0.125) {
    const t = random.between(0, 2 * Math.PI)
    const apart = random.between(22, 34)
    places.push({
      x: Math.min(wide - 30, Math.max(30, first.x + apart * Math.cos(t))),
      y: first.y + apart * Math.sin(t),
    })
  }
  const seals: Scene['seals'] = []
  for (const place of places) {
    const unit = drawName(random)
    const department = random.next() < OF_DEPARTMENT ? random.pick(DEPARTMENTS) : ''
    const name = unit.length + department.length > LONGEST ? unit : unit + department
    const look = drawLook(name, FACES[half], random)
    const mark = await stamp(look, how.dpi, random)
    put(page, mark, place.x * perMm, place.y * perMm)
    seals.push({ unit, look, ...place, width: mark.mm.width, whole: !atEdge, alone: places.length === 1 })
  }
  const part = around(page, first.x * perMm, first.y * perMm, CUT * perMm)
  for (const seal of seals) {
    seal.x -= part.left / perMm
    seal.y -= part.top / perMm
  }
  const damaged = damage(part, how, `${half} ${kind} ${seed}`)
  const bytes = await encode(damaged, how)
  const grey = () => sharp(bytes).greyscale()
  const image =
    kind === 'grey'
      ? grey().toColourspace('srgb')
      : kind === 'bilevel'
        ? grey().threshold(BLACK).toColourspace('srgb')
        : sharp(bytes)
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const raster: Raster = {
    width: info.width,
    height: info.height,
    channels: info.channels === 1 ? 1 : 3,
    data: new Uint8Array(data),
    dpi: how.dpi,
  }
  return { raster, seals }
}

/** What lies around the seals: damage and search of whole pages would take most of the time. */
function around(page: Page, x: number, y: number, side: number): Page & { left: number; top: number } {
  const left = Math.max(0, Math.round(x - side / 2))
  const top = Math.max(0, Math.round(y - side / 2))
  const width = Math.min(page.width, Math.round(x + side / 2)) - left
  const height = Math.min(page.height, Math.round(y + side / 2)) - top
  const data = new Uint8Array(width * height * 3)
  for (let v = 0; v < height; v++) {
    const from = ((top + v) * page.width + left) * 3
    data.set(page.data.subarray(from, from + width * 3), v * width * 3)
  }
  return { width, height, data, left, top }
}

export const randomOf = (half: Half, kind: Kind, seed: number): Random => seeded(`claims ${half} ${kind} ${seed}`)
