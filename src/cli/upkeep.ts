import type { LogFault } from '../review/fault.ts'
import { logFault } from '../review/fault.ts'
import type { Retention } from '../review/retention.ts'
import type { Head } from '../store/audit-chain.ts'
import { createSealer } from '../store/sealer.ts'
import type { Store } from '../store/store.ts'

const SECOND = 1000
const HOUR = 3_600_000

export type UpkeepDeps = {
  store: Pick<Store, 'audit'>
  /** Without, nothing is ever erased by itself. */
  retention?: Retention | undefined
  /** Where several machines share the files: what one that died has left can wait for no start at which the others are not there. */
  sweepUploads?: (() => Promise<void>) | undefined
  log: LogFault & ((line: object) => void)
}

/**
 * What has to be done while the service runs: the audit trail is sealed within a second, its end is logged every hour (a log kept
 * elsewhere then shows whether the trail was cut off), what has been kept long enough is erased, and files that belong to no review are deleted.
 */
export function startUpkeep({ store, retention, sweepUploads, log }: UpkeepDeps) {
  let head: Head | undefined
  const seal = createSealer(store.audit, (moved) => {
    head = moved
  })
  const tell = () => {
    if (head) log({ event: 'audit-head', position: head.position, hash: head.hash })
    head = undefined
  }
  const guarded = (work: () => Promise<unknown>) => () => void work().catch((error: unknown) => logFault(error, log))
  const sweep = guarded(async () => {
    const erased = (await retention?.sweep()) ?? 0
    if (erased > 0) log({ event: 'retention', erased })
  })
  guarded(() => seal({ everything: true }))()
  const sweepFiles = guarded(async () => sweepUploads?.())
  sweep()
  sweepFiles()
  const timers = [
    setInterval(guarded(seal), SECOND),
    setInterval(tell, HOUR),
    setInterval(sweep, HOUR / 6),
    setInterval(sweepFiles, HOUR),
  ]

  return {
    /** Seals what is left. To be called when nothing is written any more. */
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      await seal()
      tell()
    },
  }
}
