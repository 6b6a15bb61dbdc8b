import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Raster } from '../../documents/model.ts'
import { Problem } from '../../problem.ts'

const METRES_TO_INCHES = 0.0254

export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d
}

/** Decodes a BMP of any depth, which libvips cannot. Throws `Problem('corrupt_document')`, also above `pixels` pixels. */
export async function decodeBmp(bytes: Uint8Array, pixels: number): Promise<Raster> {
  const refused = (cause?: unknown) =>
    new Problem('corrupt_document', '图片已损坏或过大，无法打开，请重新扫描后上传', { cause })
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 54 || Math.abs(header.getInt32(18, true) * header.getInt32(22, true)) > pixels) throw refused()
  try {
    const image = await loadImage(Buffer.from(bytes))
    const { width, height } = image
    const context = createCanvas(width, height).getContext('2d')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, width, height)
    context.drawImage(image, 0, 0)
    const rgba = context.getImageData(0, 0, width, height).data
    const data = new Uint8Array(width * height * 3)
    for (let i = 0; i < width * height; i++) data.set(rgba.subarray(i * 4, i * 4 + 3), i * 3)
    const dpi = Math.round(header.getInt32(38, true) * METRES_TO_INCHES)
    return { width, height, channels: 3, data, dpi: dpi > 0 && dpi !== 72 && dpi !== 96 ? dpi : null }
  } catch (cause) {
    throw refused(cause)
  }
}
