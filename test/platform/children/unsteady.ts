import { getCompileCacheDir } from 'node:module'
import { serveCalls } from '../../../src/platform/node/serve-calls.ts'
import { Problem } from '../../../src/problem.ts'

/** A reading process that does what hostile documents do to one: the file's name says what. */
const nameOf = (file: unknown) => (file as { name: string }).name
const held: Uint8Array[] = []
let calls = 0

serveCalls({
  async open(_, file) {
    calls++
    switch (nameOf(file)) {
      case 'dies':
        process.kill(process.pid, 'SIGKILL')
        return new Promise(() => {})
      case 'exits':
        process.exit(3)
        return null
      case 'loops':
        for (;;);
      case 'waits':
        return new Promise(() => {})
      case 'leaves-a-promise':
        void Promise.reject(new Error('张三 110105'))
        return new Promise(() => {})
      case 'throws':
        throw new TypeError('张三 110105')
      case 'refuses':
        throw new Problem('encrypted_document', '文件已加密')
      case 'tells-its-means':
        return { collects: typeof globalThis.gc === 'function', compiled: getCompileCacheDir() !== undefined }
      case 'swells':
        for (;;) {
          held.push(new Uint8Array(20_000_000).fill(1))
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      default:
        return { pid: process.pid, calls, name: nameOf(file) }
    }
  },
  ocrPage: async (number) => ({ pid: process.pid, calls: ++calls, number }),
})
