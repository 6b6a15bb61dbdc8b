import type { Raster } from '../../model.ts'
import type { OcrStep, Strip } from '../../ports.ts'
import type { Network, Tensor } from './network.ts'

/** The recogniser reads lines 48 pixels high; narrower than high, it reads nothing. */
const HEIGHT = 48
/** A longer line than this is squeezed: 40 characters of print have less. */
const WIDEST = 3200

/** A character with its probability and the middle of it, as a share of the line's length. */
export type ReadCharacter = { text: string; at: number; probability: number }

/** Reads one line of print. */
export async function recogniseStrip(
  recognise: Network,
  characters: string[],
  raster: Raster,
  strip: Strip,
): Promise<ReadCharacter[]> {
  const width = Math.min(WIDEST, Math.max(HEIGHT, Math.round((HEIGHT * strip.width) / strip.height)))
  const { data, dims } = await recognise(cutStrip(raster, strip, width, HEIGHT))
  return decodeCtc(data, dims[1] ?? 0, characters)
}

/** Less likely characters than this are not among those that may stand at a place. */
const POSSIBLE = 0.002

/** What may stand at each time step of a line of print. */
export async function stepsOfStrip(
  recognise: Network,
  characters: string[],
  raster: Raster,
  strip: Strip,
): Promise<OcrStep[]> {
  const width = Math.min(WIDEST, Math.max(HEIGHT, Math.round((HEIGHT * strip.width) / strip.height)))
  const { data, dims } = await recognise(cutStrip(raster, strip, width, HEIGHT))
  const steps = dims[1] ?? 0
  return Array.from({ length: steps }, (_, step) => {
    const candidates: OcrStep['candidates'] = []
    for (let k = 1; k < characters.length; k++) {
      const probability = data[step * characters.length + k] ?? 0
      if (probability >= POSSIBLE) candidates.push({ text: characters[k] ?? '', probability })
    }
    return { at: (step + 0.5) / steps, candidates: candidates.sort((a, b) => b.probability - a.probability) }
  })
}

/**
 * Greedy CTC: the likeliest class of each time step, runs of one class being one character and class 0 none.
 * `data` has a row of `characters.length` probabilities for each of `steps` time steps.
 */
export function decodeCtc(data: Float32Array, steps: number, characters: string[]): ReadCharacter[] {
  const classes = characters.length
  const read: ReadCharacter[] = []
  let previous = 0
  let run: { sum: number; weight: number } = { sum: 0, weight: 0 }
  for (let step = 0; step < steps; step++) {
    let best = 0
    let probability = -1
    for (let k = step * classes, end = k + classes; k < end; k++) {
      const value = data[k] ?? 0
      if (value > probability) {
        probability = value
        best = k
      }
    }
    best -= step * classes
    if (best !== 0) {
      const last = read.at(-1)
      if (best === previous && last) {
        run = { sum: run.sum + step * probability, weight: run.weight + probability }
        last.probability = Math.max(last.probability, probability)
        last.at = (run.sum / run.weight + 0.5) / steps
      } else {
        run = { sum: step * probability, weight: probability }
        read.push({ text: characters[best] ?? '', at: (step + 0.5) / steps, probability })
      }
    }
    previous = best
  }
  return read
}

/** Cuts a strip out of an RGB raster, lays it level and scales it to `width` × `height`: BGR planes from −1 to 1. */
export function cutStrip(raster: Raster, strip: Strip, width: number, height: number, filled = width): Tensor {
  const plane = width * height
  const data = new Float32Array(3 * plane)
  const cos = Math.cos(strip.slope)
  const sin = Math.sin(strip.slope)
  const stepX = strip.width / filled
  const stepY = strip.height / height
  // Large type is scaled down: a few samples a pixel keep thin strokes.
  const samples = Math.min(3, Math.max(1, Math.round(stepY)))
  const { width: across, height: down, data: pixels } = raster
  const weight = 1 / (127.5 * samples * samples)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < filled; x++) {
      let red = 0
      let green = 0
      let blue = 0
      for (let sample = 0; sample < samples * samples; sample++) {
        const along = (x + ((sample % samples) + 0.5) / samples) * stepX - strip.width / 2
        const off = (y + (Math.floor(sample / samples) + 0.5) / samples) * stepY - strip.height / 2
        const u = Math.min(Math.max(strip.x + along * cos - off * sin - 0.5, 0), across - 1)
        const v = Math.min(Math.max(strip.y + along * sin + off * cos - 0.5, 0), down - 1)
        const u0 = Math.floor(u)
        const v0 = Math.floor(v)
        const du = u - u0
        const dv = v - v0
        const a = (v0 * across + u0) * 3
        const b = u0 + 1 < across ? a + 3 : a
        const below = v0 + 1 < down ? across * 3 : 0
        const [c, d] = [a + below, b + below]
        const wa = (1 - du) * (1 - dv)
        const wb = du * (1 - dv)
        const wc = (1 - du) * dv
        const wd = du * dv
        red += (pixels[a] ?? 0) * wa + (pixels[b] ?? 0) * wb + (pixels[c] ?? 0) * wc + (pixels[d] ?? 0) * wd
        green +=
          (pixels[a + 1] ?? 0) * wa + (pixels[b + 1] ?? 0) * wb + (pixels[c + 1] ?? 0) * wc + (pixels[d + 1] ?? 0) * wd
        blue +=
          (pixels[a + 2] ?? 0) * wa + (pixels[b + 2] ?? 0) * wb + (pixels[c + 2] ?? 0) * wc + (pixels[d + 2] ?? 0) * wd
      }
      const i = y * width + x
      data[i] = blue * weight - 1
      data[plane + i] = green * weight - 1
      data[2 * plane + i] = red * weight - 1
    }
  }
  return { data, dims: [1, 3, height, width] }
}
