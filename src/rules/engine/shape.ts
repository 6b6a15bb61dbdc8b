import { Declaration } from '../../declaration/schema.ts'

/** What the declaration's schema says of a value, as far as the rules need it. */
export type Shape =
  | { kind: 'string' | 'number' | 'boolean'; title?: string; values?: readonly string[] }
  | { kind: 'list'; title?: string; of: Shape }
  | { kind: 'object'; title?: string; name: string; fields: Map<string, Shape> }

/** Names under which CEL knows the parts of the declaration, by path. */
const TYPE_NAMES: Record<string, string> = {
  '': 'Declaration',
  project: 'Project',
  'project.sessions[]': 'Session',
  unit: 'Unit',
  leader: 'Leader',
  'leader.history[]': 'HistoryRow',
  'teachers[]': 'Teacher',
  'schedule[]': 'ScheduleRow',
  peerReview: 'PeerReview',
  unitOpinion: 'UnitOpinion',
  higherOpinion: 'HigherOpinion',
  commitment: 'Commitment',
  cover: 'Cover',
  'seals[]': 'Seal',
}

/** The parts of a zod 4 schema that are walked here. */
type Def = { type: string; innerType?: Schema; element?: Schema; shape?: Record<string, Schema>; entries?: object }
type Schema = { def: Def; meta(): { title?: string } | undefined }

function shapeOf(schema: Schema, path: string, title?: string): Shape {
  const { def } = schema
  const named = title ?? schema.meta()?.title
  const known = named === undefined ? {} : { title: named }
  switch (def.type) {
    case 'optional':
    case 'nullable':
      return def.innerType ? shapeOf(def.innerType, path, named) : { kind: 'string', ...known }
    case 'array':
      return {
        kind: 'list',
        of: def.element ? shapeOf(def.element, `${path}[]`) : { kind: 'string' },
        ...known,
      }
    case 'object': {
      const fields = Object.entries(def.shape ?? {}).map(
        ([key, field]) => [key, shapeOf(field, path ? `${path}.${key}` : key)] as const,
      )
      return { kind: 'object', name: TYPE_NAMES[path] ?? path, fields: new Map(fields), ...known }
    }
    case 'number':
      return { kind: 'number', ...known }
    case 'boolean':
      return { kind: 'boolean', ...known }
    case 'enum':
      return { kind: 'string', values: Object.keys(def.entries ?? {}), ...known }
    default:
      return { kind: 'string', ...known }
  }
}

const root = shapeOf(Declaration as unknown as Schema, '')
export const DECLARATION: Map<string, Shape> = root.kind === 'object' ? root.fields : new Map()

/** The shape at `leader.title` or `teachers[2].unit`; `undefined` when the declaration has no such path. */
export function shapeAt(path: string): Shape | undefined {
  let shape: Shape | undefined = root
  for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
    if (shape?.kind === 'object') shape = shape.fields.get(key)
    else if (shape?.kind === 'list' && /^\d+$/.test(key)) shape = shape.of
    else return undefined
  }
  return shape
}

const OWNERS: Record<string, string> = {
  leader: '项目负责人',
  peerReview: '同行评议',
  teachers: '授课教师',
  schedule: '日程',
}

/** What a secretary calls the value at a path: `授课教师第3行“学时”`, `项目负责人“职称”`. */
export function titleOf(path: string): string {
  const [first = '', ...rest] = path.split('.')
  const row = /^(\w+)\[(\d+)\]$/.exec(rest.length > 0 && rest[0]?.includes('[') ? (rest[0] ?? '') : first)
  const title = shapeAt(path)?.title
  const owner = OWNERS[first.replace(/\[.*$/, '')] ?? ''
  const place = row ? `第${Number(row[2]) + 1}${row[1] === 'sessions' ? '期' : '行'}` : ''
  if (title === undefined) return `${owner}${place}` || path
  const prefix = title.startsWith(owner) ? place : `${owner}${place}`
  return `${prefix}“${title}”`
}
