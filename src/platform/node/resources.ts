import { readFile } from 'node:fs/promises'
import type { Resources } from '../../documents/ports.ts'
import { Problem } from '../../problem.ts'

/** pdf.js's character maps, fonts and decoders from its installed package, each read once. */
export function packagedResources(): Resources {
  const root = new URL('./', import.meta.resolve('pdfjs-dist/package.json'))
  const read = new Map<string, Promise<Uint8Array>>()
  return {
    load(path) {
      if (!/^(cmaps|standard_fonts|wasm|iccs)\/[\w.-]+$/.test(path)) {
        return Promise.reject(new Problem('corrupt_document', 'PDF 引用了不存在的字符映射。'))
      }
      const known = read.get(path)
      if (known) return known
      const reading = readFile(new URL(path, root)).then((file) => new Uint8Array(file))
      read.set(path, reading)
      return reading
    },
  }
}
