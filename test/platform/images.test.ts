import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createImages } from '../../src/platform/node/images.ts'

const images = createImages()
const red = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#ff0000' } })
const pixel = (raster: { data: Uint8Array }) => [...raster.data.subarray(0, 3)]

describe('pictures', () => {
  it.each([
    ['png', () => red().png()],
    ['jpeg', () => red().jpeg({ quality: 100 })],
    ['webp', () => red().webp({ lossless: true })],
    ['tiff', () => red().tiff({ compression: 'lzw' })],
  ])('%s is decoded to RGB', async (_, encode) => {
    const raster = await images.decode(await encode().toBuffer(), 0)
    expect(raster).toMatchObject({ width: 40, height: 20, channels: 3 })
    expect(pixel(raster)[0]).toBeGreaterThan(250)
    expect(pixel(raster)[1]).toBeLessThan(5)
    expect(raster.data).toHaveLength(40 * 20 * 3)
  })

  it('CMYK, 16 bits, grey and transparent become 8-bit RGB on white', async () => {
    const cmyk = await images.decode(await red().toColourspace('cmyk').jpeg().toBuffer(), 0)
    expect(cmyk).toMatchObject({ channels: 3 })
    expect(pixel(cmyk)[0]).toBeGreaterThan(200)
    const deep = await images.decode(await red().toColourspace('rgb16').png().toBuffer(), 0)
    expect(pixel(deep)).toEqual([255, 0, 0])
    const grey = await images.decode(await red().greyscale().toColourspace('b-w').png().toBuffer(), 0)
    expect(grey.data).toHaveLength(40 * 20 * 3)
    expect(new Set(pixel(grey)).size).toBe(1)
    const clear = sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    expect(pixel(await images.decode(await clear.png().toBuffer(), 0))).toEqual([255, 255, 255])
  })

  it('a photograph is turned as its camera says', async () => {
    const turned = await red().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await images.decode(turned, 0)).toMatchObject({ width: 20, height: 40 })
  })

  it('a stated resolution is told, an unstated one is not', async () => {
    expect((await images.decode(await red().withMetadata({ density: 300 }).jpeg().toBuffer(), 0)).dpi).toBe(300)
    expect((await images.decode(await red().jpeg().toBuffer(), 0)).dpi).toBeNull()
  })

  it('a TIFF has as many pages as were scanned', async () => {
    const page = (colour: string) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background: colour } })
        .png()
        .toBuffer()
    const tiff = await sharp([await page('#ffffff'), await page('#0000ff')], { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer()
    expect(await images.count(tiff)).toBe(2)
    expect(pixel(await images.decode(tiff, 1))).toEqual([0, 0, 255])
  })

  it('BMP is decoded, with its resolution', async () => {
    const bmp = Buffer.alloc(54 + 16)
    bmp.write('BM')
    for (const [offset, value] of [
      [2, 70],
      [10, 54],
      [14, 40],
      [18, 2],
      [22, 2],
      [38, 11811],
      [42, 11811],
    ] as const) {
      bmp.writeInt32LE(value, offset)
    }
    bmp.writeUInt16LE(1, 26)
    bmp.writeUInt16LE(24, 28)
    bmp.set([255, 0, 0], 54 + 8)
    const raster = await images.decode(bmp, 0)
    expect(raster).toMatchObject({ width: 2, height: 2, channels: 3, dpi: 300 })
    expect(pixel(raster)).toEqual([0, 0, 255])
    expect(await images.count(bmp)).toBe(1)
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.from('not a picture at all')],
    ['a broken BMP', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)])],
  ])('%s is corrupt', async (_, bytes) => {
    await expect(images.decode(bytes, 0)).rejects.toMatchObject({ code: 'corrupt_document' })
  })

  it('a picture cut short is corrupt', async () => {
    const bytes = await sharp({
      create: {
        width: 400,
        height: 400,
        channels: 3,
        background: '#123456',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .png()
      .toBuffer()
    await expect(images.decode(bytes.subarray(0, bytes.length / 2), 0)).rejects.toMatchObject({
      code: 'corrupt_document',
    })
  })
})
