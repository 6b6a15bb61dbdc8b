import spellings from '../../../rules/lists/discipline-variants.json' with { type: 'json' }
import headings from '../../../rules/lists/disciplines.json' with { type: 'json' }
import { remember } from '../remember.ts'

type Entry = { code: string; name: string }

export type DisciplineReading = {
  /** The second-level discipline (二级学科), one of 24. */
  heading: Entry | null
  /** The third-level one (三级学科), one of 89. */
  child: Entry | null
  /** A discipline of Chinese medicine, which is declared elsewhere. */
  chineseMedicine: boolean
  /** The second-level box names something else than the discipline to which the third-level one belongs. */
  stray: boolean
}

type Heading = (typeof headings)[number]
type Known = { entry: Entry; heading: Heading; names: string[] }

/** Spellings of other years' tables and of the notices themselves, by code. */
const VARIANTS: Readonly<Record<string, string[]>> = spellings.variants
const CHINESE_MEDICINE = new RegExp(spellings.chineseMedicine.join('|'))

const KNOWN: Known[] = headings.flatMap((heading) => [
  { entry: heading, heading, names: namesOf(heading) },
  ...heading.children.map((child) => ({ entry: child, heading, names: namesOf(child) })),
])

/** Finds the two levels in what the form says: one box (`临床内科-感染病学`), two boxes, or only the code (`03-08-012`). */
export function readDiscipline(
  discipline: string | null | undefined,
  subdiscipline?: string | null,
  code?: string | null,
): DisciplineReading {
  return readBoxes(JSON.stringify([discipline ?? '', subdiscipline ?? '', code ?? '']))
}

const readBoxes = remember(200, (boxes: string): DisciplineReading => {
  const [discipline = '', subdiscipline = '', code = '']: string[] = JSON.parse(boxes)
  const words = [discipline, subdiscipline].flatMap((text) => [text, ...text.split(/[-—–－/→>＞\s]+/)])
  const read = words.map(normaliseDiscipline).filter((word) => word.length > 1)
  const keys = [...read, ...read.flatMap(takeJoinedApart)]
  const chineseMedicine = keys.some((key) => CHINESE_MEDICINE.test(key))
  const heading = findBy(keys, (known) => known.entry === known.heading)
  const child = findBy(keys, (known) => known.entry !== known.heading && (!heading || known.heading === heading.entry))
  const byCode = keys.length === 0 ? fromCode(code) : undefined
  const found = heading?.heading ?? child?.heading ?? byCode?.heading ?? null
  const own = heading?.heading ?? child?.heading
  return {
    heading: found && { code: found.code, name: found.name },
    child: child ? { code: child.entry.code, name: child.entry.name } : (byCode?.child ?? null),
    chineseMedicine,
    stray: own !== undefined && !isOf(discipline, own),
  }
})

/** Both levels in one box with nothing between them, as where a hyphen was lost: 临床内科学心血管病学. */
function takeJoinedApart(key: string): string[] {
  for (const { entry, heading, names } of KNOWN) {
    if (entry !== heading) continue
    const below = heading.children.flatMap(namesOf)
    const name = names.find((candidate) => key.startsWith(candidate) && below.includes(key.slice(candidate.length)))
    if (name !== undefined) return [name, key.slice(name.length)]
  }
  return []
}

/** Words that half of the disciplines have in their names. */
const COMMON_WORDS = /临床|医学|科学|[学科与和、（）()]/g

/** A shortened or misread name keeps at least half of its characters in the discipline's name, or in those below it. */
function isOf(text: string, heading: Heading): boolean {
  const telling = [...normaliseDiscipline(text).replace(COMMON_WORDS, '')]
  const names = [heading, ...heading.children].flatMap(namesOf).join('').replace(COMMON_WORDS, '')
  return telling.filter((character) => names.includes(character)).length * 2 >= telling.length
}

function findBy(keys: string[], accepts: (known: Known) => boolean): Known | undefined {
  for (const key of keys) {
    const known = KNOWN.find((candidate) => accepts(candidate) && candidate.names.includes(key))
    if (known) return known
  }
  return undefined
}

/** An application code starts with both levels. Before 2022 the numbers meant other disciplines, so words always come first. */
function fromCode(code: string): { heading: Entry; child: Entry | null } | undefined {
  const match = code.normalize('NFKC').match(/^(?:20\d\d-)?(\d\d)-(\d\d)(?:-|$)/)
  const heading = headings.find((candidate) => candidate.code === match?.[1])
  if (!match || !heading) return undefined
  return { heading, child: heading.children.find((child) => child.code === `${match[1]}-${match[2]}`) ?? null }
}

function namesOf(entry: Entry): string[] {
  const all = [entry.name, ...(VARIANTS[entry.code] ?? [])].map(normaliseDiscipline)
  return [...new Set(all.flatMap((name) => [name, name.replace(/学$/, '')]))].filter((name) => name.length > 1)
}

function normaliseDiscipline(text: string): string {
  return text.normalize('NFKC').replace(/[\s()、,，:：]|^\d[\d-]*/g, '')
}
