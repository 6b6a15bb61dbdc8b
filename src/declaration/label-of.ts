import type { z } from 'zod'
import { Declaration } from './schema.ts'
import { SummaryFile } from './summary/schema.ts'

const OWN: Record<string, string> = {
  project: '项目',
  unit: '申报单位',
  leader: '项目负责人',
  peerReview: '同行评议',
  unitOpinion: '申报单位意见',
  higherOpinion: '上级主管部门意见',
  commitment: '负责人承诺书',
  cover: '封面',
  page: '页码',
  box: '位置',
  totals: '总数',
  new: '新立项',
  filing: '备案',
  text: '文字',
}

/** What the items of a list are counted by, where it is not rows. */
const COUNTERS: Record<string, string> = { sessions: '期', seals: '枚', summaries: '张', lists: '个' }

/** The Chinese name of a path: `leader.title` → `项目负责人·职称`, `teachers[2].title` → `授课教师第3行·专业技术职称`. An unknown path stays as it is. */
export function labelOf(path: string): string {
  const parts = path.split(/[.[\]]+/).filter((part) => part !== '')
  let schema: z.core.$ZodType | undefined = parts[0] === 'summaries' ? SummaryFile : Declaration
  const names: string[] = []
  for (const [index, part] of parts.entries()) {
    const inner: z.core.$ZodType | undefined = schema && bare(schema)
    if (/^\d+$/.test(part)) {
      schema = inner && elementOf(inner)
      const last = names.pop() ?? ''
      const counter = COUNTERS[parts[index - 1] ?? ''] ?? '行'
      names.push(`${counter === '期' ? '' : last}第${Number(part) + 1}${counter}`)
      continue
    }
    schema = inner && shapeOf(inner)?.[part]
    if (!schema) return path
    const title = titleOf(schema) ?? OWN[part]
    if (title === undefined) return path
    const isSection = index < parts.length - 1 && shapeOf(bare(schema)) !== undefined
    if (!isSection) names.push(title)
  }
  const name = names.join('·')
  return parts[0] === 'leader' && parts.length > 1 && !name.includes('项目负责人') ? `项目负责人·${name}` : name
}

type Def = {
  type: string
  innerType?: z.core.$ZodType
  element?: z.core.$ZodType
  shape?: Record<string, z.core.$ZodType>
  in?: z.core.$ZodType
}

const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as unknown as Def

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const { innerType, in: input } = defOf(schema)
  const next = innerType ?? input
  return next ? bare(next) : schema
}

const elementOf = (schema: z.core.$ZodType) => defOf(schema).element
const shapeOf = (schema: z.core.$ZodType) => defOf(schema).shape

/** The nearest title: `maybe()` wraps the schema that carries it. */
function titleOf(schema: z.core.$ZodType): string | undefined {
  const own =
    'meta' in schema && typeof schema.meta === 'function'
      ? (schema.meta() as { title?: string } | undefined)
      : undefined
  if (own?.title) return own.title
  const { innerType } = defOf(schema)
  return innerType && titleOf(innerType)
}
