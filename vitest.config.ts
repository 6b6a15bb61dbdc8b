import { fileURLToPath } from 'node:url'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** A project of its own for each file: the second file of a project is sent every module of the first in one message, which workerd refuses over 32 MiB. */
const insideWorkerd = (name: string, ...setup: string[]) => ({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: path('./wrangler.toml') },
      miniflare: {
        d1Databases: ['LASTING'],
        r2Buckets: ['LASTING_BLOBS'],
        bindings: { MIGRATIONS: await readD1Migrations(path('./src/store/migrations/sqlite/')) },
      },
    })),
  ],
  test: {
    name: `edge-${name}`,
    include: [`test/edge/${name}.test.ts`],
    globalSetup: setup.map((file) => path(`./test/edge/${file}`)),
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/edge/**', '**/node_modules/**'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      insideWorkerd('documents', 'provide-cases.ts'),
      insideWorkerd('judge', 'provide-model.ts'),
      insideWorkerd('lasting', 'provide-few-cases.ts'),
    ],
  },
})
