import { chain, type Head, NO_LINES, type SealedLine } from './audit-chain.ts'

/** What reading the trail needs; a part of `Audit`. */
export type Trail = {
  /** The chain after a position, oldest first. */
  sealed(after: number, most: number): Promise<SealedLine[]>
  /** Lines without a seal, and how many lines were ever written, where the engine counts them without gaps. */
  count(): Promise<{ lines: number; unsealed: number; written: number | null }>
}

/** The first place where the chain breaks: a seal or line that is gone, or a line that is not what was sealed. */
export type Break = { position: number; seq?: number; why: 'seal-missing' | 'line-missing' | 'line-changed' }

export type Verification = {
  /** The end of the chain as far as it holds: kept elsewhere, it shows later whether anything up to it was touched. */
  head: Head
  broken?: Break
  /** Of a head kept elsewhere: the trail holds it, has been cut off before it, was written anew, or breaks before it. */
  expected?: 'held' | 'cut-off' | 'rewritten' | 'not-reached'
  /** Written after the last sealing, normally none or a few. */
  unsealed: number
  /** Lines that were written and are not there any more, sealed or not; null where the engine cannot tell. */
  lost: number | null
}

const PAGE = 1000

/**
 * Works the whole chain out again. A trail whose end was cut off together with its seals is whole in itself: only a head kept
 * elsewhere (`expected`) shows that, and on SQLite the count of lines ever written.
 */
export async function verifyTrail(trail: Trail, expected?: Head): Promise<Verification> {
  let head = NO_LINES
  let held: Verification['expected']
  let broken: Break | undefined
  for (let page = await trail.sealed(0, PAGE); page.length > 0; page = await trail.sealed(head.position, PAGE)) {
    for (const sealed of page) {
      broken = await findBreak(head, sealed)
      if (broken) break
      head = { position: sealed.position, hash: sealed.hash }
      if (head.position === expected?.position) held = head.hash === expected.hash ? 'held' : 'rewritten'
    }
    if (broken) break
  }
  const { lines, unsealed, written } = await trail.count()
  return {
    head,
    ...(broken ? { broken } : {}),
    ...(expected ? { expected: held ?? (broken ? 'not-reached' : 'cut-off') } : {}),
    unsealed,
    lost: written === null ? null : written - lines,
  }
}

async function findBreak(head: Head, { position, seq, hash, line }: SealedLine): Promise<Break | undefined> {
  if (position !== head.position + 1) return { position: head.position + 1, why: 'seal-missing' }
  if (!line) return { position, seq, why: 'line-missing' }
  const [right] = await chain(head, [line])
  return right?.hash === hash ? undefined : { position, seq, why: 'line-changed' }
}

export const isSound = ({ broken, expected, lost }: Verification): boolean =>
  !broken && (expected === undefined || expected === 'held') && (lost ?? 0) === 0
