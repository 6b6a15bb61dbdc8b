import { readDiscipline } from '../../domain/discipline.ts'
import { findWords } from '../../domain/find-words.ts'
import { isPractical } from '../../domain/skill.ts'
import { compareUnits } from '../../domain/unit-name.ts'
import { findInfectiousWords } from '../../domain/words.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { type Exact, percent } from '../exact.ts'
import { type Form, NoValue, SURE } from '../form.ts'
import type { CelFunction } from '../function.ts'

/** Codes of the discipline's two levels (`03`, `03-08`) as the list of disciplines has them; none for one that is not on it. */
function disciplineCodes(form: Form): string[] {
  const { project } = form.declaration
  const { heading, child } = readDiscipline(project?.discipline, project?.subdiscipline, project?.disciplineCode)
  const codes = [heading?.code, child?.code].filter((code) => code !== undefined)
  if (codes.length > 0) return codes
  const state = form.state('project.discipline')
  if (state !== 'value') throw new NoValue('project.discipline', state)
  if (form.confidence('project.discipline') < SURE) throw new NoValue('project.discipline', 'unreadable')
  return codes
}

const topicsOf = (form: Form): string[] => (form.declaration.teachers ?? []).flatMap(({ topic }) => topic || [])

/** A name or two lectures on infectious disease, while the box stays empty (BJ-63). */
function infectiousContent(form: Form): Outcome {
  const name = form.declaration.project?.name ?? ''
  const inName = findInfectiousWords(name)
  const topics = topicsOf(form).filter((topic) => findInfectiousWords(topic).length > 0)
  const words = [...new Set([...inName, ...topics.flatMap(findInfectiousWords)])].join('、')
  const facts = { words, topics: topics.length }
  if (inName.length > 0) return fail(facts, ['project.name', 'project.infectiousDisease'])
  if (topics.length >= 2) return fail(facts, ['teachers', 'project.infectiousDisease'])
  return pass(facts, ['project.name', 'teachers'])
}

/** Words behind which an institution's name follows are a part of that name: 华山医院 lies in no scenic area. A hotel's 会议中心 is none. */
const INSTITUTION =
  /^[^，,；;。、]{0,10}?(医院|大学|学院|医学院|卫生院|疾控|(?<!会议|会展|展览|会务|培训|接待|服务|活动|疗养|康养|商务|游客)中心|研究所|学校)/

function wordsOutsideNames(text: string, words: string[]): string[] {
  return findWords(text, words).filter((word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (!INSTITUTION.test(text.slice(at + word.length))) return true
    }
    return false
  })
}

/** Scenic areas and sights in the places, the schedule or the lectures (BJ-76). */
function venueAllowed(form: Form, areas: string[], visits: string[]): Outcome {
  const { project, schedule } = form.declaration
  const places = (project?.sessions ?? []).map(({ place }, index) => ({
    path: `project.sessions[${index}].place`,
    words: wordsOutsideNames(place ?? '', areas),
  }))
  const slots = (schedule ?? []).map(({ topic }, index) => ({
    path: `schedule[${index}].topic`,
    words: findWords(topic ?? '', visits),
  }))
  if (places.every(({ path }) => form.state(path) !== 'value') && slots.length === 0) {
    return unknown('missing', {}, ['project.sessions'])
  }
  const found = [...places, ...slots].filter(({ words }) => words.length > 0)
  const words = [...new Set(found.flatMap((entry) => entry.words))].join('、')
  const fields = found.map(({ path }) => path)
  return found.length > 0 ? fail({ words }, fields) : pass({}, ['project.sessions'])
}

/** Whether every session is held at the applying unit. */
function venueHome(form: Form, unit: string, aliases: string[]): Outcome {
  const places = (form.declaration.project?.sessions ?? []).flatMap(({ place }) => place || [])
  if (places.length === 0) return unknown('missing', {}, ['project.sessions'])
  const isHome = (place: string) =>
    [unit, ...aliases].some((name) => place.includes(name)) || compareUnits(place, unit, aliases) === 'same'
  const away = places.filter((place) => !isHome(place))
  return away.length > 0
    ? fail({ places: away.join('、') }, ['project.sessions'])
    : pass({ unit }, ['project.sessions'])
}

/** Enough learners, or a practical project of few (BJ-07, BJ-08); the message names what made it practical. */
function enoughLearners(form: Form, enrollment: Exact, min: Exact): Outcome {
  const fields = ['project.enrollment', 'project.jingJinJi']
  const facts = { enrollment: enrollment.toFraction() }
  if (enrollment.gte(min)) return pass(facts, fields)
  const { answer, evidence } = isPractical(form.declaration)
  const told = { ...facts, evidence }
  if (answer === true) return pass(told, fields, { variant: 'practical' })
  return answer === false ? fail(told, fields) : unknown('missing', told, [...fields, 'project.practical'])
}

/** 外省 and 基层 (A11): each at least `min`; below it in one warns, and more strongly where both together stay below. */
function learnersFromAfar(outside: Exact, grassroots: Exact, min: Exact): Outcome {
  const [first, second] = [outside.div(100), grassroots.div(100)]
  const facts = { outside: percent(first), grassroots: percent(second), together: percent(first.add(second)) }
  const fields = ['project.outsideShare', 'project.grassrootsShare']
  if (first.gte(min) && second.gte(min)) return pass(facts, fields)
  return fail(facts, fields, { variant: first.add(second).lt(min) ? 'together' : 'one' })
}

/** Encouraged disciplines by code, encouraged subjects by words in the name. */
function isEncouraged(form: Form, codes: string[], words: string[]): boolean {
  const name = form.declaration.project?.name ?? ''
  if (findWords(name, words).length > 0) return true
  return isDisciplineAmong(form, codes)
}

const isDisciplineAmong = (form: Form, codes: string[]): boolean =>
  disciplineCodes(form).some((code) => codes.includes(code))

/** The audience is named for the whole country, without a word of the pack's own region. */
function isAudienceAfar(audience: string, wide: string[], local: string[]): boolean {
  return findWords(audience, wide).length > 0 && findWords(audience, local).length === 0
}

export const wordFunctions: CelFunction[] = [
  {
    signature: 'isDisciplineAmong(Form, list<string>): bool',
    about: 'The discipline, by the code of either of its levels, is one of those.',
    call: isDisciplineAmong,
  },
  {
    signature: 'infectiousContent(Form): Outcome',
    about: 'Name and lectures do not speak of infectious disease.',
    call: infectiousContent,
  },
  {
    signature: 'venueAllowed(Form, list<string>, list<string>): Outcome',
    about: 'No scenic area in the places, no sightseeing in the schedule.',
    call: venueAllowed,
  },
  {
    signature: 'venueHome(Form, string, list<string>): Outcome',
    about: 'Every session is held at the applying unit.',
    call: venueHome,
  },
  {
    signature: 'enoughLearners(Form, Number, Number): Outcome',
    about: 'At least so many learners, unless the project is practical.',
    call: enoughLearners,
  },
  {
    signature: 'learnersFromAfar(Number, Number, Number): Outcome',
    about: 'Shares of learners from outside and from grassroots units, in percent, each at least the bound.',
    call: learnersFromAfar,
  },
  {
    signature: 'isEncouraged(Form, list<string>, list<string>): bool',
    about: 'The discipline or the name belongs to what the notice encourages.',
    call: isEncouraged,
  },
  {
    signature: 'isAudienceAfar(string, list<string>, list<string>): bool',
    about: 'The audience is the whole country and not the region.',
    call: isAudienceAfar,
  },
]
