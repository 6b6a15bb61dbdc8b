import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Raster } from '../../src/documents/model.ts'
import { createNativePpocr } from '../../src/platform/node/ocr/ppocr.ts'

let folder: string
let line: Raster

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ppocr-test-'))
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60"><rect width="400" height="60" fill="#fff"/><text x="10" y="42" font-size="32">CME 2025</text></svg>'
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  line = { width: info.width, height: info.height, channels: 3, dpi: 200, data: new Uint8Array(data) }
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

const read = async () => {
  const { text } = (await createNativePpocr().readLine(line, { x: 0, y: 0, width: 400, height: 60 })) ?? { text: '' }
  return text.replace(' ', '')
}

describe('PP-OCR', () => {
  it('leaves none of its temporary networks behind', async () => {
    vi.stubEnv('TMPDIR', folder)
    expect(await read()).toBe('CME2025')
    expect(await readdir(folder)).toEqual([])
  })

  it('reads where nothing temporary can be written', async () => {
    await writeFile(join(folder, 'file'), '')
    vi.stubEnv('TMPDIR', join(folder, 'file'))
    expect(await read()).toBe('CME2025')
  })
})
