import { spawn } from 'node:child_process'
import type { Raster } from './degrade.ts'
import type { Placed } from './page-damages.ts'

/** Runs ImageMagick from standard input to standard output. */
export function imageMagick(input: Uint8Array, from: string, args: string[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn('convert', [from, ...args])
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(parts)) : reject(new Error(`convert: ${code}`))))
    child.stdin.end(input)
  })
}

/** The page in black and white, coded as CCITT group 4, bare or as a JBIG2 region of such a code (ITU-T T.88, MMR). */
export async function bilevel(
  page: Raster,
  cut: number,
  as: 'ccitt' | 'jbig2' = 'ccitt',
): Promise<Omit<Placed, 'box'>> {
  const { width, height } = page
  const grey = new Uint8Array(width * height)
  for (let i = 0; i < grey.length; i++) {
    const [r = 0, g = 0, b = 0] = page.data.subarray(i * 3, i * 3 + 3)
    grey[i] = 0.3 * r + 0.59 * g + 0.11 * b < cut ? 0 : 255
  }
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const pgm = new Uint8Array(header.length + grey.length)
  pgm.set(header)
  pgm.set(grey, header.length)
  // A raw G4 stream: one strip, no TIFF around it.
  const code = await imageMagick(pgm, 'pgm:-', ['-monochrome', '-define', 'quantum:polarity=min-is-white', 'group4:-'])
  if (as === 'ccitt') {
    const parameters = { K: -1, Columns: width, Rows: height, BlackIs1: false }
    return { width, height, bytes: code, filter: 'CCITTFaxDecode', colours: 'DeviceGray', bits: 1, parameters }
  }
  return { width, height, bytes: jbig2(code, width, height), filter: 'JBIG2Decode', colours: 'DeviceGray', bits: 1 }
}

const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

/** Page information, one immediate generic region, end of page: an embedded stream without a file header. */
function jbig2(mmr: Uint8Array, width: number, height: number): Uint8Array {
  const information = [...u32(width), ...u32(height), ...u32(0), ...u32(0), 0, 0, 0]
  const region = [...u32(width), ...u32(height), ...u32(0), ...u32(0), 0, 1]
  const segment = (number: number, type: number, length: number) => [...u32(number), type, 0, 1, ...u32(length)]
  return new Uint8Array([
    ...segment(0, 48, information.length),
    ...information,
    ...segment(1, 38, region.length + mmr.length),
    ...region,
    ...mmr,
    ...segment(2, 49, 0),
  ])
}
