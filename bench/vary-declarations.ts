import type { Declaration } from '../src/declaration/schema.ts'

type Random = () => number

/** Mulberry32: the same declarations in every run. */
function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const pick = <T>(random: Random, values: T[]): T | undefined => values[Math.floor(random() * values.length)]

/** What the samples say at one place, to be said by another. */
type Pools = { names: string[]; units: string[]; titles: string[]; topics: string[]; texts: string[] }

function poolsOf(samples: Declaration[]): Pools {
  const told = (values: (string | null | undefined)[]) => [...new Set(values.flatMap((value) => value || []))]
  const teachers = samples.flatMap((sample) => sample.teachers ?? [])
  return {
    names: told(samples.map(({ project }) => project?.name)),
    units: told([...samples.map(({ unit }) => unit?.name), ...teachers.map(({ unit }) => unit)]),
    titles: told(teachers.map(({ title }) => title)),
    topics: told(teachers.map(({ topic }) => topic)),
    texts: told(samples.flatMap(({ project, leader, overview }) => [project?.content, leader?.achievements, overview])),
  }
}

/**
 * Records like those of a declaration system, made from the samples': `vary(index)` is always the same one. Names of projects and units
 * get an ending of their own, numbers, dates, titles, topics and long texts change, some values are blank. What the peers' rules ask for
 * is never absent: a record has every field.
 */
export function createVariations(samples: Declaration[]): (index: number) => Declaration {
  const pools = poolsOf(samples)
  return function vary(index) {
    const random = seeded(index)
    const declaration = structuredClone(samples[index % samples.length] ?? {})
    const often = (share: number) => random() < share
    const project = { ...declaration.project }
    const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
    project.name = often(0.03) ? null : `${pick(random, pools.names)}（第${index % 997}期）`
    project.enrollment = often(0.03) ? null : whole(20, 400)
    project.hours = often(0.03) ? null : whole(1, 40) / 2
    project.practiceHours = often(0.5) ? 0 : whole(0, 8) / 2
    project.theoryHours = often(0.1) ? whole(1, 20) : Math.max((project.hours ?? 6) - project.practiceHours, 0)
    project.credits = often(0.03) ? null : whole(1, 12)
    project.fee = often(0.03) ? null : whole(0, 20) * 100
    project.delivery = often(0.03) ? null : (pick(random, ['in-person', 'remote', 'hybrid'] as const) ?? null)
    project.kind = often(0.8) ? 'new' : 'filing'
    project.sessions = Array.from({ length: whole(1, 8) }, (_, session) => {
      const month = String((session % 9) + 3).padStart(2, '0')
      return {
        start: `2025-${month}-10`,
        end: `2025-${month}-11`,
        place: `${pick(random, pools.units)}第${index}报告厅`,
      }
    })
    project.content = `${pick(random, pools.texts)}${index}。`
    const unit = { ...declaration.unit, name: often(0.03) ? null : `${pick(random, pools.units)}` }
    unit.kind = pick(random, ['medical', 'teaching', 'research', 'society', 'other'] as const) ?? null
    const leader = { ...declaration.leader, title: often(0.03) ? null : (pick(random, pools.titles) ?? null) }
    leader.employed = often(0.03) ? null : often(0.9)
    leader.achievements = `${pick(random, pools.texts)}${index}。`
    const teachers = (declaration.teachers ?? []).map((teacher, row) => ({
      ...teacher,
      title: often(0.02) ? null : (pick(random, pools.titles) ?? null),
      unit: often(0.6) ? unit.name : `${pick(random, pools.units)}`,
      topic: `${pick(random, pools.topics)}（${index}-${row}）`,
      hours: whole(1, 8) / 2,
    }))
    const cover = { ...declaration.cover, date: `2024-${whole(10, 12)}-${whole(10, 30)}` }
    return { ...declaration, project, unit, leader, teachers, cover }
  }
}
