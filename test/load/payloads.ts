import { join } from 'node:path'
import { createVariations } from '../../bench/vary-declarations.ts'
import type { Declaration } from '../../src/declaration/schema.ts'
import { readSamples } from '../../src/evaluation/read-samples.ts'
import type { Body } from './fire.ts'

const SAMPLES = join(import.meta.dirname, '../../samples/documents')
const PACK = 'beijing-2025-municipal'
const BOUNDARY = 'xingshen-load-boundary'

const samples = async () => (await readSamples(SAMPLES)).filter(({ truth }) => truth.pack === PACK)

/**
 * Records of a declaration system, all different: of people and texts of their own, eight to a unit. `crowded`: a dozen leaders of eight
 * units hand in all of them, each text fifty times.
 */
export async function records(count: number, name: string, crowded = false): Promise<Body[]> {
  const declarations = (await samples()).map(({ truth }) => truth.declaration)
  const vary = createVariations(declarations)
  const own = createOwn(declarations, Math.ceil(count / 8))
  return Array.from({ length: count }, (_, index) => {
    const declaration = crowded ? vary(index) : own(vary(index), index)
    return {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pack: PACK, declaration, externalId: `${name}-${index}` }),
    }
  })
}

/** The declaration as another unit's, with people and texts that no other one has. */
function createOwn(samples: Declaration[], units: number): (declaration: Declaration, index: number) => Declaration {
  const sentences = samples
    .flatMap(({ project, leader, overview }) => [project?.content, project?.objective, leader?.achievements, overview])
    .flatMap((text) => (text ?? '').split(/(?<=[。；\n])/))
    .filter((sentence) => sentence.length > 8)
  return (declaration, index) => {
    const person = (row: number) => String.fromCodePoint(0x4e00 + (index % 5000), 0x5e00 + ((index * 7 + row) % 5000))
    const text = (place: number) =>
      Array.from(
        { length: 12 },
        (_, row) => sentences[(index * 31 + place * 17 + row * 13 * (index + 1)) % sentences.length],
      ).join('')
    const { project, leader, unit, teachers } = declaration
    return {
      ...declaration,
      project: { ...project, content: text(0), objective: text(1) },
      leader: {
        ...leader,
        name: leader?.name ? person(0) : null,
        idNumber: leader?.idNumber ? idNumberOf(index) : null,
        achievements: text(2),
      },
      unit: { ...unit, name: unit?.name ? `${String.fromCodePoint(0x6e00 + (index % units))}州${unit.name}` : null },
      teachers: (teachers ?? []).map((teacher, row) => ({ ...teacher, name: teacher.name ? person(row) : null })),
    }
  }
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Of nobody's district, with its check digit (GB 11643). */
function idNumberOf(index: number): string {
  const digits = `990000${1965 + (index % 20)}0101${String(index % 1000).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((all, weight, place) => all + weight * Number(digits[place]), 0)
  return digits + '10X98765432'[sum % 11]
}

/** The samples' text PDFs as uploads; a number behind the end of each file makes no two the same. */
export async function pdfUploads(count: number, name: string): Promise<Body[]> {
  const printed = (await samples()).filter(({ truth }) => truth.kind === 'pdf' && truth.files.length === 1)
  const files = (await Promise.all(printed.map((sample) => sample.readFiles()))).flat()
  return Array.from({ length: count }, (_, index) => {
    const file = files[index % files.length]?.bytes ?? new Uint8Array()
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}-${index}.pdf"\r\nContent-Type: application/pdf\r\n\r\n`
    const parts = [head, file, `\n% ${name} ${index}\n`, `\r\n--${BOUNDARY}--\r\n`].map((part) =>
      typeof part === 'string' ? Buffer.from(part) : part,
    )
    return { headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, body: Buffer.concat(parts) }
  })
}
