import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pagesOf } from '../../scripts/pack-pages.ts'

test.each(pagesOf())('$path is what npm run pack-pages writes', ({ path, text }) => {
  expect(existsSync(path) ? readFileSync(path, 'utf8') : 'no page').toBe(text)
})
