import { afterEach, expect, test } from 'vitest'
import type { OcrEngine, OcrLine } from '../../src/documents/ports.ts'
import { LlmConfigError, readVisionSettings } from '../../src/judge/settings.ts'
import { createVision } from '../../src/platform/node/ocr/vision.ts'
import { json, says, settingsFor, startScriptedServer } from './scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>> | undefined
afterEach(() => server?.close())

const raster = { width: 200, height: 40, channels: 3 as const, data: new Uint8Array(200 * 40 * 3).fill(255), dpi: null }
const line = (text: string): OcrLine => ({
  text,
  box: { x: 10, y: 5, width: 180, height: 30 },
  edges: Array.from({ length: text.length + 1 }, (_, at) => 10 + at),
  units: text.split('').map((_, at) => ({ middle: 10 + at, certainty: 0.6 })),
  confidence: 0.6,
})
const finder: OcrEngine = {
  name: 'finder',
  readPage: async () => [line('项日名称'), line('学分')],
  readLine: async () => line('项日名称'),
}

test('a line is cut out, read by the endpoint, and never taken as sure', async () => {
  server = await startScriptedServer(says({ text: '项目名称' }))
  const engine = createVision(finder, settingsFor(server.baseUrl))
  const read = await engine.readLine(raster, line('').box)
  expect(read).toMatchObject({ text: '项目名称', confidence: 0.75, box: line('').box })
  expect(read?.edges).toHaveLength(5)
  expect(read?.units).toHaveLength(4)
  const [, user] = server.requests[0]?.body.messages ?? []
  expect(JSON.stringify(user?.content)).toMatch(
    /^\[\{"type":"image_url","image_url":\{"url":"data:image\/png;base64,iVBOR/,
  )
})

test('what it reads alike keeps the finder’s own certainty, and what it does not read the finder’s reading', async () => {
  server = await startScriptedServer(says({ text: '项日名称' }))
  const engine = createVision(finder, settingsFor(server.baseUrl))
  expect(await engine.readLine(raster, line('').box)).toEqual(line('项日名称'))
  await server.close()
  server = await startScriptedServer(json(401, {}))
  expect(await createVision(finder, settingsFor(server.baseUrl)).readPage(raster)).toEqual([
    line('项日名称'),
    line('学分'),
  ])
})

test('pictures go to one’s own network only', () => {
  const env = { XINGSHEN_OCR_MODEL: 'qwen3-vl' }
  expect(() => readVisionSettings({})).toThrow(LlmConfigError)
  expect(() => readVisionSettings({ ...env, XINGSHEN_OCR_BASE_URL: 'https://dashscope.aliyuncs.com/v1' })).toThrow(
    '内网',
  )
  expect(readVisionSettings({ ...env, XINGSHEN_OCR_BASE_URL: 'http://10.0.0.8:8000/v1' }).model).toBe('qwen3-vl')
})
