import type { z } from 'zod'

const TYPES: Record<string, string> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '数组',
  object: '对象',
}

/** What is counted when something is too short or too long; of a number nothing is. */
const COUNTED: Record<string, string> = { string: '个字符', array: '项' }

/** What is wrong with a place, to be put behind its name; the value itself is never told. */
export function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `应为${TYPES[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `只能是：${issue.values.map(String).join('、')}`
    case 'too_small':
      if (issue.origin in COUNTED && issue.minimum === 1) return '不能为空'
      return issue.origin in COUNTED
        ? `不能少于 ${issue.minimum} ${COUNTED[issue.origin]}`
        : `不能小于 ${issue.minimum}`
    case 'too_big':
      return issue.origin in COUNTED
        ? `不能超过 ${issue.maximum} ${COUNTED[issue.origin]}`
        : `不能大于 ${issue.maximum}`
    case 'invalid_format':
      if (issue.format === 'date') return '应为日期，如 2025-03-01'
      return /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '格式不正确'
    default:
      return '不符合格式'
  }
}
