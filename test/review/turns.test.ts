import { expect, test } from 'vitest'
import { createRunAgain, createTurnsByKey } from '../../src/review/turns.ts'

/** Work that says when it begins and ends when told to. */
function work(name: string, said: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    end: resolve,
    run: async () => {
      said.push(`${name} begins`)
      await promise
      said.push(`${name} ends`)
    },
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

test('work that shares a key waits for what came before, other work does not', async () => {
  const turns = createTurnsByKey(10_000)
  const said: string[] = []
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => work(name, said))
  if (!a || !b || !c || !d) throw new Error('four')
  const all = [
    turns.take(['x', 'y'], a.run),
    turns.take(['y', 'z'], b.run),
    turns.take(['z'], c.run),
    turns.take(['w'], d.run),
  ]
  await settled()
  expect(said).toEqual(['a begins', 'd begins'])
  a.end()
  await settled()
  expect(said.slice(2)).toEqual(['a ends', 'b begins'])
  for (const each of [b, c, d]) each.end()
  await Promise.all(all)
  expect(said.indexOf('c begins')).toBeGreaterThan(said.indexOf('b ends'))
})

test('what fails lets the next one begin, and gives its error', async () => {
  const turns = createTurnsByKey(10_000)
  const failing = turns.take(['x'], async () => {
    throw new Error('lost')
  })
  const next = turns.take(['x'], async () => 'done')
  await expect(failing).rejects.toThrow('lost')
  expect(await next).toBe('done')
})

test('work that never ends is waited for no longer than allowed', async () => {
  const turns = createTurnsByKey(20)
  void turns.take(['x'], () => new Promise(() => {}))
  expect(await turns.take(['x'], async () => 'done')).toBe('done')
})

test('calls while work is being done are one more run of it', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let runs = 0
  const run = createRunAgain(() => gates[runs++]?.promise ?? Promise.reject(new Error('once too often')))
  for (let call = 0; call < 5; call++) run()
  expect(runs).toBe(1)
  gates[0]?.resolve()
  await settled()
  expect(runs).toBe(2)
  gates[1]?.resolve()
  await settled()
  expect(runs).toBe(2)
})

test('what failed is run again when it is called again', async () => {
  let runs = 0
  const run = createRunAgain(async () => {
    runs++
    throw new Error('away')
  })
  run()
  await settled()
  run()
  expect(runs).toBe(2)
})
