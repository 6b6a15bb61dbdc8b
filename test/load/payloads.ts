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
 * Records of a declaration system, all different: of names, people, lectures and texts of their own, eight to a unit. `crowded`: a dozen leaders of eight
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

/** The declaration as another unit's: people, name, lectures and texts are no other one's. */
function createOwn(samples: Declaration[], units: number): (declaration: Declaration, index: number) => Declaration {
  const words = samples
    .flatMap(({ project, leader, overview }) => [project?.content, project?.objective, leader?.achievements, overview])
    .flatMap((text) => (text ?? '').match(/\p{Script=Han}{2}/gu) ?? [])
  return (declaration, index) => {
    const person = (row: number) => String.fromCodePoint(0x4e00 + (index % 5000), 0x5e00 + ((index * 7 + row) % 5000))
    // Steps of a prime size, another for each text, come to every word before they repeat.
    const prose = (place: number, count: number) =>
      Array.from({ length: count }, (_, at) => words[(at * (7919 + index * 40 + place) + index) % words.length]).join(
        '',
      )
    const { project, leader, unit, teachers, schedule } = declaration
    return {
      ...declaration,
      project: {
        ...project,
        name: project?.name ? `${prose(0, 6)}新进展培训班` : null,
        content: paragraphs(20, (line) => prose(100 + line, 14)),
        objective: paragraphs(6, (line) => prose(200 + line, 14)),
      },
      leader: {
        ...leader,
        name: leader?.name ? person(0) : null,
        idNumber: leader?.idNumber ? idNumberOf(index) : null,
        achievements: paragraphs(12, (line) => prose(300 + line, 14)),
      },
      unit: { ...unit, name: unit?.name ? `${String.fromCodePoint(0x6e00 + (index % units))}州中心医院` : null },
      teachers: (teachers ?? []).map((teacher, row) => ({
        ...teacher,
        name: teacher.name ? person(row) : null,
        topic: teacher.topic ? prose(400 + row, 7) : null,
      })),
      ...(schedule
        ? {
            schedule: schedule.map((lesson, row) => ({
              ...lesson,
              teacher: lesson.teacher ? person(row) : null,
              topic: lesson.topic ? prose(400 + row, 7) : null,
            })),
          }
        : {}),
    }
  }
}

const paragraphs = (count: number, line: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => `${line(number)}。`).join('')

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
