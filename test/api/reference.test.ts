import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { referenceRoutes } from '../../src/api/reference.ts'
import { scalarFromFile } from '../../src/platform/node/scalar.ts'

const app = referenceRoutes(scalarFromFile)

test('the page loads its program from this service, and nothing from elsewhere', async () => {
  const page = await app.request('/')
  expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  const html = await page.text()
  const sources = [...html.matchAll(/(?:src|href|data-url)="([^"]*)"/g)].map(([, source]) => source)
  expect(sources).toEqual(['/openapi.json', `/docs/scalar-${scalarFromFile.version}.js`])
  expect(html).not.toMatch(/https?:/)
})

test('the program is sent as it lies there, or unpacked to whoever cannot', async () => {
  const path = `/scalar-${scalarFromFile.version}.js`
  const packed = await app.request(path, { headers: { 'Accept-Encoding': 'br, gzip' } })
  expect(packed.headers.get('Content-Encoding')).toBe('gzip')
  const program = gunzipSync(new Uint8Array(await packed.arrayBuffer()))
  expect(program.length).toBeGreaterThan(1_000_000)
  const plain = await app.request(path, { headers: { 'Accept-Encoding': '' } })
  expect(plain.headers.get('Content-Encoding')).toBeNull()
  expect(plain.headers.get('Content-Type')).toContain('javascript')
  expect(Buffer.from(await plain.arrayBuffer()).equals(program)).toBe(true)
})
