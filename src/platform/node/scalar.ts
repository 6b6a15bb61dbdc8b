import { readFile } from 'node:fs/promises'

/** The program of the page at `/docs`: MIT, © Scalar, as `scripts/take-scalar.ts` takes it from `@scalar/api-reference`. */
export const SCALAR = {
  version: '1.72.1',
  /** Compressed by gzip. */
  file: new URL('./scalar/standalone.js.gz', import.meta.url),
}

export const scalarFromFile = {
  version: SCALAR.version,
  read: (): Promise<Uint8Array<ArrayBuffer>> => readFile(SCALAR.file),
}
