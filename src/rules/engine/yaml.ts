import { isNode, LineCounter, type Node, parseDocument } from 'yaml'
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

/** A YAML file that knows where each of its values stands. */
export class Source {
  readonly file: string
  readonly data: unknown
  readonly faults: Fault[] = []
  private readonly lines: string[]
  private readonly counter = new LineCounter()
  private readonly contents: ReturnType<typeof parseDocument>

  constructor(file: string, text: string) {
    this.file = file
    this.lines = text.split('\n')
    this.contents = parseDocument(text, { lineCounter: this.counter })
    for (const error of this.contents.errors) this.report(error.pos[0], error.message.split('\n')[0] ?? 'not YAML')
    this.data = this.faults.length > 0 ? undefined : this.contents.toJS()
  }

  /** `into` counts characters inside a value that stands on one line. */
  fault(path: Path, message: string, into = 0): void {
    const node = this.nodeAt(path)
    const isPlain = node !== undefined && 'type' in node && node.type === 'PLAIN'
    this.report((node?.range?.[0] ?? 0) + (isPlain ? into : 0), message)
  }

  /** The data in the schema's shape, or `null` after reporting every issue. */
  read<T>(schema: z.ZodType<T>): T | null {
    if (this.faults.length > 0) return null
    const result = schema.safeParse(this.data)
    if (result.success) return result.data
    for (const issue of result.error.issues) {
      const path = issue.path.filter((key) => typeof key !== 'symbol')
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : []
      this.fault([...path, ...keys.slice(0, 1)], `${path.join('.') || 'file'}: ${issue.message}`)
    }
    return null
  }

  private nodeAt(path: Path): Node | undefined {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? this.contents.contents : this.contents.getIn(path.slice(0, length), true)
      if (isNode(node)) return node
    }
    return undefined
  }

  private report(offset: number, message: string): void {
    const { line, col } = this.counter.linePos(offset)
    const at = Math.max(1, line)
    this.faults.push({
      file: this.file,
      line: at,
      column: Math.max(1, col),
      excerpt: this.lines[at - 1] ?? '',
      message,
    })
  }
}
