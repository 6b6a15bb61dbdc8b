import { type Form, SURE } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { readDiscipline } from '../discipline.ts'
import { findWords } from '../find-words.ts'
import { isRecognised } from '../recognised.ts'
import {
  breaksOff,
  endsInComma,
  isShortForCertain,
  isWithinOcrBand,
  measureText,
  repeatedShare,
} from '../text-length.ts'
import { parseUnitName } from '../unit-name.ts'
import { findCommercialWords, findInflatedWords, findRestrictedTerms } from '../words.ts'

type Whole = { valueOf(): number }

/** Whether the form has the label at all, filled in or not. */
export function hasLabel(form: Form, path: string): boolean {
  return form.state(path) !== 'missing'
}

/**
 * At least `minimum` characters without spaces, punctuation counted: exactly in a text layer, and with a band around the bound in
 * recognised text (A17). A text far too short fails however single characters were read. Needs the path.
 */
export function textAtLeast(form: Form, path: string, minimum: Whole): Outcome {
  const required = minimum.valueOf()
  const text = String(form.at(path) ?? '')
  const length = measureText(text)
  const { characters, han } = length
  const confidence = form.confidence(path)
  const recognised = isRecognised(form, path)
  const facts = { characters, han, required, short: Math.max(required - characters, 0) }
  if (recognised && isWithinOcrBand(characters, required)) return unknown('low-confidence', facts, [path])
  if (characters >= required)
    return pass(facts, [path], { confidence: 1, ...(han < required ? { variant: 'punctuation' } : {}) })
  // A comma at the end of what was read may have been mended to a stop.
  const goesOn = breaksOff(text) || endsInComma(form.readings[path]?.raw ?? '')
  if (recognised && goesOn) return unknown('low-confidence', facts, [path])
  if (isShortForCertain(length, required, confidence))
    return fail(facts, [path], { confidence: Math.max(confidence, SURE), stands: true })
  // However surely its characters were read, a line of them may be missing.
  if (recognised) return unknown('low-confidence', facts, [path])
  return fail(facts, [path], { confidence })
}

/**
 * The achievements, 300 characters on the national form. The municipal form with 工作经历 asks for 科研成果 in a box of its own that
 * prints no length, and the declaration does not tell the two apart: there a short text is a warning.
 */
export function achievementsAtLeast(form: Form, minimum: Whole): Outcome {
  const outcome = textAtLeast(form, 'leader.achievements', minimum)
  const isCareerForm = hasLabel(form, 'leader.experience') && !hasLabel(form, 'leader.history')
  return outcome.status === 'fail' && isCareerForm ? { ...outcome, severity: 'warning' } : outcome
}

/** One sentence said again and again to reach the length; below the limit a model or a person must read it. */
export function notPadded(form: Form, path: string, limit: Whole): Outcome {
  const share = repeatedShare(String(form.at(path) ?? ''))
  const facts = { percent: `${Math.round(share * 100)}%` }
  return share > limit.valueOf() ? fail(facts, [path], { confidence: 1 }) : unknown('llm-unavailable', facts, [path])
}

/** No listed word in the project's name. `strict`: a word inside a fixed name is for a person to judge. Needs `project.name`. */
export function nameHasNoRestrictedTerm(form: Form, strict: boolean): Outcome {
  const { project, unit, leader } = form.declaration
  const bodies = [unit?.name, leader?.unit, ...(unit?.partners ?? [])].flatMap((name) => name || [])
  const stems = bodies.map((name) => parseUnitName(name).stem)
  const { hits, harmless } = findRestrictedTerms(project?.name ?? '', [...bodies, ...stems])
  const facts = { terms: hits.join('、'), phrases: harmless.join('、') }
  if (hits.length > 0) return fail(facts, ['project.name'])
  if (harmless.length === 0) return pass(facts, ['project.name'])
  return strict
    ? unknown('low-confidence', facts, ['project.name'])
    : pass(facts, ['project.name'], { variant: 'phrase' })
}

/** Not named an annual meeting, summit, forum … `soft`: words that only warn (原则上); `refused`: the others bar the project whatever is taught. Needs `project.name`. */
export function nameIsNoEvent(
  form: Form,
  words: string[],
  soft: string[],
  harmless: string[],
  refused: boolean,
): Outcome {
  const name = form.declaration.project?.name ?? ''
  const hard = findWords(name, words, harmless)
  const found = [...new Set([...hard, ...findWords(name, soft, harmless)])]
  const facts = { words: found.join('、') }
  if (found.length === 0) return pass(facts, ['project.name'])
  if (hard.length === 0) return fail(facts, ['project.name'], { variant: 'soft', severity: 'warning' })
  return fail(facts, ['project.name'], refused ? { variant: 'refused' } : {})
}

const CHINESE_MEDICINE = ['中西医结合', '中医', '针灸', '推拿', '中药', '艾灸', '民族医']

/** The discipline is one of the 24, no Chinese medicine. Needs `project.discipline`. */
export function disciplineIsListed(form: Form): Outcome {
  const { project } = form.declaration
  const reading = readDiscipline(project?.discipline, project?.subdiscipline, project?.disciplineCode)
  const stated = [project?.discipline, project?.subdiscipline].filter(Boolean).join('-')
  const fields = ['project.discipline', ...(project?.subdiscipline ? ['project.subdiscipline'] : [])]
  const facts = { stated, heading: reading.heading?.name ?? '', word: '' }
  if (reading.chineseMedicine) return fail(facts, fields, { variant: 'tcm' })
  if (!reading.heading) return fail(facts, fields)
  if (reading.stray) return fail(facts, fields, { variant: 'stray', severity: 'warning' })
  const [word] = findWords(project?.name ?? '', CHINESE_MEDICINE, ['中国中医科学院'])
  if (word) return fail({ ...facts, word }, ['project.name', ...fields], { variant: 'name', severity: 'warning' })
  return pass(facts, fields)
}

/** Listed words of higher standing in the name; other wording is for a model or a person to see. Needs `project.name`. */
export function nameClaimsNoStanding(form: Form): Outcome {
  const words = findInflatedWords(form.declaration.project?.name ?? '')
  const facts = { words: words.join('、') }
  return words.length > 0 ? fail(facts, ['project.name']) : unknown('llm-unavailable', facts, ['project.name'])
}

/** Companies and promotion in name and topics, and as a hint in the content; other wording is for a model or a person to see. */
export function promotesNothing(form: Form): Outcome {
  const { project, teachers, schedule } = form.declaration
  const titles = [
    { path: 'project.name', text: project?.name },
    ...(teachers ?? []).map(({ topic }, row) => ({ path: `teachers[${row}].topic`, text: topic })),
    ...(schedule ?? []).map(({ topic }, row) => ({ path: `schedule[${row}].topic`, text: topic })),
  ]
  const prose = [{ path: 'project.content', text: project?.content }]
  const find = (places: typeof titles) =>
    places
      .map(({ path, text }) => ({ path, words: findCommercialWords(text ?? '') }))
      .filter(({ words }) => words.length > 0)
  const named = find(titles)
  const mentioned = find(prose)
  const found = named.length > 0 ? named : mentioned
  const facts = { words: [...new Set(found.flatMap(({ words }) => words))].join('、') }
  const paths = found.map(({ path }) => path)
  if (named.length > 0) return fail(facts, paths)
  return mentioned.length > 0
    ? fail(facts, paths, { severity: 'info' })
    : unknown('llm-unavailable', facts, ['project.content'])
}
