import type { Progress } from '../review/reviewer.ts'

/** A quick review should say nothing but its result. */
const QUIET_MS = 2000

/** Tells on standard error how far it is: one line that changes on a terminal, else one line a page or step after 2 s. */
export function showProgress(name: string, stream: NodeJS.WriteStream = process.stderr) {
  const begun = performance.now()
  let shown = false
  return {
    report({ step, done, total }: Progress): void {
      if (done === total && !shown) return
      const line = total > 1 ? `${name}：${step}，${done}/${total} 页` : `${name}：${step}`
      if (stream.isTTY) stream.write(`\r\x1b[K${line}`)
      else if (performance.now() - begun > QUIET_MS) stream.write(`${line}\n`)
      else return
      shown = true
    },
    clear(): void {
      if (shown && stream.isTTY) stream.write('\r\x1b[K')
    },
  }
}
