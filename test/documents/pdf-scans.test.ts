import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { Raster } from '../../src/documents/model.ts'
import { openPdf } from '../../src/documents/pdf/open.ts'
import { openPageForOcr } from '../../src/documents/pdf/raster.ts'
import type { Picture } from '../../src/documents/pdf/seen-pictures.ts'
import { canvasRenderer } from '../../src/platform/node/pdf-renderer.ts'
import { ports, put, readPages, SONG, textsOf, ucs2, writePdf } from './pdf-bytes.ts'

/** 60 × 80 pixels: red left top corner, green right top, blue left bottom, white elsewhere. */
async function picture(): Promise<Uint8Array> {
  const data = new Uint8Array(60 * 80 * 3).fill(255)
  for (let y = 0; y < 80; y++) {
    for (let x = 0; x < 60; x++) {
      const corner =
        y < 20 && x < 20 ? [255, 0, 0] : y < 20 && x >= 40 ? [0, 255, 0] : y >= 60 && x < 20 ? [0, 0, 255] : null
      if (corner) data.set(corner, (y * 60 + x) * 3)
    }
  }
  const image = sharp(data, { raw: { width: 60, height: 80, channels: 3 } })
  return new Uint8Array(await image.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer())
}

const imageObject = (data: Uint8Array) => ({
  dict: `/Type /XObject /Subtype /Image /Width 60 /Height 80 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
  data,
})
const onPage = (extra = '') => `${extra} /Resources << /Font << /F1 4 0 R >> /XObject << /Im 7 0 R >> >>`

async function scanned(content: string, extra = ''): Promise<Uint8Array> {
  return writePdf({ page: onPage(extra), objects: [...SONG.objects, imageObject(await picture())], content })
}

const rasterOfPage = async (...page: Parameters<typeof openPageForOcr>) => (await openPageForOcr(...page)).raster

const FULL = 'q 600 0 0 800 0 0 cm /Im Do Q\n'

/** The colours near the four corners, clockwise from the left top. */
function corners({ width, height, data, channels }: Raster): string {
  const at = (x: number, y: number) => {
    const i = (Math.floor(y * height) * width + Math.floor(x * width)) * channels
    const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3)
    return r > 200 && g > 200 && b > 200 ? 'W' : r > 150 ? 'R' : g > 150 ? 'G' : b > 150 ? 'B' : '?'
  }
  return [at(0.1, 0.1), at(0.9, 0.1), at(0.9, 0.9), at(0.1, 0.9)].join('')
}

describe('which pages need OCR', () => {
  const needs = async (bytes: Uint8Array) => (await readPages(bytes)).map((page) => page === null)

  it('a page that is one picture', async () => {
    expect(await needs(await scanned(FULL))).toEqual([true])
  })

  it('a picture with only a page number and a watermark as text', async () => {
    const tiled = Array.from(
      { length: 20 },
      (_, i) =>
        `BT /F1 20 Tf 0.7 0.7 -0.7 0.7 ${(i % 4) * 140} ${Math.floor(i / 4) * 150} Tm ${ucs2('仅供申报使用')} Tj ET\n`,
    ).join('')
    expect(await needs(await scanned(`${FULL}${put('第 1 页', 280, 20)}${tiled}`))).toEqual([true])
  })

  it('a scan with an old unseen text layer', async () => {
    const layer = Array.from({ length: 30 }, (_, i) => put('旧的识别结果旧的识别', 60, 740 - i * 20, '3 Tr')).join('')
    expect(await needs(await scanned(FULL + layer))).toEqual([true])
  })

  it('a scan drawn over an old text layer', async () => {
    const layer = Array.from({ length: 30 }, (_, i) => put('旧的识别结果旧的识别', 60, 740 - i * 20)).join('')
    expect(await needs(await scanned(layer + FULL))).toEqual([true])
  })

  it('a text layer of private-use codes', async () => {
    const codes = Array.from({ length: 40 }, (_, i) => String.fromCodePoint(0xe100 + i)).join('')
    const toUnicode = {
      dict: '',
      data: `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0001> <00ff> <e101> endbfrange endcmap end end`,
    }
    const objects = [
      '<< /Type /Font /Subtype /Type0 /BaseFont /Sub /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 7 0 R >>',
      '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sub /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 6 0 R >>',
      '<< /Type /FontDescriptor /FontName /Sub /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
      toUnicode,
    ]
    const hex = [...codes].map((c) => ((c.codePointAt(0) ?? 0) - 0xe100).toString(16).padStart(4, '0')).join('')
    const content = `BT /F1 12 Tf 1 0 0 1 50 700 Tm <${hex}> Tj ET`
    expect(await needs(writePdf({ page: SONG.page, objects, content }))).toEqual([true])
  })

  it('but not an empty page, nor a text page with a picture', async () => {
    expect(await needs(writePdf({ content: '' }))).toEqual([false])
    const lines = Array.from({ length: 12 }, (_, i) => put(`第${i}行项目内容及创新之处`, 60, 740 - i * 20)).join('')
    const bytes = await scanned(`${lines} q 200 0 0 260 300 100 cm /Im Do Q`)
    const [page] = await readPages(bytes)
    expect(page?.pictures).toEqual([{ x: 300, y: 440, width: 200, height: 260 }])
    expect(page && textsOf(page)).toHaveLength(12)
  })
})

describe('pixels of a page', () => {
  it('are the scan’s own pixels when the page is one picture', async () => {
    const raster = await rasterOfPage(await scanned(FULL), 1, ports)
    expect([raster.width, raster.height, raster.dpi]).toEqual([60, 80, 7])
    expect(corners(raster)).toBe('RGWB')
  })

  it.each([
    ['90', 'BRGW'],
    ['180', 'WBRG'],
    ['270', 'GWBR'],
  ])('follow /Rotate %s', async (rotate, seen) => {
    expect(corners(await rasterOfPage(await scanned(FULL, `/Rotate ${rotate}`), 1, ports))).toBe(seen)
  })

  it.each([
    ['upside down', 'q -600 0 0 -800 600 800 cm /Im Do Q', 'WBRG'],
    ['mirrored', 'q -600 0 0 800 600 0 cm /Im Do Q', 'GRBW'],
    ['flipped', 'q 600 0 0 -800 0 800 cm /Im Do Q', 'BWGR'],
  ])('follow a picture placed %s', async (_, content, seen) => {
    expect(corners(await rasterOfPage(await scanned(content), 1, ports))).toBe(seen)
  })

  it('follow a picture placed sideways', async () => {
    const raster = await rasterOfPage(
      await scanned('q 0 600 -800 0 800 0 cm /Im Do Q', '/MediaBox [0 0 800 600]'),
      1,
      ports,
    )
    expect([raster.width, raster.height]).toEqual([80, 60])
    expect(corners(raster)).toBe('GWBR')
  })

  it('keep the page’s margins around the picture', async () => {
    const raster = await rasterOfPage(await scanned('q 570 0 0 760 15 20 cm /Im Do Q'), 1, ports)
    expect([raster.width, raster.height]).toEqual([63, 84])
    expect(corners(raster)).toBe('RGWB')
  })

  it('agree with the renderer’s', async () => {
    const bytes = await scanned(`${FULL}${put('第 1 页', 280, 20)}`, '/Rotate 90')
    const raster = await rasterOfPage(bytes, 1, { ...ports, renderer: canvasRenderer(ports.resources) })
    expect([raster.width, raster.height, raster.dpi]).toEqual([2222, 1667, 200])
    expect(corners(raster)).toBe('BRGW')
  })

  it('need a renderer for a page that is drawn', async () => {
    const bytes = writePdf({ content: '100 100 200 200 re S' })
    await expect(rasterOfPage(bytes, 1, ports)).rejects.toMatchObject({ code: 'corrupt_document' })
    const raster = await rasterOfPage(bytes, 1, { ...ports, renderer: canvasRenderer(ports.resources) })
    expect([raster.width, raster.height]).toEqual([1667, 2222])
  })

  it('draw Chinese type that is not embedded', async () => {
    const raster = await canvasRenderer(ports.resources).render(
      writePdf({ ...SONG, content: put('项目', 100, 700) }),
      1,
      144,
    )
    const ink = raster.data.filter((value) => value < 128).length
    expect(ink).toBeGreaterThan(300)
  })

  it('are read from one-bit pictures', async () => {
    const data = new Uint8Array(80 * 8).fill(0xff)
    data.fill(0, 0, 8 * 20)
    const image = {
      dict: '/Type /XObject /Subtype /Image /Width 60 /Height 80 /ColorSpace /DeviceGray /BitsPerComponent 1',
      data,
    }
    const raster = await rasterOfPage(
      writePdf({ page: onPage(), objects: [...SONG.objects, image], content: FULL }),
      1,
      ports,
    )
    expect(raster.channels).toBe(1)
    expect([raster.data[0], raster.data[60 * 40]]).toEqual([0, 255])
  })

  it('of the pictures on a text page come with their places', async () => {
    const bytes = await scanned(`${put('签字：', 60, 740)} q 120 0 0 160 300 100 cm /Im Do Q`)
    const pictures: Picture[] = []
    const marksOf = async (placed: Picture[]) => {
      pictures.push(...placed)
      return { seals: [], handwriting: [] }
    }
    await openPdf(bytes, ports, { maxPages: 1, marksOf })
    const [found] = pictures
    expect(found?.box).toEqual({ x: 300, y: 540, width: 120, height: 160 })
    expect(found && corners(found.raster)).toBe('RGWB')
  })
})
