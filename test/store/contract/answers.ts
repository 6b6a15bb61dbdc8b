import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answers } from '../../../src/store/answers.ts'
import { AT, LEASE } from './made.ts'

export type OpenAnswers = () => Promise<{ answers: Answers; close(): Promise<void> }>

/** Who asks a model what. */
export function describeAsking(open: OpenAnswers): void {
  describe('questions to a model', () => {
    let close: () => Promise<void>
    let answers: Answers
    beforeEach(async () => {
      ;({ answers, close } = await open())
    })
    afterEach(() => close())

    const by = (owner: string, { key = 'key', tenant = 'default' } = {}) => ({ tenant, key, owner })
    const put = (answer: string) => answers.put('default', 'key', { reviewId: 'rev_0001', at: AT, answer })

    test('are asked by one at a time, whose answer the others get', async () => {
      expect(await answers.claim(by('a'), LEASE)).toBe('claimed')
      expect(await answers.claim(by('b'), LEASE)).toBe('taken')
      // Its reply may have been lost.
      expect(await answers.claim(by('a'), LEASE)).toBe('claimed')
      expect(await put('first')).toBe('first')
      expect(await answers.claim(by('b'), LEASE)).toEqual({ answer: 'first' })
      expect(await answers.get('default', 'key')).toBe('first')
    })

    test('are asked by one of many that come at once', async () => {
      const names = Array.from({ length: 12 }, (_, number) => `caller-${number}`)
      const outcomes = await Promise.all(names.map((owner) => answers.claim(by(owner), LEASE)))
      expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(11)
    })

    test('do not wait for another question or another tenant’s', async () => {
      await answers.claim(by('a'), LEASE)
      expect(await answers.claim(by('b', { key: 'other' }), LEASE)).toBe('claimed')
      expect(await answers.claim(by('b', { tenant: 'south' }), LEASE)).toBe('claimed')
    })

    test('are free again when no answer came, but for their holder alone to give up', async () => {
      await answers.claim(by('a'), LEASE)
      await answers.free(by('b'))
      expect(await answers.claim(by('b'), LEASE)).toBe('taken')
      await answers.free(by('a'))
      expect(await answers.claim(by('b'), LEASE)).toBe('claimed')
    })

    test('are free again when their holder has not been heard of', async () => {
      await answers.claim(by('gone'), 0)
      expect(await answers.claim(by('a'), 0)).toBe('claimed')
      await answers.renew(by('a'), LEASE)
      expect(await answers.claim(by('b'), LEASE)).toBe('taken')
      // What was lost is not prolonged.
      await answers.renew(by('gone'), 0)
      expect(await answers.claim(by('b'), LEASE)).toBe('taken')
    })

    test('are all free where nobody else can be asking', async () => {
      await answers.claim(by('a'), LEASE)
      await answers.freeAll()
      expect(await answers.claim(by('b'), LEASE)).toBe('claimed')
    })

    test('an answer that comes late is kept, and the first stays', async () => {
      await answers.claim(by('late'), 0)
      await answers.claim(by('a'), LEASE)
      expect(await put('from the late one')).toBe('from the late one')
      expect(await put('second')).toBe('from the late one')
      expect(await answers.claim(by('b'), LEASE)).toEqual({ answer: 'from the late one' })
    })
  })
}
