import { afterEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/judge/answer.ts'
import { answerSchema, contradictionOf, tidyAnswer } from '../../src/judge/answer.ts'
import { createMeter } from '../../src/judge/endpoint/meter.ts'
import { createModel, type Question } from '../../src/judge/endpoint/model.ts'
import type { CallOutcome } from '../../src/judge/endpoint/outcome.ts'
import { type Clock, createPace, systemClock } from '../../src/judge/endpoint/pace.ts'
import {
  answer,
  asking,
  completionOf,
  issue,
  json,
  type Reply,
  says,
  settingsFor,
  startScriptedServer,
} from './scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>> | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const question: Question<Answer> = {
  name: 'check',
  system: '请检查。',
  user: '材料',
  schema: answerSchema(['RANK_PROMO_WORD']),
  prepare: tidyAnswer,
  object: contradictionOf,
  maxTokens: 400,
  temperature: 0,
  seed: 1,
}

/** Waits without waiting, and remembers for how long it was asked to. */
function quickClock() {
  const waits: number[] = []
  let now = Date.now()
  const clock: Clock = {
    now: () => now,
    async sleep(milliseconds, signal) {
      waits.push(milliseconds)
      now += milliseconds
      signal.throwIfAborted()
    },
  }
  return { clock, waits }
}

async function ask(script: Reply[], more: Parameters<typeof settingsFor>[1] = {}, milliseconds?: number) {
  server = await startScriptedServer(...script)
  const { clock, waits } = quickClock()
  const outcomes: CallOutcome[] = []
  const onCall = (outcome: CallOutcome) => void outcomes.push(outcome)
  const model = createModel(settingsFor(server.baseUrl, more), { clock, onCall })
  const how = asking(milliseconds)
  const result = await model.ask(question, how).then(
    (answered) => ({ answered, reason: null }),
    (error: Error & { reason?: string }) => ({ answered: null, reason: error.reason ?? String(error) }),
  )
  return { ...result, waits, outcomes, requests: server.requests, spent: how.meter.spent }
}

const fine = says(answer())
const hang: Reply = () => {}
const cut: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
  response.write('{"choices":[{"mess')
  setTimeout(() => response.destroy(), 20)
}
const reset: Reply = (response) => response.socket?.destroy()
const page: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end('<html><body>欢迎使用</body></html>')
}
const refuses = (message: string, status = 400, param?: string) => json(status, { error: { message, param } })

describe('the ladder', () => {
  test('asks for a JSON Schema, strictly', async () => {
    const { answered, requests, spent } = await ask([fine])
    expect(answered).toMatchObject({
      value: { verdict: 'ok' },
      model: 'scripted-1',
      rung: 'json_schema',
      mended: false,
    })
    expect(requests[0]?.body).toMatchObject({
      temperature: 0,
      seed: 1,
      max_tokens: 400,
      response_format: { type: 'json_schema', json_schema: { strict: true } },
    })
    expect(spent).toEqual({ llmCalls: 1, inputTokens: 100, outputTokens: 20 })
  })

  test.each([
    ['DeepSeek', refuses('This response_format type is unavailable now')],
    [
      'a validator in Python',
      json(422, { detail: [{ loc: ['body', 'response_format'], msg: 'extra fields not permitted' }] }),
    ],
    ['a grammar that failed', refuses('failed to compile json schema grammar', 500)],
  ])('steps down when %s refuses the schema, and remembers', async (_, refusal) => {
    server = await startScriptedServer(refusal, fine, fine)
    const model = createModel(settingsFor(server.baseUrl))
    expect(await model.ask(question, asking())).toMatchObject({ rung: 'json_object' })
    expect(await model.ask(question, asking())).toMatchObject({ rung: 'json_object' })
    expect(server.requests.map(({ body }) => Reflect.get(body.response_format ?? {}, 'type'))).toEqual([
      'json_schema',
      'json_object',
      'json_object',
    ])
    expect(server.requests[1]?.body.messages[0]?.content).toContain('JSON Schema')
  })

  test('goes down to plain words', async () => {
    const { answered, requests } = await ask([
      refuses('json_schema is not supported'),
      refuses('json_object is not supported'),
      fine,
    ])
    expect(answered).toMatchObject({ rung: 'plain' })
    expect(requests[2]?.body.response_format).toBeUndefined()
  })

  test('renames and drops parameters that are refused', async () => {
    const { answered, requests } = await ask([
      refuses("Unsupported parameter: 'max_tokens' is not supported with this model", 400, 'max_tokens'),
      refuses('temperature does not support 0, only the default', 400),
      fine,
    ])
    expect(answered?.rung).toBe('json_schema')
    expect(requests[2]?.body).toMatchObject({ max_completion_tokens: 400, seed: 1 })
    expect(requests[2]?.body).not.toHaveProperty('temperature')
    expect(requests[2]?.body).not.toHaveProperty('max_tokens')
  })

  /** An endpoint that answers by what each request asks for, as real ones do. */
  async function sideBySide(refusalOf: (body: Record<string, unknown>) => Reply | null) {
    server = await startScriptedServer((response, request) => (refusalOf(request.body) ?? fine)(response, request))
    const model = createModel(settingsFor(server.baseUrl))
    return Promise.all(Array.from({ length: 8 }, () => model.ask(question, asking())))
  }
  const formatOf = (body: Record<string, unknown>) => Reflect.get(body.response_format ?? {}, 'type')

  test('steps down once, however many requests are refused at the same time', async () => {
    const answers = await sideBySide((body) =>
      formatOf(body) === 'json_schema' ? refuses('This response_format type is unavailable now') : null,
    )
    expect(answers.map(({ rung }) => rung)).toEqual(Array(8).fill('json_object'))
  })

  test('gives up several parameters, however many requests are refused at the same time', async () => {
    const answers = await sideBySide((body) => {
      const name = ['max_tokens', 'temperature', 'seed'].find((parameter) => parameter in body)
      return name ? refuses(`Unsupported parameter: '${name}' is not supported with this model`, 400, name) : null
    })
    expect(answers.map(({ rung }) => rung)).toEqual(Array(8).fill('json_schema'))
    expect(server?.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 400 })
  })

  test.each([
    ['a value out of range', refuses('temperature must be in (0, 1]'), 'temperature'],
    ['a parameter in Chinese', refuses('参数 seed 无效'), 'seed'],
  ])('gives up %s', async (_, refusal, parameter) => {
    const { answered, requests } = await ask([refusal, fine])
    expect(answered?.rung).toBe('json_schema')
    expect(requests[1]?.body).not.toHaveProperty(parameter)
  })

  test('is not misled by a validator that repeats the whole request', async () => {
    const echo = json(422, {
      detail: [{ loc: ['body', 'response_format'], msg: 'Extra inputs are not permitted', input: { temperature: 0 } }],
    })
    const { answered, requests } = await ask([echo, fine])
    expect(answered?.rung).toBe('json_object')
    expect(requests[1]?.body).toHaveProperty('temperature')
  })

  test('tells a model not to think where the endpoint wants that', async () => {
    const { answered, requests } = await ask([
      refuses('parameter.enable_thinking must be set to false for non-streaming calls'),
      fine,
    ])
    expect(answered?.rung).toBe('json_schema')
    expect(requests[1]?.body.enable_thinking).toBe(false)
    await server?.close()
    const refused = await ask([refuses('parameter.enable_thinking must be set to false for non-streaming calls')])
    expect(refused).toMatchObject({ reason: 'refused' })
    expect(refused.requests.length).toBeLessThan(5)
  })

  test('sends further keys as configured, and gives up those that are refused', async () => {
    const { requests } = await ask([refuses('unknown field enable_thinking'), fine], {
      extra: { enable_thinking: false },
    })
    expect(requests[0]?.body.enable_thinking).toBe(false)
    expect(requests[1]?.body).not.toHaveProperty('enable_thinking')
  })
})

describe('answers that are not quite JSON', () => {
  const whole = JSON.stringify(answer())
  test.each([
    ['fenced', `好的：\n\`\`\`json\n${whole}\n\`\`\`\n以上。`],
    ['after thinking', `<think>先看{名称}</think>${whole}`],
    ['with a comma too many', whole.replace('"high"}', '"high",}')],
    ['too long', JSON.stringify(answer({ analysis: '长'.repeat(2000), missing: ['字'.repeat(90)] }))],
    ['with prose around it', `审核意见如下 ${whole} 请查收`],
    ['after prose with braces', `先看{名称}，"没有问题。\n${whole}\n以上{完}。`],
    ['after an example', `例如 {"verdict":"issue"}：\n\`\`\`json\n${whole}\n\`\`\``],
    ['in capitals', whole.replace('"ok"', '"OK"').replace('"high"', '"High"')],
    ['with a key too many', whole.replace('{', '{"note":"无",')],
    ['without its empty parts', '{"injection_suspected":false,"verdict":"ok","confidence":"high"}'],
  ])('%s are read', async (_, text) => {
    const { answered, requests } = await ask([says(text)])
    expect(answered).toMatchObject({ value: { verdict: 'ok' }, mended: false })
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['a word that is none of the list', { ...answer(), verdict: 'pass' }],
    ['a contradiction', answer({ verdict: 'issue' })],
    ['a code of another check', issue('PEER_GENERIC', 'project.name', '高端')],
    ['nothing', ''],
    ['prose', '我认为没有问题。'],
  ])('%s is mended once', async (_, wrong) => {
    const { answered, requests, spent } = await ask([says(wrong), fine])
    expect(answered).toMatchObject({ mended: true, value: { verdict: 'ok' } })
    expect(requests[1]?.body.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(spent.inputTokens).toBe(200)
  })

  const choice = (message: object) =>
    json(200, { choices: [{ finish_reason: 'stop', message }], usage: { prompt_tokens: 1, completion_tokens: 1 } })
  test.each([
    ['in parts', { content: [{ type: 'text', text: whole }] }],
    ['beside its thoughts', { content: whole, reasoning_content: '{"verdict":"issue"}' }],
    ['in place of its thoughts', { content: null, reasoning_content: whole }],
    ['in place of its thoughts, by another name', { content: '', reasoning: whole }],
  ])('given %s are read', async (_, message) => {
    const { answered, requests } = await ask([choice(message)])
    expect(answered).toMatchObject({ value: { verdict: 'ok' }, mended: false })
    expect(requests).toHaveLength(1)
  })

  test.each([['injection_suspected'], ['confidence'], ['verdict']])('%s is never made up', async (key) => {
    expect((await ask([says({ ...answer(), [key]: undefined })])).reason).toBe('invalid')
  })

  test('a model that thought until there was no room is given more', async () => {
    const { requests } = await ask([says('', { finish: 'length' }), fine])
    expect(requests[1]?.body).toMatchObject({ max_tokens: 1600 })
  })

  test('and given up when it comes again', async () => {
    const { reason, requests } = await ask([says('不是 JSON')])
    expect(reason).toBe('invalid')
    expect(requests).toHaveLength(2)
  })

  test('what was cut off is asked for again with more room, never completed by us', async () => {
    const cutOff = says(whole.slice(0, 40), { finish: 'length' })
    const { answered, requests } = await ask([cutOff, fine])
    expect(answered?.value.verdict).toBe('ok')
    expect(requests[1]?.body).toMatchObject({ max_tokens: 800 })
    expect(requests[1]?.body.messages).toHaveLength(2)
    await server?.close()
    expect((await ask([cutOff])).reason).toBe('length')
  })
})

describe('faults', () => {
  test.each<[string, Reply, string, number]>([
    ['a refusal', says('', { refusal: '无法协助' }), 'refusal', 1],
    ['a filter', says('', { finish: 'content_filter' }), 'content-filter', 1],
    ["GLM's filter", says('', { finish: 'sensitive' }), 'content-filter', 1],
    ['a wrong key', refuses('invalid api key', 401), 'refused', 1],
    ['an unpaid bill', refuses('insufficient balance', 402), 'refused', 1],
    ['an HTML page', page, 'bad-response', 1],
    ['an error that calls itself 200', json(200, { error: { message: 'overloaded' } }), 'bad-response', 1],
    ['no choices', json(200, { choices: [] }), 'bad-response', 1],
    ['a redirect', json(302, {}, { location: 'http://192.0.2.1/v1' }), 'transport', 1],
    ['a server that stays down', json(503, {}), 'transport', 4],
    ['a connection that is always reset', reset, 'transport', 4],
  ])('%s is no answer', async (_, reply, reason, requests) => {
    const result = await ask([reply])
    expect(result).toMatchObject({ answered: null, reason })
    expect(result.requests).toHaveLength(requests)
  })

  test.each<[string, Reply]>([
    ['429', json(429, {})],
    ['500', json(500, {})],
    ['503', json(503, {})],
    ['a reset connection', reset],
    ['a body that is cut off', cut],
  ])('%s is tried again', async (_, reply) => {
    const { answered, waits, requests } = await ask([reply, fine])
    expect(answered?.value.verdict).toBe('ok')
    expect(requests).toHaveLength(2)
    expect(waits).toEqual([500])
  })

  test('a retry-after of two minutes is obeyed', async () => {
    const { answered, waits } = await ask([json(429, {}, { 'retry-after': '120' }), fine])
    expect(answered?.value.verdict).toBe('ok')
    expect(waits).toEqual([120_000])
  })

  test('a retry-after in milliseconds or as a date is obeyed', async () => {
    const date = new Date(Date.now() + 90_000).toUTCString()
    const { waits } = await ask([
      json(429, {}, { 'retry-after-ms': '70' }),
      json(503, {}, { 'retry-after': date }),
      fine,
    ])
    expect(waits[0]).toBe(70)
    expect(waits[1]).toBeGreaterThan(85_000)
  })

  test('while one request is asked to wait, no other is sent', async () => {
    server = await startScriptedServer(json(429, {}, { 'retry-after': '120' }), fine)
    const { clock, waits } = quickClock()
    const model = createModel(settingsFor(server.baseUrl, { concurrency: 1 }), { clock })
    await Promise.all([model.ask(question, asking()), model.ask(question, asking())])
    expect(server.requests).toHaveLength(3)
    expect(waits).toEqual([120_000])
  })

  test('a wait that would end after the deadline is not begun', async () => {
    server = await startScriptedServer(json(429, {}, { 'retry-after': '300' }))
    const model = createModel(settingsFor(server.baseUrl))
    const begun = performance.now()
    const asked = model.ask(question, { ...asking(), until: Date.now() + 10_000 })
    await expect(asked).rejects.toMatchObject({ reason: 'busy', status: 429 })
    expect(performance.now() - begun).toBeLessThan(9000)
  })

  test('an endpoint that does not count is counted for', async () => {
    const { choices } = completionOf(answer())
    const { spent } = await ask([json(200, { choices })])
    expect(spent.inputTokens).toBeGreaterThan(0)
    expect(spent.outputTokens).toBeGreaterThan(20)
  })

  test('a server that hangs is left at the timeout and asked again, and given up in the end', async () => {
    const { reason, requests } = await ask([hang], { timeoutMs: 150 }, 60_000)
    expect(reason).toBe('transport')
    expect(requests.length).toBeGreaterThan(1)
  })

  test('a server that hangs is left for good at the deadline', async () => {
    const { reason, requests } = await ask([hang], { timeoutMs: 60_000 }, 1000)
    expect(reason).toBe('deadline')
    expect(requests).toHaveLength(1)
  })

  test('the deadline ends a wait that was asked for', async () => {
    server = await startScriptedServer(json(429, {}, { 'retry-after': '100' }))
    const model = createModel(settingsFor(server.baseUrl), { clock: systemClock })
    const begun = performance.now()
    await expect(model.ask(question, asking(200))).rejects.toMatchObject({ reason: 'deadline' })
    expect(performance.now() - begun).toBeLessThan(9000)
  })

  test('a document that has used up its tokens asks nothing more', async () => {
    server = await startScriptedServer(fine)
    const model = createModel(settingsFor(server.baseUrl))
    const meter = createMeter(500)
    const signal = AbortSignal.timeout(5000)
    await model.ask(question, { meter, signal })
    await expect(model.ask(question, { meter, signal })).rejects.toMatchObject({ reason: 'budget' })
    expect(server.requests).toHaveLength(1)
  })

  test.each<[string, Reply[], CallOutcome[]]>([
    ['an answer', [fine], ['answered']],
    ['prose, then an answer', [says('我认为没有问题。'), fine], ['invalid', 'answered']],
    ['an HTML page', [page], ['invalid']],
    ['a refusal by the model', [says('', { refusal: '无法协助' })], ['declined']],
    ['a refusal by its filter', [says('', { finish: 'content_filter' })], ['declined']],
    ['a wrong key', [refuses('invalid api key', 401)], ['refused']],
    ['a schema that is refused', [refuses('json_schema is not supported'), fine], ['refused', 'answered']],
    ['an endpoint that is busy', [json(429, {}), fine], ['busy', 'answered']],
    ['an endpoint that broke', [json(500, {}), fine], ['failed', 'answered']],
    ['a connection that is reset', [reset, fine], ['unreachable', 'answered']],
    ['a body that is cut off', [cut, fine], ['unreachable', 'answered']],
  ])('%s is counted as what it is', async (_, script, outcomes) => {
    expect((await ask(script)).outcomes).toEqual(outcomes)
  })

  test('what takes too long is counted as that, or as stopped by us', async () => {
    expect((await ask([hang, fine], { timeoutMs: 150 }, 60_000)).outcomes).toEqual(['timeout', 'answered'])
    await server?.close()
    expect((await ask([hang], { timeoutMs: 60_000 }, 500)).outcomes).toEqual(['stopped'])
  })

  test('what was never sent is not counted', async () => {
    server = await startScriptedServer(fine)
    const outcomes: CallOutcome[] = []
    const model = createModel(settingsFor(server.baseUrl), { onCall: (outcome) => void outcomes.push(outcome) })
    await model.ask(question, { ...asking(), meter: createMeter(10) }).catch(() => {})
    expect(outcomes).toEqual([])
  })

  test('errors hold nothing of what was sent or answered', async () => {
    server = await startScriptedServer(refuses('bad words: 林若溪', 400))
    const model = createModel(settingsFor(server.baseUrl))
    const error = await model.ask(question, asking()).catch((caught: Error) => caught)
    expect(String((error as Error).stack)).not.toContain('林若溪')
  })
})

describe('the pace', () => {
  test('keeps to so many requests at a time', async () => {
    const pace = createPace(2, 1000)
    let [now, most] = [0, 0]
    const work = async () => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 5))
      now--
    }
    await Promise.all(Array.from({ length: 9 }, () => pace.take(work, new AbortController().signal)))
    expect(most).toBe(2)
  })

  test('whoever gives up waiting leaves at once, and holds nobody up', async () => {
    const pace = createPace(1, 1000)
    let end = () => {}
    const first = pace.take(() => new Promise<void>((resolve) => (end = resolve)), AbortSignal.timeout(5000))
    const begun = performance.now()
    await expect(pace.take(async () => {}, AbortSignal.timeout(30))).rejects.toBeDefined()
    expect(performance.now() - begun).toBeLessThan(9000)
    const third = pace.take(async () => 'done', AbortSignal.timeout(5000))
    end()
    await first
    expect(await third).toBe('done')
  })

  test('and to so many a minute', async () => {
    let now = 0
    const clock: Clock = {
      now: () => now,
      async sleep(milliseconds) {
        now += milliseconds
      },
    }
    const pace = createPace(1, 3, clock)
    const begun: number[] = []
    for (let each = 0; each < 7; each++) await pace.take(async () => void begun.push(now), new AbortController().signal)
    expect(begun).toEqual([0, 0, 0, 60_000, 60_000, 60_000, 120_000])
  })
})
