/** A form as blocks, before it becomes HTML or DOCX. Widths are percent of the text width, sizes points, heights millimetres. */
export type Run =
  | { kind: 'text'; text: string; bold?: boolean; underline?: boolean; size?: number; white?: boolean }
  | { kind: 'box'; checked: boolean; round?: boolean }
  | { kind: 'seal'; name: string }
  | { kind: 'signature'; name: string }
  /** Room to sign in. */
  | { kind: 'blank' }

export type Paragraph = {
  kind: 'paragraph'
  runs: Run[]
  align?: 'left' | 'center' | 'right' | 'justify'
  size?: number
  before?: number
  indent?: boolean
  heading?: boolean
  /** Drawn in a frame that floats over the page (DOCX text box). */
  framed?: boolean
}

export type Cell = {
  content: Paragraph[]
  columns?: number
  rows?: number
  label?: boolean
  align?: 'left' | 'center'
  top?: boolean
  vertical?: boolean
}

export type Row = { cells: Cell[]; height?: number }

export type Table = { kind: 'table'; widths: number[]; rows: Row[]; headerRows?: number; plain?: boolean }

export type Block = Paragraph | Table | { kind: 'page' }

export type Sheet = { blocks: Block[] }

export const text = (value: string, options: Partial<Extract<Run, { kind: 'text' }>> = {}): Run => ({
  kind: 'text',
  text: value,
  ...options,
})

type Content = string | Run | (string | Run)[]

export const runs = (content: Content): Run[] =>
  (Array.isArray(content) ? content : [content]).map((item) => (typeof item === 'string' ? text(item) : item))

export const paragraph = (content: Content, options: Partial<Paragraph> = {}): Paragraph => ({
  kind: 'paragraph',
  runs: runs(content),
  ...options,
})

export const label = (content: string, options: Partial<Cell> = {}): Cell => ({
  content: content.split('\n').map((line) => paragraph(line)),
  label: true,
  align: 'center',
  ...options,
})

export const value = (content: Content | Paragraph[], options: Partial<Cell> = {}): Cell => ({
  content: isParagraphs(content) ? content : [paragraph(content)],
  ...options,
})

function isParagraphs(content: Content | Paragraph[]): content is Paragraph[] {
  return (
    Array.isArray(content) &&
    content.length > 0 &&
    content.every((c) => typeof c === 'object' && c.kind === 'paragraph')
  )
}

export const row = (...cells: Cell[]): Row => ({ cells })
export const tall = (height: number, ...cells: Cell[]): Row => ({ cells, height })
