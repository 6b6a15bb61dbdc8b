import { viewOf } from './file.ts'

const CHECKBOX = 1
/** No result stored: the default counts. */
const UNDECIDED = 25

/**
 * What a legacy form field in the data stream shows: ☐ or ☑ for a checkbox, else nothing ([MS-DOC] 2.9.78, behind the
 * header of a NilPICFAndBinData).
 */
export function formFieldText(data: Uint8Array, place: number): string {
  const view = viewOf(data)
  if (place + 6 > data.length) return ''
  const at = place + view.getUint16(place + 4, true)
  if (at + 12 > data.length || view.getUint32(at, true) !== 0xffffffff) return ''
  const bits = view.getUint16(at + 4, true)
  const kind = bits & 3
  if (kind !== CHECKBOX) return ''
  const result = (bits >> 2) & 31
  if (result !== UNDECIDED) return result === 1 ? '☑' : '☐'
  const nameLength = view.getUint16(at + 10, true)
  const byDefault = at + 12 + (nameLength + 1) * 2
  return byDefault + 2 <= data.length && view.getUint16(byDefault, true) === 1 ? '☑' : '☐'
}
