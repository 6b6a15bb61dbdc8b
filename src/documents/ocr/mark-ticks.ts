import type { OcrLine } from '../ports.ts'

/** A lone v, V or √ right after one of the words that forms let people choose, before nothing or another choice. */
const TICK = /(?<=[是否有无男女会能])\s?[vV√✓✔](?=$|[\s是否有无男女会能、，,；;（()）])/gu

/** Writes a tick that stands beside an option, without a box, as √ whatever the recogniser took it for. */
export function markTicks(line: OcrLine): OcrLine {
  const text = line.text.replace(TICK, (found) => found.replace(/\S/, '√'))
  return text === line.text ? line : { ...line, text }
}
