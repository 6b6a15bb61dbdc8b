import type { Declaration, Readings } from '../declaration/schema.ts'
import { type Answer, answerSchema, contradictionOf, tidyAnswer } from './answer.ts'
import type { Answers } from './answers.ts'
import { ModelFailure } from './endpoint/failure.ts'
import type { Meter } from './endpoint/meter.ts'
import type { Model } from './endpoint/model.ts'
import { type Fields, isScanned, rowsOf, selectFields } from './fields.ts'
import { createGrounds } from './grounding/ground.ts'
import type { Issue, Opinion } from './opinion.ts'
import type { Redactor } from './privacy/redact.ts'
import { fence } from './prompts/fence.ts'
import { type Prompt, sha256 } from './prompts/prompt.ts'

export type Asking = {
  model: Model
  redactor: Redactor
  meter: Meter
  answers: Answers
  signal: AbortSignal
  /** When `signal` will end it, as the model's clock has it. */
  until?: number
  /** Told of every answer: the probe counts them. */
  onAnswer?: (heard: { rung?: string; mended?: boolean; stored: boolean }) => void
}

type Form = { declaration: Declaration; readings: Readings }

/** Several answers to one question must differ by chance if they are to agree by more than chance. */
const TEMPERATURE_OF_MANY = 0.3
const SEED = 20250118

/** Asks the model one prompt's question of a form. Never throws: what goes wrong is an opinion without an answer. */
export async function check(prompt: Prompt, form: Form, asking: Asking): Promise<Opinion> {
  const base = {
    rule: prompt.id,
    prompt: `${prompt.id}@${prompt.version}`,
    promptHash: prompt.hash,
    model: asking.model.name,
    ungrounded: 0,
  }
  try {
    const parts: Opinion[] = []
    for (const rows of chunksOf(prompt, form.declaration)) {
      parts.push({ ...base, ...(await askPart(prompt, form, rows, asking)) })
    }
    return joinParts(parts)
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error
    const { reason, status } = error
    return { ...base, answer: 'none', reason, ...(status === undefined ? {} : { status }) }
  }
}

function chunksOf({ params, inputs }: Prompt, declaration: Declaration): (number[] | undefined)[] {
  const { chunk } = params
  const count = rowsOf(declaration, inputs)
  if (chunk === undefined || count <= chunk) return [undefined]
  const rows = Array.from({ length: count }, (_, row) => row)
  return Array.from({ length: Math.ceil(count / chunk) }, (_, index) => rows.slice(index * chunk, (index + 1) * chunk))
}

type Part = Pick<Opinion, 'model' | 'ungrounded'> & { agreement?: string } & (
    | { answer: 'issue'; issues: Issue[] }
    | { answer: 'fine' }
    | { answer: 'unsure'; missing: string[] }
  )

async function askPart(prompt: Prompt, form: Form, rows: number[] | undefined, asking: Asking): Promise<Part> {
  const { redactor } = asking
  const plain = selectFields(form.declaration, prompt.inputs, rows)
  const fields = Object.fromEntries(Object.entries(plain).map(([field, text]) => [field, redactor.redact(text)]))
  const grounds = createGrounds(fields, (field) => isScanned(form.readings, field))
  const { samples } = prompt.params
  const heard: { answer: Answer; model: string; settled: Settled }[] = []
  for (let sample = 0; sample < samples; sample++) {
    const { answer, model } = await askOnce(prompt, fields, sample, asking)
    heard.push({ answer, model, settled: settle(answer, grounds, redactor) })
    // One that disagrees settles it: the rest need not be asked.
    if (heard.some(({ settled }) => settled.answer !== heard[0]?.settled.answer)) break
  }
  const [first] = heard
  if (!first) throw new ModelFailure('invalid')
  const ungrounded = heard.reduce((sum, { settled }) => sum + settled.ungrounded, 0)
  const same = heard.filter(({ settled }) => settled.answer === first.settled.answer)
  const agreement = samples > 1 ? { agreement: `${same.length}/${heard.length}` } : {}
  const about = { model: first.model, ungrounded, ...agreement }
  const missing = [...new Set(heard.flatMap(({ settled }) => settled.missing))]
  if (same.length < samples) return { ...about, answer: 'unsure', missing }
  if (first.settled.answer !== 'issue') {
    return first.settled.answer === 'fine' ? { ...about, answer: 'fine' } : { ...about, answer: 'unsure', missing }
  }
  const issues = first.settled.issues.filter(({ code }) =>
    heard.every(({ settled }) => settled.issues.some((issue) => issue.code === code)),
  )
  return issues.length > 0 ? { ...about, answer: 'issue', issues } : { ...about, answer: 'unsure', missing }
}

type Settled = { answer: 'issue' | 'fine' | 'unsure'; issues: Issue[]; missing: string[]; ungrounded: number }

/** What an answer is worth once its quotes are looked up. */
function settle(answer: Answer, grounds: ReturnType<typeof createGrounds>, redactor: Redactor): Settled {
  const issues: Issue[] = []
  let ungrounded = 0
  for (const { code, severity, statement, suggestion, evidence } of answer.findings) {
    const found = evidence.map(({ field, quote }) => grounds.find(field, quote))
    const quotes = found.filter((place) => place !== null)
    if (quotes.length === 0) {
      ungrounded++
      continue
    }
    const weak = quotes.length < found.length || quotes.some(({ fuzzy, elsewhere }) => fuzzy || elsewhere)
    issues.push({
      code,
      severity: weak ? 'info' : severity,
      statement: clean(redactor.restore(statement)),
      suggestion: clean(redactor.restore(suggestion)),
      quotes: quotes.map(({ field, found: text }) => ({ field, text: redactor.restore(text) })),
      weak,
    })
  }
  const { missing, verdict, confidence, injection_suspected } = answer
  const settled = { issues, missing: missing.map(clean), ungrounded }
  if (verdict === 'issue') return { ...settled, answer: issues.length > 0 ? 'issue' : 'unsure' }
  const isFine = verdict === 'ok' && missing.length === 0 && confidence !== 'low' && !injection_suspected
  return { ...settled, answer: isFine && ungrounded === 0 ? 'fine' : 'unsure' }
}

/** A model's own words on one line, without characters that would command a terminal or stay unseen. */
const clean = (text: string): string =>
  text
    // A placeholder that is none of ours.
    .replace(/⟦[^⟧]*⟧/g, '〔略〕')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim()

async function askOnce(
  prompt: Prompt,
  fields: Fields,
  sample: number,
  { model, redactor, meter, answers, signal, until, onAnswer }: Asking,
): Promise<{ answer: Answer; model: string }> {
  const schema = answerSchema(Object.keys(prompt.codes))
  const temperature = prompt.params.samples > 1 ? TEMPERATURE_OF_MANY : 0
  const { name, host, extra } = model
  const asked = { prompt: prompt.hash, codes: Object.keys(prompt.codes), model: name, host, extra }
  const key = await sha256(
    JSON.stringify({ ...asked, temperature, seed: SEED + sample, fields: Object.entries(fields) }),
  )
  let stored = true
  const ask = async () => {
    stored = false
    const user = await fence(prompt.id, fields)
    if (redactor.leaks(user)) throw new ModelFailure('personal-data')
    const { value, ...how } = await model.ask(
      {
        name: 'check',
        system: prompt.system,
        user,
        schema,
        prepare: tidyAnswer,
        object: contradictionOf,
        maxTokens: prompt.params.maxTokens,
        temperature,
        seed: SEED + sample,
      },
      { meter, signal, ...(until === undefined ? {} : { until }) },
    )
    onAnswer?.({ rung: how.rung, mended: how.mended, stored: false })
    return { answer: value, model: how.model }
  }
  const text = await answers
    .once(key, async () => JSON.stringify(await ask()), signal)
    .catch((error: unknown) => {
      throw signal.aborted && !(error instanceof ModelFailure) ? new ModelFailure('deadline') : error
    })
  const { answer, model: answered } = JSON.parse(text) as { answer: unknown; model: string }
  const parsed = schema.safeParse(answer)
  // Another release may have kept it, in another shape.
  if (!parsed.success) return ask()
  if (stored) onAnswer?.({ stored })
  return { answer: parsed.data, model: answered }
}

/** Parts of a long table: an issue in one is one of the whole, and all must be fine for the whole to be. */
function joinParts(parts: Opinion[]): Opinion {
  const [first] = parts
  if (!first) throw new ModelFailure('invalid')
  const ungrounded = parts.reduce((sum, part) => sum + part.ungrounded, 0)
  const issues = parts.flatMap((part) => (part.answer === 'issue' ? part.issues : []))
  const { rule, prompt, promptHash, model, agreement } = first
  const about = { rule, prompt, promptHash, model, ungrounded, ...(agreement === undefined ? {} : { agreement }) }
  if (issues.length > 0) return { ...about, answer: 'issue', issues }
  const unsure = parts.filter((part) => part.answer === 'unsure')
  if (unsure.length > 0) return { ...about, answer: 'unsure', missing: unsure.flatMap((part) => part.missing) }
  return { ...about, answer: 'fine' }
}
