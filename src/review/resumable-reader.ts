import type { File, PageReader } from '../documents/ports.ts'
import type { ReviewSteps } from './steps.ts'

/** Reading is by far the dearest part: a file once opened and a page once read are kept, so that a restart does not read them again. */
export function createResumableReader(reader: PageReader, steps: ReviewSteps, files: File[]): PageReader {
  return {
    open: (file) => steps.once(`open/${files.indexOf(file)}`, () => reader.open(file)),
    ocrPage: (file, number) => steps.once(`ocr/${files.indexOf(file)}/${number}`, () => reader.ocrPage(file, number)),
  }
}
