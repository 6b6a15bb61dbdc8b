import type { Declaration } from '../../declaration/schema.ts'
import { isAsLike, type Wording } from '../domain/likeness.ts'
import { rememberOf } from '../remember.ts'
import { overlap } from './minhash.ts'
import { textOf, topicsOf } from './sections.ts'

/**
 * How much two projects have in common, as shares (0–1); `null` where one of them does not tell enough. Texts are compared only where
 * somebody asks: lectures alone decide most pairs.
 */
export type Likeness = {
  readonly text: number | null
  readonly topics: number | null
  /** Whether the texts have at least this share in common; their lengths tell most of them apart. */
  isTextAsLike(bound: number): boolean
}

/** A shorter text says too little: grams of three characters. */
const ENOUGH_GRAMS = 40
const ENOUGH_TOPICS = 3
/** Two topics are one lecture, worded a little differently. */
const SAME_TOPIC = 0.7

export const compareProjects = (one: Declaration, other: Declaration): Likeness => likenessTo(one)(other)

/** Several rules ask it of the same pair. */
const likenessTo = rememberOf((one: Declaration) => rememberOf((other: Declaration) => new Compared(one, other)))

class Compared implements Likeness {
  readonly topics: number | null
  readonly #pair: [Declaration, Declaration]
  #text: number | null | undefined

  constructor(one: Declaration, other: Declaration) {
    this.#pair = [one, other]
    this.topics = sharedTopics(topicsOf(one), topicsOf(other))
  }

  get text(): number | null {
    if (this.#text === undefined) this.#text = sharedText(...this.#pair)
    return this.#text
  }

  isTextAsLike(bound: number): boolean {
    const [left = 0, right = 0] = this.#pair.map((each) => textOf(each).size)
    return Math.min(left, right) >= bound * Math.max(left, right) && (this.text ?? 0) >= bound
  }
}

function sharedText(one: Declaration, other: Declaration): number | null {
  const [left, right] = [textOf(one), textOf(other)]
  return Math.min(left.size, right.size) >= ENOUGH_GRAMS ? overlap(left, right) : null
}

function sharedTopics(one: Wording[], other: Wording[]): number | null {
  if (Math.min(one.length, other.length) < ENOUGH_TOPICS) return null
  let rest = other
  for (const topic of one) {
    const twin = rest.find((each) => isAsLike(topic, each, SAME_TOPIC))
    if (twin !== undefined) rest = rest.filter((each) => each !== twin)
  }
  return (other.length - rest.length) / Math.max(one.length, other.length)
}

/** Bounds measured on made pairs (test/rules/across-copies.test.ts). */
const COPY = { topics: 0.6, textBeside: 0.4, topicsAlone: 0.7, textAlone: 0.95 }

/**
 * Nearly the same project. Departments write the texts of all their projects alike (0.84 of the grams in common), while their
 * lectures differ: text counts only beside lectures, and alone only where next to nothing else stands in it.
 */
export function isCopy(likeness: Likeness): boolean {
  const { topics } = likeness
  if (topics === null) return likeness.isTextAsLike(COPY.textAlone)
  return topics >= COPY.topicsAlone || (topics >= COPY.topics && likeness.isTextAsLike(COPY.textBeside))
}

/** Whether the two tell enough to say that they are different. */
export const isComparable = ({ text, topics }: Likeness): boolean => text !== null || topics !== null
