import type { Raster, Seal } from '../../model.ts'
import type { StripReader } from '../../ports.ts'
import type { FoundSeal } from '../seals.ts'
import { readSeal } from './read-seal.ts'

/** How sure it is that a dark ring with words along it is a seal: neither a drawing nor a clock has those. */
const WORDED = 0.85

/** The seals among the rings on a scan without colour, with their words: those along whose rim words are read. Boxes in pixels. */
export async function readDarkSeals(raster: Raster, rings: FoundSeal[], reader: StripReader): Promise<Seal[]> {
  const seals: Seal[] = []
  for (const { box, ellipse, confidence } of rings) {
    const words = await readSeal(raster, null, ellipse, reader)
    if (words) seals.push({ box, ...words, confidence: Math.min(WORDED, confidence) })
  }
  return seals
}
