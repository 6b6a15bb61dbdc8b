import { isNode, LineCounter, type Node, parse, parseDocument } from 'yaml'
import type { z } from 'zod'

/** One thing wrong in one place of a rule or pack file. Lines and columns count from 1. */
export type Fault = { file: string; line: number; column: number; excerpt: string; message: string }

const show = ({ file, line, column, excerpt, message }: Fault): string =>
  `${file}:${line}:${column}: ${message}\n  ${String(line).padStart(4)} | ${excerpt}\n       | ${' '.repeat(Math.max(0, column - 1))}^`

/** Rule and pack files that cannot be loaded: every fault at once, each with its place and its line. */
export class PackError extends Error {
  readonly faults: Fault[]

  constructor(faults: Fault[]) {
    super(faults.map(show).join('\n'))
    this.name = 'PackError'
    this.faults = faults
  }
}

type Path = readonly (string | number)[]

type Placed = { document: ReturnType<typeof parseDocument>; counter: LineCounter }

/** A YAML file that knows where each of its values stands. It is read when first asked for, and its places when there is a fault. */
export class Source {
  readonly file: string
  readonly faults: Fault[] = []
  readonly text: string
  private readonly leaveOut: string | undefined
  private parsed: { data: unknown } | undefined
  private placed: Placed | undefined

  /** `leaveOut`: a key at the top of the file whose value nobody is going to read. */
  constructor(file: string, text: string, leaveOut?: string) {
    this.file = file
    this.text = text
    this.leaveOut = leaveOut
  }

  get data(): unknown {
    this.parsed ??= { data: this.parse() }
    return this.parsed.data
  }

  private parse(): unknown {
    try {
      return parse(this.leaveOut ? without(this.text, this.leaveOut) : this.text, { logLevel: 'error' })
    } catch {
      for (const error of this.places.document.errors)
        this.report(error.pos[0], error.message.split('\n')[0] ?? 'not YAML')
      return this.faults.length > 0 ? undefined : this.places.document.toJS()
    }
  }

  private get places(): Placed {
    if (!this.placed) {
      const counter = new LineCounter()
      this.placed = { counter, document: parseDocument(this.text, { lineCounter: counter }) }
    }
    return this.placed
  }

  /** `into` counts characters inside a value that stands on one line. */
  fault(path: Path, message: string, into = 0): void {
    const node = this.nodeAt(path)
    const isPlain = node !== undefined && 'type' in node && node.type === 'PLAIN'
    this.report((node?.range?.[0] ?? 0) + (isPlain ? into : 0), message)
  }

  /** The data in the schema's shape, or `null` after reporting every issue. */
  read<T>(schema: z.ZodType<T>): T | null {
    const { data } = this
    if (this.faults.length > 0) return null
    const result = schema.safeParse(data)
    if (result.success) return result.data
    for (const issue of result.error.issues) {
      const path = issue.path.filter((key) => typeof key !== 'symbol')
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : []
      this.fault([...path, ...keys.slice(0, 1)], `${path.join('.') || 'file'}: ${issue.message}`)
    }
    return null
  }

  private nodeAt(path: Path): Node | undefined {
    const { document } = this.places
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
      if (isNode(node)) return node
    }
    return undefined
  }

  private report(offset: number, message: string): void {
    const { line, col } = this.places.counter.linePos(offset)
    const at = Math.max(1, line)
    this.faults.push({
      file: this.file,
      line: at,
      column: Math.max(1, col),
      excerpt: this.text.split('\n')[at - 1] ?? '',
      message,
    })
  }
}

/** The text up to a key at the top of the file and from the next one on: what is indented, a list or a comment belongs to it. */
function without(text: string, key: string): string {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => line.startsWith(`${key}:`))
  if (from < 0) return text
  const until = lines.findIndex((line, index) => index > from && /^[^\s#\-}\]]/.test(line))
  return [...lines.slice(0, from), ...(until < 0 ? [] : lines.slice(until))].join('\n')
}
