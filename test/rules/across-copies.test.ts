import { describe, expect, test } from 'vitest'
import type { Full } from '../../samples/generate/case.ts'
import type { Declaration } from '../../src/declaration/schema.ts'
import { compareProjects, isCopy } from '../../src/rules/across/copies.ts'
import { ownWords } from '../../src/rules/across/sections.ts'
import { tracesOf } from '../../src/rules/across/traces.ts'
import { disguised, edited, nextOfDepartment, ofAnotherLeader, projects, renamed } from './made-pairs.ts'

/** Keys of texts and lectures alone: leader, unit and name of a copy may all be others. */
const contentTraces = (declaration: Declaration) =>
  new Set(tracesOf(declaration).filter((trace) => /^(text|topics):/.test(trace)))

const share = (one: Declaration, other: Declaration) =>
  [...contentTraces(one)].some((trace) => contentTraces(other).has(trace))

describe.each<[string, (original: Full) => Declaration]>([
  ['renamed', renamed],
  ['of another leader and unit', ofAnotherLeader],
  ['a fifth of it rewritten', edited],
  ['renamed, rewritten and of another leader', disguised],
])('a copy %s', (_kind, copyOf) => {
  test.each(projects.map((project) => [project.project.name ?? '', project]))('of %s is found', (_name, project) => {
    const copy = copyOf(project)
    expect(isCopy(compareProjects(project, copy)), JSON.stringify(compareProjects(project, copy))).toBe(true)
    expect(share(project, copy)).toBe(true)
  })
})

const pairs = projects.flatMap((one, at) => projects.slice(at + 1).map((other) => [one, other] as const))
const nameOf = ({ project }: Full) => project.name

test('projects of different subjects are none, though their texts are of one mould', () => {
  const taken = pairs.filter(([one, other]) => isCopy(compareProjects(one, other)))
  expect(taken.map((pair) => pair.map(nameOf))).toEqual([])
  expect(pairs.some(([one, other]) => (compareProjects(one, other).text ?? 0) > 0.8)).toBe(true)
})

test('the next project of a department is none, with all its texts and one lecture taken over', () => {
  const taken = pairs.filter(([one, other]) => isCopy(compareProjects(one, nextOfDepartment(one, other))))
  expect(taken.map((pair) => pair.map(nameOf))).toEqual([])
})

test('the form’s own words are no text of the project', () => {
  expect(ownWords('一、项目目标：\n（1）掌握早期胃癌的识别。\n不少于300字\n（二）项目内容\n讲解活检。')).toBe(
    '掌握早期胃癌的识别讲解活检',
  )
})

test('a form without lectures is a copy only where its text is', () => {
  const [project] = projects
  const untold = { project: { ...project?.project }, unit: project?.unit, leader: project?.leader }
  expect(isCopy(compareProjects(untold, structuredClone(untold)))).toBe(true)
  const next = { ...untold, project: { ...untold.project, content: projects[3]?.project.content, objective: null } }
  expect(isCopy(compareProjects(untold, next))).toBe(false)
})
