import type { Raster } from '../../src/documents/model.ts'
import type { Plane } from '../../src/documents/ocr/raster.ts'
import type { OcrLine } from '../../src/documents/ports.ts'

/** A white page to draw on; lengths in pixels. */
export function paper(width: number, height: number) {
  const data = new Uint8Array(width * height * 3).fill(255)
  const dot = (x: number, y: number, colour: Colour) => {
    const [u, v] = [Math.round(x), Math.round(y)]
    if (u >= 0 && v >= 0 && u < width && v < height) data.set(colour, (v * width + u) * 3)
  }
  const page = {
    fill(x: number, y: number, w: number, h: number, colour: Colour = BLACK) {
      for (let v = y; v < y + h; v++) for (let u = x; u < x + w; u++) dot(u, v, colour)
      return page
    },
    frame(x: number, y: number, w: number, h: number, stroke: number, colour: Colour = BLACK) {
      page.fill(x, y, w, stroke, colour).fill(x, y + h - stroke, w, stroke, colour)
      return page.fill(x, y, stroke, h, colour).fill(x + w - stroke, y, stroke, h, colour)
    },
    line(x1: number, y1: number, x2: number, y2: number, stroke: number, colour: Colour = BLACK) {
      const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1))
      for (let i = 0; i <= steps; i++) {
        const x = x1 + ((x2 - x1) * i) / steps
        const y = y1 + ((y2 - y1) * i) / steps
        page.fill(Math.round(x - stroke / 2), Math.round(y - stroke / 2), stroke, stroke, colour)
      }
      return page
    },
    ring(x: number, y: number, a: number, b: number, stroke: number, colour: Colour) {
      for (let t = 0; t < 4000; t++) {
        const angle = (t * Math.PI) / 2000
        for (let d = -stroke / 2; d <= stroke / 2; d++)
          dot(x + (a + d) * Math.cos(angle), y + (b + d) * Math.sin(angle), colour)
      }
      return page
    },
    raster: (): Raster => ({ width, height, channels: 3, data, dpi: 200 }),
    /** Everything that is not white. */
    ink: (): Plane => {
      const mask = new Uint8Array(width * height)
      for (let i = 0; i < mask.length; i++) mask[i] = Math.min(...data.subarray(i * 3, i * 3 + 3)) < 200 ? 1 : 0
      return { width, height, data: mask }
    },
  }
  return page
}

export type Colour = readonly [number, number, number]
export const BLACK: Colour = [0, 0, 0]
export const RED: Colour = [205, 35, 45]
export const BLUE: Colour = [30, 50, 150]
/** Pixels a millimetre at 200 dpi. */
export const PER_MM = 200 / 25.4

/** A read line whose characters are evenly spread over its width. */
export function readLine(text: string, x: number, y: number, pitch: number, height: number, certainty = 0.99): OcrLine {
  const units = [...text].map((_, i) => ({ middle: x + (i + 0.5) * pitch, certainty }))
  return {
    text,
    units,
    edges: [...units.map((_, i) => x + i * pitch), x + text.length * pitch],
    box: { x, y, width: text.length * pitch, height },
    confidence: certainty,
  }
}
