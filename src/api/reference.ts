import { Hono } from 'hono'
import { html } from 'hono/html'

/** The program that shows the interface's description, compressed by gzip. */
export type ReferenceProgram = { version: string; read(): Promise<Uint8Array<ArrayBuffer>> }

/** Nothing is loaded from elsewhere and nothing told to anybody. */
const SETTINGS = {
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ')

const FOREVER = 'public, max-age=31536000, immutable'

/** `/docs`: the description to read and to try, from our own files. */
export function referenceRoutes({ version, read }: ReferenceProgram) {
  const program = `scalar-${version}.js`
  return new Hono()
    .get('/', (c) => {
      c.header('Content-Security-Policy', POLICY)
      return c.html(html`<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>xingshen 接口说明</title>
  </head>
  <body>
    <script id="api-reference" data-url="/openapi.json" data-configuration="${JSON.stringify(SETTINGS)}"></script>
    <script src="/docs/${program}"></script>
  </body>
</html>`)
    })
    .get(`/${program}`, async (c) => {
      const bytes = await read()
      c.header('Content-Type', 'text/javascript; charset=utf-8')
      c.header('Cache-Control', FOREVER)
      c.header('Vary', 'Accept-Encoding')
      if (!/\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')) {
        return c.body(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')))
      }
      c.header('Content-Encoding', 'gzip')
      return c.body(bytes)
    })
}
