import { z } from 'zod'
import { labelOf } from '../../declaration/label-of.ts'
import type { Readings } from '../../declaration/schema.ts'
import type { RuleFinding } from '../../rules/finding.ts'
import { ModelFailure } from '../endpoint/failure.ts'
import type { Meter } from '../endpoint/meter.ts'
import type { Model } from '../endpoint/model.ts'
import { isPersonalPath } from '../fields.ts'
import { createGrounds } from '../grounding/ground.ts'
import { normalise } from '../grounding/normalise.ts'
import type { Redactor } from '../privacy/redact.ts'
import { fence } from '../prompts/fence.ts'
import type { Prompt } from '../prompts/prompt.ts'

/** The words that a person sees on a page. `scanned`: read by OCR. */
export type PageWords = { document: number; page: number; text: string; scanned: boolean }

/** A value that a model found in the words of a page, for a person to confirm: no rule sees it. `quote` stands there word for word. */
export type Proposal = {
  path: string
  value: string
  quote: string
  document: number
  page: number
  model: string
  prompt: string
}

const MOST_WANTED = 12
const LONGEST_PAGE = 6000
const SEED = 20250118

/**
 * What rules missed: paths whose label was not found or whose value could not be read. Rows of tables, people and what is known to be
 * blank are left alone.
 */
export function wantedPaths(found: RuleFinding[], readings: Readings): string[] {
  const open = found.filter(
    ({ status, cause }) => status === 'unknown' && (cause === 'missing' || cause === 'unreadable'),
  )
  const paths = new Set(open.flatMap(({ fields }) => fields))
  return [...paths]
    .filter((path) => /^(?:project|unit|leader)\.[a-zA-Z]+$/.test(path) && !isPersonalPath(path))
    .filter((path) => readings[path] === undefined || readings[path].value === undefined)
    .slice(0, MOST_WANTED)
}

type Asking = { model: Model; redactor: Redactor; meter: Meter; signal: AbortSignal }

/** Asks for values of `wanted` in the words of `pages`; what does not stand there is dropped. Throws `ModelFailure`. */
export async function proposeValues(
  prompt: Prompt,
  wanted: string[],
  pages: PageWords[],
  { model, redactor, meter, signal }: Asking,
): Promise<Proposal[]> {
  const [first, ...others] = wanted
  if (first === undefined || pages.length === 0) return []
  const texts = Object.fromEntries(
    pages.map(({ text }, index) => [`pages[${index}]`, redactor.redact(text.slice(0, LONGEST_PAGE))]),
  )
  const labels = Object.fromEntries(wanted.map((path) => [`wanted.${path}`, labelOf(path)]))
  const user = await fence(prompt.id, { ...labels, ...texts })
  if (redactor.leaks(user)) throw new ModelFailure('personal-data')
  const Value = z.strictObject({
    path: z.enum([first, ...others]),
    value: z.string().min(1).max(200),
    quote: z.string().min(1).max(300),
  })
  const { value, ...answered } = await model.ask(
    {
      name: 'values',
      system: prompt.system,
      user,
      schema: z.strictObject({ values: z.array(Value).max(MOST_WANTED) }),
      maxTokens: prompt.params.maxTokens,
      temperature: 0,
      seed: SEED,
    },
    { meter, signal },
  )
  const scanned = (field: string) => pages[Number(/\d+/.exec(field)?.[0])]?.scanned ?? false
  const grounds = createGrounds(texts, scanned)
  const kept = new Map<string, Proposal>()
  for (const one of value.values) {
    const place = grounds.find('', one.quote)
    const page = place && pages[Number(/\d+/.exec(place.field)?.[0])]
    // The value must be part of what was found, not only of what the model says it quotes.
    if (!page || !normalise(place.found).text.includes(normalise(one.value).text) || kept.has(one.path)) continue
    kept.set(one.path, {
      path: one.path,
      value: redactor.restore(one.value.trim()),
      quote: redactor.restore(place.found),
      document: page.document,
      page: page.page,
      model: answered.model,
      prompt: `${prompt.id}@${prompt.version}`,
    })
  }
  return [...kept.values()]
}
