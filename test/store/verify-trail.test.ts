import { describe, expect, test } from 'vitest'
import { chain, type Head, NO_LINES, type SealedLine, type StoredLine } from '../../src/store/audit-chain.ts'
import { isSound, verifyTrail } from '../../src/store/verify-trail.ts'

const line = (seq: number, more: Partial<StoredLine> = {}): StoredLine => ({
  seq,
  at: '2024-11-20T08:00:00.000Z',
  tenant: 'default',
  actor: 'local',
  action: 'accepted',
  subject: `rev_${seq}`,
  detail: '{"status":"queued"}',
  ...more,
})

/** A trail of so many lines in memory, as the store gives it out. */
async function trailOf(count: number) {
  const lines = Array.from({ length: count }, (_, index) => line(index + 1))
  const rows: SealedLine[] = (await chain(NO_LINES, lines)).map((seal, index) => ({
    ...seal,
    line: lines[index] ?? null,
  }))
  return trailFrom(rows, count)
}

function trailFrom(rows: SealedLine[], written: number) {
  return {
    rows,
    sealed: async (after: number, most: number) => rows.filter(({ position }) => position > after).slice(0, most),
    count: async () => ({ lines: rows.filter((row) => row.line).length, unsealed: 0, written }),
  }
}

const headAt = (rows: SealedLine[], position: number): Head => ({ position, hash: rows[position - 1]?.hash ?? '' })

describe('the chain over the audit trail', () => {
  test('can be worked out by hand', async () => {
    const [seal] = await chain(NO_LINES, [line(1)])
    const text = `${'0'.repeat(64)}\n[1,"2024-11-20T08:00:00.000Z","default","local","accepted","rev_1","{\\"status\\":\\"queued\\"}"]`
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    expect(seal).toEqual({ position: 1, seq: 1, hash: Buffer.from(digest).toString('hex') })
  })

  test('is the same whether lines are sealed one by one or together', async () => {
    const together = await chain(NO_LINES, [line(1), line(2)])
    const [first] = await chain(NO_LINES, [line(1)])
    const apart = await chain(
      headAt(
        together.map((seal) => ({ ...seal, line: null })),
        1,
      ),
      [line(2)],
    )
    expect([first, ...apart]).toEqual(together)
  })
})

describe('verifying', () => {
  test('an untouched trail holds, over more lines than fit in one page', async () => {
    const trail = await trailOf(2500)
    const found = await verifyTrail(trail)
    expect(found).toEqual({ head: headAt(trail.rows, 2500), unsealed: 0, lost: 0 })
    expect(isSound(found)).toBe(true)
  })

  test.each<[keyof StoredLine, Partial<StoredLine>]>([
    ['at', { at: '2024-11-21T08:00:00.000Z' }],
    ['tenant', { tenant: 'other' }],
    ['actor', { actor: 'xs_Abcdefghij12' }],
    ['action', { action: 'deleted' }],
    ['subject', { subject: 'rev_9' }],
    ['detail', { detail: '{"status":"done"}' }],
  ])('a line whose %s was changed is found', async (_, change) => {
    const { rows } = await trailOf(5)
    const changed = rows.map((row) => (row.seq === 3 ? { ...row, line: line(3, change) } : row))
    const found = await verifyTrail(trailFrom(changed, 5))
    expect(found.broken).toEqual({ position: 3, seq: 3, why: 'line-changed' })
    expect(found.head).toEqual(headAt(rows, 2))
    expect(isSound(found)).toBe(false)
  })

  test('a line that was taken out is found, and so is one with its seal', async () => {
    const { rows } = await trailOf(5)
    const emptied = rows.map((row) => (row.seq === 2 ? { ...row, line: null } : row))
    expect((await verifyTrail(trailFrom(emptied, 5))).broken).toEqual({ position: 2, seq: 2, why: 'line-missing' })
    const cut = rows.filter(({ seq }) => seq !== 2)
    expect((await verifyTrail(trailFrom(cut, 5))).broken).toEqual({ position: 2, why: 'seal-missing' })
  })

  test('an end that was cut off is found by what was written down elsewhere, and by the count', async () => {
    const { rows } = await trailOf(5)
    const cut = rows.slice(0, 3)
    const found = await verifyTrail(trailFrom(cut, 5), headAt(rows, 5))
    expect(found).toMatchObject({ expected: 'cut-off', lost: 2, head: headAt(rows, 3) })
    expect(isSound(found)).toBe(false)
    expect(isSound(await verifyTrail(trailFrom(cut, 3), headAt(rows, 3)))).toBe(true)
    expect(isSound(await verifyTrail(trailFrom(cut, 3), headAt(rows, 4)))).toBe(false)
  })

  test('a chain written anew from some line on is found by what was written down elsewhere only', async () => {
    const { rows } = await trailOf(5)
    const lines = [1, 2, 3, 4, 5].map((seq) => line(seq, seq === 4 ? { actor: 'someone' } : {}))
    const anew = (await chain(NO_LINES, lines)).map((seal, at) => ({ ...seal, line: lines[at] ?? null }))
    expect(isSound(await verifyTrail(trailFrom(anew, 5)))).toBe(true)
    expect((await verifyTrail(trailFrom(anew, 5), headAt(rows, 5))).expected).toBe('rewritten')
    expect((await verifyTrail(trailFrom(anew, 5), headAt(rows, 3))).expected).toBe('held')
  })
})
