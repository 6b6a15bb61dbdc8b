import { leadersOthers, unitsOthers } from '../../across/projects.ts'
import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { normaliseName } from '../people.ts'
import { isSameName, isThisProject, type NamedProject } from './named-projects.ts'

type Occasion = {
  start?: string | null | undefined
  end?: string | null | undefined
  place?: string | null | undefined
}

/** The leader left no approved project of these years and this level unheld without excuse (`context.approvedBefore`). */
export function leaderHeldProjects(form: Form, level: string, years: string[]): Outcome {
  const fields = ['leader.name']
  const { approvedBefore } = form.context
  const leader = form.declaration.leader?.name
  if (approvedBefore === undefined || !leader) return unknown('context', {}, fields)
  const own = approvedBefore.filter(
    (project) =>
      project.leader !== undefined &&
      normaliseName(project.leader) === normaliseName(leader) &&
      (project.year === undefined || years.includes(String(project.year))) &&
      (project.level === undefined || project.level === level),
  )
  const left = own.filter(({ executed, excuse }) => executed === false && !excuse)
  const certain = left.filter((project) => project.year !== undefined && project.level !== undefined)
  const facts = { count: left.length, projects: left.map(called).join('、') }
  if (certain.length > 0) return fail({ count: certain.length, projects: certain.map(called).join('、') }, fields)
  const isOpen = left.length > 0 || own.some(({ executed }) => executed === undefined)
  return isOpen ? unknown('context', facts, fields) : pass(facts, fields)
}

const called = ({ name, year }: NamedProject): string => `${name ?? '未具名项目'}${year ? `（${year}年）` : ''}`

/** A place told to the room: two projects in it on one day are held together. */
const IS_ROOM = /室|厅|堂|楼|层|教室|会议|报告/

/**
 * No other project of the unit or the leader is held on the same days in the same room (lists with `sessions` in
 * `context.unitProjects`, `context.leaderProjects`). The same days in the same building, or at a place not told, are for a person.
 */
export function heldApart(form: Form): Outcome {
  const fields = ['project.sessions']
  const { unitProjects, leaderProjects } = form.context
  const told = [unitProjects, leaderProjects].filter((list) => Array.isArray(list)).flat()
  const lists: (NamedProject & { earlier?: boolean | undefined })[] = [...told, ...projectsRead(form)]
  const others = lists.filter((other) => !isThisProject(form, other) && !isSameName(form, other.name))
  const sessions = form.declaration.project?.sessions ?? []
  const clashes = others.flatMap((other) =>
    (other.sessions ?? []).flatMap((occasion) => {
      const index = sessions.findIndex((session) => isSameTime(session, occasion) && mayBeSamePlace(session, occasion))
      const session = sessions[index]
      const found = { index, other: called(other), earlier: other.earlier === true }
      return session ? [{ ...found, together: isSameRoom(session, occasion) }] : []
    }),
  )
  const together = clashes.filter((clash) => clash.together)
  const shown = together.length > 0 ? together : clashes
  const facts = { others: [...new Set(shown.map(({ other }) => other))].join('、') }
  const places = [...new Set(shown.map(({ index }) => `project.sessions[${index}]`))]
  // What was reviewed earlier may have been a draft, or withdrawn since.
  const isEarlier = together.every(({ earlier }) => earlier)
  if (together.length > 0) return fail(facts, places, isEarlier ? { severity: 'warning' } : {})
  if (clashes.length > 0) return unknown('context', facts, places, { variant: 'near' })
  // What was read need not be all.
  const isListed = told.length > 0 || Array.isArray(unitProjects)
  const isTold = isListed && others.every((other) => other.sessions !== undefined)
  return isTold ? pass(facts, fields) : unknown('context', facts, fields)
}

/** The unit's and the leader's further projects among the declarations that were read. */
function projectsRead(form: Form): (NamedProject & { earlier?: boolean | undefined })[] {
  const { certain } = leadersOthers(form, 'all')
  const known = [...new Set([...certain, ...unitsOthers(form, 'all').certain])]
  return known.map(({ declaration: { project }, earlier }) => ({
    earlier,
    name: project?.name ?? undefined,
    sessions: (project?.sessions ?? []).map(({ start, end, place }) => ({
      start: start ?? undefined,
      end: end ?? undefined,
      place: place ?? undefined,
    })),
  }))
}

/** Days are told: a month alone overlaps nothing for certain. */
function isSameTime(one: Occasion, other: Occasion): boolean {
  if (!isDay(one.start) || !isDay(other.start)) return false
  return one.start <= (other.end ?? other.start) && other.start <= (one.end ?? one.start)
}

const isDay = (date: string | null | undefined): date is string => date?.length === 10

const bare = (place: string): string => place.replace(/[\s，,。、（）()]/g, '')

function mayBeSamePlace(one: Occasion, other: Occasion): boolean {
  if (!one.place || !other.place) return true
  const [a, b] = [bare(one.place), bare(other.place)]
  return a.includes(b) || b.includes(a)
}

const isSameRoom = (one: Occasion, other: Occasion): boolean =>
  Boolean(one.place) && IS_ROOM.test(one.place ?? '') && bare(one.place ?? '') === bare(other.place ?? '')
