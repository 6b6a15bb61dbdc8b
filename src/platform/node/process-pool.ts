import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'

// tinypool was tried on paper: its child processes share our output streams (pdf.js prints words of documents), its memory
// limit sees the JS heap only (OCR's memory is native), and a call that hangs must be aborted from outside.

export type PoolOptions = {
  /** The module that the children run; it calls `serveCalls`. */
  entry: URL
  /** Children at most; each does one call at a time. */
  size: number
  /** Resident memory in MB above which a child is killed in the middle of a call; at three quarters it is replaced after one. */
  memoryMb: number
  /** Milliseconds of work after which a call's child is killed: its own CPU time, for a busy machine is no fault of the document. */
  timeoutMs: number
  /** Handed to the children as it is. */
  settings: Record<string, string>
}

export type ProcessPool = {
  /** Runs `name` in a child. Rejects with what the child threw (`RemoteError`), or with `LostCall` when it did not answer. */
  call(name: string, payload: unknown, shared: object): Promise<unknown>
  close(): Promise<void>
}

/** The child died or was killed before it answered. */
export class LostCall extends Error {
  readonly reason: 'died' | 'timeout' | 'memory' | 'closed'
  constructor(reason: LostCall['reason']) {
    super(`the reading process was lost: ${reason}`)
    this.name = 'LostCall'
    this.reason = reason
  }
}

/** What the child threw. `code` and `detail` of a `Problem`; of anything else only the error's name: messages may quote documents. */
export class RemoteError extends Error {
  readonly code: string | undefined
  readonly detail: string
  constructor(name: string, code: string | undefined, detail: string) {
    super(name)
    this.name = 'RemoteError'
    this.code = code
    this.detail = detail
  }
}

/** `shared` crosses to a child only when its last call had another one. */
export type CallMessage = { id: number; name: string; payload: unknown; shared?: object }
export type Reply =
  | { id: number; ok: true; value: unknown }
  /** `spoilt`: something failed outside of the call's own course; the child is not used again. */
  | { id: number; ok: false; name: string; code: string | undefined; detail: string; spoilt: boolean }

type Call = {
  id: number
  name: string
  payload: unknown
  shared: object
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

type Member = {
  child: ChildProcess
  calls: number
  held: object | null
  current: Call | null
  watch: NodeJS.Timeout | null
}

/**
 * glibc returns blocks above 4 MiB to the system as soon as they are free, instead of keeping more and more of them: 65–80 MB less in
 * a process that reads scans, at its peak and at rest. A lower bound, or fewer arenas, cost a fifth more CPU time and gained nothing.
 * Such blocks come in huge pages where the system has them: half of the time that its zeroing takes.
 */
const GIVES_BACK = {
  GLIBC_TUNABLES: 'glibc.malloc.mmap_threshold=4194304:glibc.malloc.trim_threshold=8388608:glibc.malloc.hugetlb=1',
}
/** Nothing is compiled twice: a second less until a child is ready, and 30 MB less, for the compiler of types is not loaded. Node's own place. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') }
/** Calls after which a child is replaced, whatever its memory. */
const CALLS = 500
/** A document that grows fast is caught between two looks, in milliseconds. */
const LOOK = 250
/** As `nice`: where there are fewer cores than work, whoever waits for an answer of this process comes first. */
const NICE = 10
/** A child that waits instead of working is given this many times as long. */
const IDLE = 5

/** Child processes that answer calls: started when first needed, kept warm, replaced when worn, gone with their parent. */
export function createProcessPool(options: PoolOptions): ProcessPool {
  const members = new Set<Member>()
  const queue: Call[] = []
  let last = 0
  let closed = false

  function start(): Member {
    const child = fork(options.entry, {
      serialization: 'advanced',
      // Nothing that a library prints about a document reaches our logs.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${options.memoryMb}`, '--expose-gc'],
      env: { ...GIVES_BACK, ...COMPILED, ...process.env, XINGSHEN_CHILD: JSON.stringify(options.settings) },
    })
    const member: Member = { child, calls: 0, held: null, current: null, watch: null }
    members.add(member)
    child.on('message', (reply) => settle(member, reply as Reply))
    child.on('exit', () => lose(member, 'died'))
    child.on('error', () => lose(member, 'died'))
    child.unref()
    child.channel?.unref()
    giveWay(child.pid)
    return member
  }

  function next(): void {
    for (;;) {
      const call = queue[0]
      if (!call) return
      const idle = [...members].filter((member) => !member.current)
      const member =
        idle.find((candidate) => candidate.held === call.shared) ??
        idle[0] ??
        (members.size < options.size ? start() : undefined)
      if (!member) return
      queue.shift()
      run(member, call)
    }
  }

  function run(member: Member, call: Call): void {
    member.current = call
    member.calls++
    member.child.ref()
    member.child.channel?.ref()
    const begun = Date.now()
    const cpuBefore = cpuMs(member.child.pid)
    member.watch = setInterval(
      async () => {
        const waited = Date.now() - begun
        const worked = waited > options.timeoutMs ? (await cpuMs(member.child.pid)) - (await cpuBefore) : 0
        const memory = await residentMb(member.child.pid)
        if (member.current !== call) return
        if (worked > options.timeoutMs || waited > options.timeoutMs * IDLE) lose(member, 'timeout')
        else if (memory > options.memoryMb) lose(member, 'memory')
      },
      Math.min(LOOK, options.timeoutMs),
    )
    const { id, name, payload, shared } = call
    const message: CallMessage = member.held === shared ? { id, name, payload } : { id, name, payload, shared }
    member.held = shared
    member.child.send(message, (error) => {
      if (error) lose(member, 'died')
    })
  }

  async function settle(member: Member, reply: Reply): Promise<void> {
    const call = member.current
    if (!call || call.id !== reply.id) return
    free(member)
    if (reply.ok) call.resolve(reply.value)
    else call.reject(new RemoteError(reply.name, reply.code, reply.detail))
    const worn = member.calls >= CALLS || (!reply.ok && reply.spoilt)
    if (worn) discard(member)
    else if ((await residentMb(member.child.pid)) > options.memoryMb * 0.75 && !member.current) discard(member)
    next()
  }

  function lose(member: Member, reason: LostCall['reason']): void {
    const call = member.current
    free(member)
    discard(member)
    call?.reject(new LostCall(reason))
    if (!closed) next()
  }

  function free(member: Member): void {
    if (member.watch) clearInterval(member.watch)
    member.watch = null
    member.current = null
    member.child.unref()
    member.child.channel?.unref()
  }

  function discard(member: Member): void {
    members.delete(member)
    member.child.kill('SIGKILL')
  }

  return {
    call(name, payload, shared) {
      if (closed) return Promise.reject(new LostCall('closed'))
      return new Promise((resolve, reject) => {
        queue.push({ id: ++last, name, payload, shared, resolve, reject })
        next()
      })
    },
    async close() {
      closed = true
      for (const call of queue.splice(0)) call.reject(new LostCall('closed'))
      const gone = [...members].map(
        ({ child }) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) resolve()
            else child.once('exit', () => resolve())
          }),
      )
      for (const member of [...members]) {
        lose(member, 'closed')
        // Without this the process may end before it has seen its children end.
        member.child.ref()
      }
      await Promise.all(gone)
    },
  }
}

function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICE)
  } catch {
    // It has ended already, or the system forbids it: then it works as it is.
  }
}

/** CPU time that a process has used, in milliseconds (a clock tick is 10 ms on Linux); wall time where the system does not tell. */
async function cpuMs(pid: number | undefined): Promise<number> {
  try {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Date.now()
  }
}

/** Resident memory in MB; 0 where the system does not tell (it tells on Linux). */
async function residentMb(pid: number | undefined): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
