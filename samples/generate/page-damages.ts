import { type PDFName as Name, PDFDocument, PDFName, PDFNumber, type PDFRef } from 'pdf-lib'
import sharp from 'sharp'
import { bilevel, imageMagick } from './bilevel.ts'
import type { Raster } from './degrade.ts'
import type { Random } from './random.ts'

/** What is done to a page on its way to the office. `back` is what is printed on its reverse, or the sheet beside it. */
export type Sheet = { page: Raster; back: Raster; dpi: number; random: Random }
export type PageFile = { name: string; bytes: Uint8Array }
export type PageDamage = { dpi?: number; make: (sheet: Sheet) => Promise<PageFile> }

const RGB = 3
const A4 = [595.28, 841.89] as const

/** Every kind of damage by its name. */
export const PAGE_DAMAGES: Record<string, PageDamage> = {
  clean: { make: ({ page, dpi }) => jpeg(page, dpi) },
  'dpi-150': { dpi: 150, make: ({ page, dpi }) => jpeg(page, dpi, 60) },
  'dpi-600': { dpi: 600, make: ({ page, dpi }) => jpeg(page, dpi) },
  turned: {
    make: async ({ page, dpi, random }) =>
      file(
        await image(page)
          .rotate(random.pick([90, 180, 270]))
          .withMetadata({ density: dpi })
          .jpeg()
          .toBuffer(),
      ),
  },
  skewed: {
    make: ({ page, dpi, random }) => jpeg(lean(page, random.between(3.5, 5) * random.pick([-1, 1]), 255), dpi),
  },
  'phone on a desk': { make: (sheet) => photo(sheet, 0.06) },
  'phone, filling the frame': { make: (sheet) => photo(sheet, 0) },
  'uneven light and fold': {
    make: ({ page, dpi, random }) => {
      const fold = random.between(0.4, 0.6) * page.height
      const across = random.next() < 0.5
      return jpeg(
        paint(page, (value, x, y) => {
          const slope = 1 - 0.5 * (across ? x / page.width : 1 - x / page.width) ** 2
          const distance = Math.abs(y - fold) / page.height
          const crease = 1 - 0.4 * Math.exp(-((distance / 0.012) ** 2))
          return value * slope * crease
        }),
        dpi,
      )
    },
  },
  'bleed-through': {
    make: async ({ page, back, dpi, random }) => {
      const behind = await image(back)
        .flop()
        .resize(page.width, page.height, { fit: 'fill' })
        .blur(1.6)
        .raw()
        .toBuffer()
      const strength = random.between(0.18, 0.3)
      return jpeg(
        paint(page, (value, _x, _y, at) => value * (1 - strength * (1 - (behind[at] ?? 255) / 255))),
        dpi,
      )
    },
  },
  'tinted paper': {
    make: ({ page, dpi, random }) => {
      const tint = random.pick([
        [222, 205, 160],
        [190, 205, 222],
        [165, 165, 160],
        [225, 190, 195],
      ])
      return jpeg(
        paint(page, (value, _x, _y, at) => 25 + value * (((tint[at % RGB] ?? 255) - 25) / 255)),
        dpi,
        60,
      )
    },
  },
  'fax G4': {
    make: async ({ page, random }) => {
      const noisy = paint(page, (value) => (random.next() < 0.0008 ? 0 : value))
      return pdfOf([{ ...(await bilevel(noisy, 150)), box: [0, 0, 1, 1] }])
    },
  },
  'CMYK JPEG': {
    make: async ({ page }) => {
      const bytes = await image(page).toColourspace('cmyk').jpeg({ quality: 75 }).toBuffer()
      return pdfOf([
        {
          ...size(page),
          bytes,
          filter: 'DCTDecode',
          colours: 'DeviceCMYK',
          bits: 8,
          decode: [1, 0, 1, 0, 1, 0, 1, 0],
          box: [0, 0, 1, 1],
        },
      ])
    },
  },
  'JPEG 2000': {
    make: async ({ page }) => {
      const bytes = await imageMagick(await image(page).png().toBuffer(), 'png:-', ['-quality', '40', 'jp2:-'])
      return pdfOf([{ ...size(page), bytes, filter: 'JPXDecode', colours: null, bits: 8, box: [0, 0, 1, 1] }])
    },
  },
  JBIG2: {
    make: async ({ page }) => pdfOf([{ ...(await bilevel(page, 160, 'jbig2')), box: [0, 0, 1, 1] }]),
  },
  'several images': {
    make: async ({ page, random }) => {
      const [across, down] = random.pick([
        [1, 8],
        [2, 2],
        [3, 4],
      ] as const)
      const parts: Placed[] = []
      for (let row = 0; row < down; row++) {
        for (let column = 0; column < across; column++) {
          const left = Math.round((column * page.width) / across)
          const top = Math.round((row * page.height) / down)
          const width = Math.round(((column + 1) * page.width) / across) - left
          const height = Math.round(((row + 1) * page.height) / down) - top
          const bytes = await image(page).extract({ left, top, width, height }).jpeg({ quality: 80 }).toBuffer()
          const box = [left / page.width, top / page.height, width / page.width, height / page.height] as const
          parts.push({ width, height, bytes, filter: 'DCTDecode', colours: 'DeviceRGB', bits: 8, box })
        }
      }
      return pdfOf(parts)
    },
  },
  'text watermark': {
    make: ({ page, dpi, random }) => {
      const grey = Math.round(random.between(185, 220))
      const size = Math.round(dpi * random.between(0.16, 0.4))
      const words = random.pick(['仅供申报使用', '内部资料 严禁外传', '继续医学教育平台 2025'])
      const marks = Array.from({ length: 40 }, (_, i) => {
        const [x, y] = [((i % 5) * page.width) / 4, (Math.floor(i / 5) * page.height) / 7]
        return `<text x="${x}" y="${y}" transform="rotate(-30 ${x} ${y})" font-size="${size}" fill="rgb(${grey},${grey},${grey})" font-family="Noto Sans CJK SC">${words}</text>`
      })
      return under(page, marks.join(''), dpi)
    },
  },
  'line watermark': {
    make: ({ page, dpi, random }) => {
      const grey = Math.round(random.between(170, 215))
      const gap = dpi * random.between(0.5, 1.2)
      const lean = random.pick([-1, 1]) * page.height * random.between(0.4, 1)
      const marks = Array.from({ length: 60 }, (_, i) => {
        const x = (i - 30) * gap + page.width / 2
        return `<line x1="${x}" y1="0" x2="${x + lean}" y2="${page.height}" stroke="rgb(${grey},${grey},${grey})" stroke-width="${dpi / random.between(40, 100)}"/>`
      })
      return under(page, marks.join(''), dpi)
    },
  },
  'holes and dark borders': {
    make: ({ page, dpi, random }) => {
      const edge = () => Math.round(dpi * random.between(0.15, 0.5))
      const [left, top, right, bottom] = [edge(), random.pick([0, edge()]), random.pick([0, edge()]), edge()]
      const width = page.width + left + right
      const height = page.height + top + bottom
      const data = new Uint8Array(width * height * RGB)
      for (let i = 0; i < data.length; i++) data[i] = 18 + random.next() * 20
      const leaning = lean(page, random.between(-1.5, 1.5), 30)
      for (let y = 0; y < page.height; y++) {
        data.set(
          leaning.data.subarray(y * page.width * RGB, (y + 1) * page.width * RGB),
          ((y + top) * width + left) * RGB,
        )
      }
      const sheet = { width, height, data }
      const hole = dpi * 0.12
      for (const at of [0.35, 0.62]) disc(sheet, left + dpi * 0.35, top + page.height * at, hole, 25)
      return jpeg(sheet, dpi)
    },
  },
  'two on one A3': {
    make: async ({ page, back, dpi, random }) => {
      const width = page.width * 2
      const data = new Uint8Array(width * page.height * RGB)
      const right = await image(back).resize(page.width, page.height, { fit: 'fill' }).raw().toBuffer()
      const row = page.width * RGB
      for (let y = 0; y < page.height; y++) {
        data.set(page.data.subarray(y * row, (y + 1) * row), y * width * RGB)
        data.set(right.subarray(y * row, (y + 1) * row), y * width * RGB + row)
      }
      const both = { width, height: page.height, data }
      const fold = random.between(0.1, 0.45)
      const shaded = paint(both, (value, x) => value * (1 - fold * Math.exp(-(((x / width - 0.5) / 0.006) ** 2))))
      const sheet = lean(shaded, random.between(-1, 1), 255)
      return jpeg(sheet, random.pick([dpi, null]))
    },
  },
}

const size = ({ width, height }: Raster) => ({ width, height })
const image = ({ width, height, data }: Raster) => sharp(data, { raw: { width, height, channels: RGB } })
const file = (bytes: Uint8Array): PageFile => ({ name: 'page.jpg', bytes: new Uint8Array(bytes) })

async function jpeg(page: Raster, dpi: number | null, quality = 75): Promise<PageFile> {
  const drawn = dpi === null ? image(page) : image(page).withMetadata({ density: dpi })
  return file(await drawn.jpeg({ quality }).toBuffer())
}

function paint(page: Raster, change: (value: number, x: number, y: number, at: number) => number): Raster {
  const { width, height } = page
  const data = new Uint8Array(page.data.length)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < RGB; c++, at++) {
        data[at] = Math.max(0, Math.min(255, Math.round(change(page.data[at] ?? 255, x, y, at))))
      }
    }
  }
  return { width, height, data }
}

/** Each point of the new picture is taken from where `from` says; outside of the page comes `ground`. */
function map(
  page: Raster,
  width: number,
  height: number,
  from: (x: number, y: number) => [number, number],
  ground: (at: number) => number,
): Raster {
  const data = new Uint8Array(width * height * RGB)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += RGB) {
      const [u, v] = from(x, y)
      const [u0, v0] = [Math.floor(u), Math.floor(v)]
      const inside = u0 >= 0 && v0 >= 0 && u0 < page.width - 1 && v0 < page.height - 1
      for (let c = 0; c < RGB; c++) {
        const i = (v0 * page.width + u0) * RGB + c
        const down = i + page.width * RGB
        const top = (page.data[i] ?? 0) * (1 - u + u0) + (page.data[i + RGB] ?? 0) * (u - u0)
        const low = (page.data[down] ?? 0) * (1 - u + u0) + (page.data[down + RGB] ?? 0) * (u - u0)
        data[at + c] = inside ? top * (1 - v + v0) + low * (v - v0) : ground(at + c)
      }
    }
  }
  return { width, height, data }
}

function lean(page: Raster, degrees: number, ground: number): Raster {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const [mx, my] = [page.width / 2, page.height / 2]
  const from = (x: number, y: number): [number, number] => [
    (x - mx) * cos + (y - my) * sin + mx,
    (y - my) * cos - (x - mx) * sin + my,
  ]
  return map(page, page.width, page.height, from, () => ground)
}

/** A photograph from above one side of the sheet, `margin` of desk around it, told by EXIF how it was held. */
async function photo({ page, random }: Sheet, margin: number): Promise<PageFile> {
  const [tiltX, tiltY] = [random.between(-0.16, 0.16), random.between(0.06, 0.2) * random.pick([-1, 1])]
  const turn = (random.between(-2.5, 2.5) * Math.PI) / 180
  const desk = random.pick([
    [92, 66, 48],
    [60, 62, 66],
    [150, 120, 90],
  ])
  const [width, height] = [page.width, Math.round((page.width * 4) / 3)]
  const zoom = margin > 0 ? 1.1 + margin * 2 : 0.97
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const from = (x: number, y: number): [number, number] => {
    const dx = ((x - width / 2) / width) * zoom * 1.06
    const dy = ((y - height / 2) / width) * zoom * 1.06
    const depth = 1 + dx * tiltX + dy * tiltY
    const [u, v] = [(cos * dx + sin * dy) / depth, (cos * dy - sin * dx) / depth]
    return [u * page.width + page.width / 2, v * page.width + page.height / 2]
  }
  const grain = random.between(4, 9)
  const seen = map(page, width, height, from, (at) => (desk[at % RGB] ?? 0) + 14 * Math.sin(at / 700))
  const lit = paint(seen, (value, x, y) => {
    const shade = 1 - 0.3 * ((x / width) * 0.6 + (y / height) * 0.4) ** 1.5
    return value * 0.95 * shade + (random.next() + random.next() - 1) * grain
  })
  const orientation = random.pick([1, 3, 6, 8])
  const held = { 1: 0, 3: 180, 6: 270, 8: 90 }[orientation] ?? 0
  const bytes = await image(lit).blur(0.7).rotate(held).withMetadata({ orientation }).jpeg({ quality: 70 }).toBuffer()
  return file(bytes)
}

async function under(page: Raster, svg: string, dpi: number): Promise<PageFile> {
  const { width, height } = page
  const marks = await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="white"/>${svg}</svg>`,
    ),
  )
    .removeAlpha()
    .raw()
    .toBuffer()
  return jpeg(
    paint(page, (value, _x, _y, at) => (value * (marks[at] ?? 255)) / 255),
    dpi,
  )
}

function disc(page: Raster, x: number, y: number, radius: number, value: number): void {
  for (let v = Math.floor(y - radius); v < y + radius; v++) {
    for (let u = Math.floor(x - radius); u < x + radius; u++) {
      const at = (v * page.width + u) * RGB
      if ((u - x) ** 2 + (v - y) ** 2 < radius ** 2) page.data.fill(value, at, at + RGB)
    }
  }
}

/** A picture's coded bytes and where it stands: left, top, width, height in shares of the page. */
export type Placed = {
  width: number
  height: number
  bytes: Uint8Array
  filter: string
  colours: string | null
  bits: number
  decode?: number[]
  /** `/DecodeParms`. */
  parameters?: Record<string, number | boolean>
  box: readonly [number, number, number, number]
}

/** An A4 page of pictures as scanners write it. */
export async function pdfOf(parts: Placed[]): Promise<PageFile> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([...A4])
  const names: [Name, PDFRef][] = parts.map((part, index) => {
    const dict = {
      Type: 'XObject',
      Subtype: 'Image',
      Width: part.width,
      Height: part.height,
      BitsPerComponent: part.bits,
      Filter: part.filter,
      ...(part.colours ? { ColorSpace: part.colours } : {}),
      ...(part.decode ? { Decode: part.decode } : {}),
      ...(part.parameters ? { DecodeParms: part.parameters } : {}),
    }
    return [PDFName.of(`Im${index}`), pdf.context.register(pdf.context.stream(part.bytes, dict))]
  })
  for (const [name, ref] of names) page.node.setXObject(name, ref)
  const draw = parts.map(({ box: [x, y, w, h] }, index) => {
    const numbers = [w * A4[0], 0, 0, h * A4[1], x * A4[0], (1 - y - h) * A4[1]].map((n) => PDFNumber.of(n).toString())
    return `q ${numbers.join(' ')} cm /Im${index} Do Q`
  })
  page.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.stream(draw.join('\n'))))
  return { name: 'page.pdf', bytes: await pdf.save() }
}
