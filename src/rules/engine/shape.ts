import { labelOf } from '../../declaration/label-of.ts'
import { Declaration } from '../../declaration/schema.ts'
import { remember } from '../remember.ts'

/** What the declaration's schema says of a value, as far as the rules need it. */
export type Shape =
  | { kind: 'string' | 'number' | 'boolean'; values?: readonly string[] }
  | { kind: 'list'; of: Shape }
  | { kind: 'object'; name: string; fields: Map<string, Shape> }

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
type Schema = { def: Def }

function shapeOf({ def }: Schema, path: string): Shape {
  switch (def.type) {
    case 'optional':
    case 'nullable':
      return def.innerType ? shapeOf(def.innerType, path) : { kind: 'string' }
    case 'array':
      return {
        kind: 'list',
        of: def.element ? shapeOf(def.element, `${path}[]`) : { kind: 'string' },
      }
    case 'object': {
      const fields = Object.entries(def.shape ?? {}).map(
        ([key, field]) => [key, shapeOf(field, path ? `${path}.${key}` : key)] as const,
      )
      return { kind: 'object', name: TYPE_NAMES[path] ?? path, fields: new Map(fields) }
    }
    case 'number':
      return { kind: 'number' }
    case 'boolean':
      return { kind: 'boolean' }
    case 'enum':
      return { kind: 'string', values: Object.keys(def.entries ?? {}) }
    default:
      return { kind: 'string' }
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

/** What a sentence calls the value at a path: `授课教师第3行“学时”`, `项目负责人“职称”`. A path of nothing on the form stays as it is. */
export const titleOf = remember(2000, (path: string): string => {
  const label = labelOf(path)
  if (label === path) return path
  const owners = label.split('·')
  const name = owners.pop() ?? ''
  return owners.join('') + (/第\d+[行期枚]$/.test(name) ? name : `“${name}”`)
})
