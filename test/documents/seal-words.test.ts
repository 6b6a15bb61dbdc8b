import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { put, type SealLook, stamp } from '../../bench/seals/draw.ts'
import { seeded } from '../../samples/generate/random.ts'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import type { Raster } from '../../src/documents/model.ts'
import { findStamps, redness } from '../../src/documents/ocr/red.ts'
import { readSeal } from '../../src/documents/ocr/seal/read-seal.ts'
import { findSeals } from '../../src/documents/ocr/seals.ts'
import { inProcessReader, readDocument } from '../../src/documents/read.ts'
import { createImages } from '../../src/platform/node/images.ts'
import { createNativePpocr } from '../../src/platform/node/ocr/ppocr.ts'
import { packagedResources } from '../../src/platform/node/resources.ts'
import { makeDocx, p, r } from './making/handmade-docx.ts'

const DPI = 200
const MM = DPI / 25.4
const ocr = createNativePpocr()
const LOOK: SealLook = {
  ...{ name: '北京澄湖医院', face: 'AR PL SungtiL GB', bold: true, oval: false },
  ...{ centre: '', number: true, tilt: 0, wear: 0 },
}

/** Lines of black type, 100 × 100 mm, as a scanner's JPEG keeps them. */
async function sealed(look: Partial<SealLook>, x = 50, y = 50): Promise<Raster> {
  const size = Math.round(100 * MM)
  const lines = Array.from(
    { length: 9 },
    (_, i) => `<text x="40" y="${90 + i * 80}" font-size="34">严格按照批准的内容组织培训，认真审核授课内容</text>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" font-family="AR PL SungtiL GB"><rect width="100%" height="100%" fill="#fff"/>${lines.join('')}</svg>`
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const page = { width: size, height: size, data: new Uint8Array(data) }
  put(page, await stamp({ ...LOOK, ...look }, DPI, seeded('seal')), x * MM, y * MM)
  const jpeg = await sharp(page.data, { raw: { width: size, height: size, channels: 3 } })
    .jpeg({ quality: 50 })
    .toBuffer()
  const scan = await sharp(jpeg).raw().toBuffer()
  return { width: size, height: size, channels: 3, data: new Uint8Array(scan), dpi: DPI }
}

async function wordsOn(page: Raster) {
  const red = redness(page)
  const seals = red ? findSeals(red, MM, findStamps(red, MM)) : []
  expect(seals).toHaveLength(1)
  const [seal] = seals
  return seal && ocr.strips ? readSeal(page, red, seal.ellipse, ocr.strips) : null
}

describe('the words on a scanned seal', { timeout: 120_000 }, () => {
  it.each([
    ['upright over print', {}],
    ['on its head', { tilt: 170 }],
    ['oval and askew', { oval: true, tilt: 30 }],
    ['a long name', { name: '瓯澜市桥西区妇幼保健计划生育服务中心' }],
  ])('are read: %s', async (_, look) => {
    const words = await wordsOn(await sealed(look))
    const name = { ...LOOK, ...look }.name
    expect(words?.text.slice(0, name.length)).toBe(name)
    expect(words?.rim).toHaveLength(name.length)
  })

  it('have the line across behind them', async () => {
    expect((await wordsOn(await sealed({ centre: '继续教育专用章' })))?.text).toMatch(/^北京澄湖医院.续教育专用章$/)
  })

  it('are not taken for whole where the page ends', async () => {
    const words = await wordsOn(await sealed({ name: '沪塘市疾病预防控制中心' }, 90))
    expect(words?.view).toBe('part')
  })
})

describe('a seal pasted into Word', { timeout: 120_000 }, () => {
  let picture: Uint8Array
  beforeAll(async () => {
    const mark = await stamp(LOOK, 150, seeded('pasted'))
    const page = {
      width: mark.width,
      height: mark.height,
      data: new Uint8Array(mark.width * mark.height * 3).fill(255),
    }
    put(page, mark, page.width / 2, page.height / 2)
    picture = await sharp(page.data, { raw: { width: page.width, height: page.height, channels: 3 } })
      .png()
      .toBuffer()
  })

  it('is a seal with its words, and seals the opinion of its page', async () => {
    const extent = Math.round((61 / 25.4) * 914_400)
    const drawing = `<w:r><w:drawing><wp:anchor><wp:extent cx="${extent}" cy="${extent}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>`
    const bytes = await makeDocx(`${p(r('申报单位：北京澄湖医院'))}${p(r('申报单位意见：同意申报。'))}${p(drawing)}`, [
      { part: 'word/media/image1.png', kind: 'image', data: picture },
    ])
    const reader = inProcessReader({ resources: packagedResources(), images: createImages(), ocr })
    const document = await readDocument({ name: '申报书.docx', bytes }, reader)
    const { declaration, fields } = extractDeclaration([document])
    expect(declaration.seals).toMatchObject([{ page: 1, box: null, text: '北京澄湖医院' }])
    expect(fields['seals[0].text']?.places).toHaveLength(6)
    expect(declaration.unitOpinion?.sealed).toBe(true)
  })
})
