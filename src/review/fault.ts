import { Problem } from '../problem.ts'

/** A fault of ours, for the operator: where it happened, never what was in the document. */
export type Fault = { review?: string; error: string; stack: string[] }
export type LogFault = (fault: Fault) => void

/**
 * Logs an error that nobody foresaw and gives back what the caller may know of it. Of the contract's codes only `busy` (503)
 * says that the fault is the service's and not the form's; the sentence says the rest. Messages of errors are left out of the
 * log: they may quote the document.
 */
export function logFault(error: unknown, log: LogFault, review?: string): Problem {
  log({
    ...(review === undefined ? {} : { review }),
    error: error instanceof Error ? error.name : typeof error,
    stack: error instanceof Error ? (error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []) : [],
  })
  const number = review === undefined ? '' : `（审查编号 ${review}）`
  return new Problem(
    'busy',
    `服务内部出错，未能完成审查，这不是申报书的问题。请稍后重试；若仍不行，请联系管理员${number}。`,
  )
}
