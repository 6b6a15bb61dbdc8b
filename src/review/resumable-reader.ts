import type { Page } from '../documents/model.ts'
import type { File, PageReader } from '../documents/ports.ts'
import type { Store } from '../store/store.ts'

/** OCR is by far the dearest step: a page once read is kept, so that a restart does not read it again. */
export function createResumableReader(reader: PageReader, store: Store, reviewId: string, files: File[]): PageReader {
  return {
    open: (file) => reader.open(file),
    async ocrPage(file, number) {
      const name = `ocr/${files.indexOf(file)}/${number}`
      const known = await store.getStep(reviewId, name)
      // Steps are written here only.
      if (known !== null) return JSON.parse(known) as Page
      const page = await reader.ocrPage(file, number)
      return JSON.parse(await store.putStep(reviewId, name, JSON.stringify(page))) as Page
    },
  }
}
