import type { Declaration } from '../../declaration/schema.ts'
import { likeness } from '../domain/likeness.ts'
import { overlap } from './minhash.ts'
import { sectionsOf } from './sections.ts'

/** How much two projects have in common, as shares (0–1); `null` where one of them does not tell enough. */
export type Likeness = { text: number | null; topics: number | null }

/** A shorter text says too little: grams of three characters. */
const ENOUGH_GRAMS = 40
const ENOUGH_TOPICS = 3
/** Two topics are one lecture, worded a little differently. */
const SAME_TOPIC = 0.7

export function compareProjects(one: Declaration, other: Declaration): Likeness {
  const [left, right] = [sectionsOf(one), sectionsOf(other)]
  const isTold = Math.min(left.text.size, right.text.size) >= ENOUGH_GRAMS
  return { text: isTold ? overlap(left.text, right.text) : null, topics: sharedTopics(left.topics, right.topics) }
}

function sharedTopics(one: string[], other: string[]): number | null {
  if (Math.min(one.length, other.length) < ENOUGH_TOPICS) return null
  let rest = other
  for (const topic of one) {
    const twin = rest.find((each) => likeness(topic, each) >= SAME_TOPIC)
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
export function isCopy({ text, topics }: Likeness): boolean {
  if (topics === null) return text !== null && text >= COPY.textAlone
  return topics >= COPY.topicsAlone || (topics >= COPY.topics && text !== null && text >= COPY.textBeside)
}

/** Whether the two tell enough to say that they are different. */
export const isComparable = ({ text, topics }: Likeness): boolean => text !== null || topics !== null
