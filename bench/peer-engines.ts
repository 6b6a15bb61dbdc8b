import { ZenEngine } from '@gorules/zen-engine'
import { type Almanac, Engine } from 'json-rules-engine'
import type { Declaration } from '../src/declaration/schema.ts'
import { evaluatePack } from '../src/rules/engine/evaluate.ts'
import { openPacks } from '../src/rules/engine/load.ts'
import { PEER_RULES, type PeerRule } from './peer-rules.ts'

/** Names of the rules that a declaration certainly breaks, in the order of `PEER_RULES`. Compiled once, asked many times. */
export type RuleEngine = { name: string; judge(declaration: Declaration): Promise<string[]> }

export const createEngines = (): [ours: RuleEngine, ...peers: RuleEngine[]] => [
  createOurs(),
  createJsonRules(),
  createZen(),
]

const checkFile = ({ name, needs, blank, test }: PeerRule) => `rule: ${name}
title: { zh-CN: ${name}, en: ${name} }
needs: ${JSON.stringify(needs)}
${blank ? `blank: ${blank}\n` : ''}test: ${JSON.stringify(test)}
message:
  zh-CN: { pass: 符合, fail: "{{${needs[0]}}}不符合" }
  en: { pass: holds, fail: broken }
`

const PACK = `id: peers
version: 1.0.0
title: { zh-CN: 比较, en: Comparison }
notice: { number: 某〔2025〕1号, title: 某通知, issuer: 某委 }
validity: { from: "2025-01-01" }
rules: [${PEER_RULES.map(({ name }) => `{ rule: ${name}, clause: C-1 }`).join(', ')}]
`

const LEDGER = `clauses:
  - { id: C-1, clause: 填写须符合要求, checkedBy: [${PEER_RULES.map(({ name }) => name).join(', ')}] }
`

function createOurs(): RuleEngine {
  const files = PEER_RULES.map((rule) => [`rules/checks/${rule.name}.yaml`, checkFile(rule)] as const)
  const pack = openPacks(
    new Map([...files, ['rules/packs/peers/pack.yaml', PACK], ['rules/packs/peers/ledger.yaml', LEDGER]]),
  ).packs.get('peers')
  if (!pack) throw new Error('the pack of the comparison is missing')
  const compiled = { ...pack }
  return {
    name: 'xingshen',
    judge: async (declaration) =>
      evaluatePack(compiled, { declaration }).flatMap(({ rule, status }) => (status === 'fail' ? [rule] : [])),
  }
}

function createJsonRules(): RuleEngine {
  const rules = PEER_RULES.map(({ name, broken }) => ({
    name,
    conditions: 'all' in broken || 'any' in broken ? broken : { all: [broken] },
    event: { type: name },
  }))
  const engine = new Engine(rules, { allowUndefinedFacts: true })
  engine.addOperator('textBefore', (value: unknown, bound: string) => typeof value === 'string' && value < bound)
  engine.addOperator('textAfter', (value: unknown, bound: string) => typeof value === 'string' && value > bound)
  engine.addFact('partsDiffer', async (_: unknown, almanac: Almanac) => {
    const { hours, theoryHours, practiceHours } =
      await almanac.factValue<NonNullable<Declaration['project']>>('project')
    return typeof hours === 'number' && (theoryHours ?? 0) + (practiceHours ?? 0) !== hours
  })
  engine.addFact('untitled', async (_: unknown, almanac: Almanac) => {
    const teachers = await almanac.factValue<NonNullable<Declaration['teachers']>>('teachers')
    return teachers.filter(({ title }) => title === null).length
  })
  return {
    name: 'json-rules-engine',
    async judge(declaration) {
      const { events } = await engine.run(declaration)
      return inOrder(new Set(events.map(({ type }) => type)))
    },
  }
}

function createZen(): RuleEngine {
  const expressions = PEER_RULES.map(({ name, zen }) => ({ id: name, key: name, value: zen }))
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode' },
      { id: 'rules', name: 'rules', type: 'expressionNode', content: { expressions } },
      { id: 'out', name: 'out', type: 'outputNode' },
    ],
    edges: [
      { id: 'first', sourceId: 'in', targetId: 'rules', type: 'edge' },
      { id: 'second', sourceId: 'rules', targetId: 'out', type: 'edge' },
    ],
  })
  return {
    name: '@gorules/zen-engine',
    async judge(declaration) {
      const { result } = await decision.evaluate(declaration)
      return inOrder(new Set(Object.keys(result).filter((name) => result[name] === true)))
    },
  }
}

const inOrder = (broken: Set<string>): string[] => PEER_RULES.flatMap(({ name }) => (broken.has(name) ? [name] : []))
