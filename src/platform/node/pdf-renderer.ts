import { existsSync } from 'node:fs'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import type { Raster } from '../../documents/model.ts'
import { type PdfDocument, withPdf } from '../../documents/pdf/library.ts'
import type { PdfRenderer, Resources } from '../../documents/ports.ts'

/** Where systems keep a font with Chinese characters, for PDFs that do not embed theirs. */
const CJK_FONTS = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
  '/usr/share/fonts/truetype/arphic/uming.ttc',
  '/System/Library/Fonts/PingFang.ttc',
  'C:\\Windows\\Fonts\\simsun.ttc',
  'C:\\Windows\\Fonts\\msyh.ttc',
]
const FALLBACKS = ['sans-serif', 'serif', 'monospace']
const MAX_PIXELS = 40_000_000

let fontsReady = false

function registerFonts(): void {
  if (fontsReady) return
  fontsReady = true
  const font = CJK_FONTS.find((path) => existsSync(path))
  if (font) for (const family of FALLBACKS) GlobalFonts.registerFromPath(font, family)
}

/** Draws PDF pages with pdf.js on a Skia canvas. */
export function canvasRenderer(resources: Resources): PdfRenderer {
  return {
    render(bytes, number, dpi) {
      registerFonts()
      const draw = async (document: PdfDocument): Promise<Raster> => {
        const page = await document.getPage(number)
        const size = page.getViewport({ scale: 1 })
        const bound = Math.sqrt(MAX_PIXELS / (size.width * size.height))
        const scale = Math.min(dpi / 72, bound)
        const viewport = page.getViewport({ scale })
        const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)))
        const context = canvas.getContext('2d')
        await page.render({
          canvas: null,
          canvasContext: context as unknown as CanvasRenderingContext2D,
          viewport,
        }).promise
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
        const rgb = new Uint8Array(canvas.width * canvas.height * 3)
        for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
          rgb[o] = data[i] ?? 0
          rgb[o + 1] = data[i + 1] ?? 0
          rgb[o + 2] = data[i + 2] ?? 0
        }
        return { width: canvas.width, height: canvas.height, channels: 3, data: rgb, dpi: scale * 72 }
      }
      return withPdf(bytes, { resources }, draw, { drawing: true })
    },
  }
}
