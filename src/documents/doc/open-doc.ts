import { Problem } from '../../problem.ts'
import type { PageCounter } from '../docx/context.ts'
import type { PlacedBlock } from '../docx/flow.ts'
import { assemblePages, NO_BOX, startReading, textOf as textOfLine } from '../docx/reading.ts'
import { readStyles } from '../docx/styles.ts'
import type { Line, Page } from '../model.ts'
import { readCharacters } from './characters.ts'
import { broken, openDocFile } from './file.ts'
import type { Modifiers } from './modifiers.ts'
import { type Row, rowShape, tableOf } from './rows.ts'
import { type DocParagraph, readStory } from './story.ts'

/** Paragraph modifiers that make a table ([MS-DOC] 2.6.2). */
const IN_TABLE = 0x2416
const ROW_END = 0x2417
const DEPTH = 0x6649
const NESTED_CELL_END = 0x244b
const NESTED_ROW_END = 0x244c

/**
 * Reads a Word 97–2003 document from its binary form, with its tables, merged cells, ticks and hidden text. Pages are counted
 * from explicit breaks.
 * Throws `Problem`: `corrupt_document`, `encrypted_document`, `unsupported_media_type` (Word 95 and older).
 */
export function openDoc(bytes: Uint8Array): { pages: Page[]; margins: Line[] } {
  try {
    return read(bytes)
  } catch (cause) {
    throw cause instanceof Problem ? cause : broken(cause)
  }
}

function read(bytes: Uint8Array): { pages: Page[]; margins: Line[] } {
  const file = openDocFile(bytes)
  const reading = startReading(readStyles(null))
  const { context } = reading
  const source = { characters: readCharacters(file), data: file.data, context }
  const { stories } = file
  const story = (from: number, length: number) => readStory(source, from, from + length, () => 'FFFFFF')

  // What lies behind a cell is not looked up, so white text in a table is taken as visible.
  const body = readStory(source, 0, stories.body, (modifiers) => (isSet(modifiers, IN_TABLE) ? null : 'FFFFFF'))
  const { placed, drawing } = placeBody(body, reading.context.pages, (lines) => hide(lines, context.hide))

  let at = stories.body
  const notes = [...story(at, stories.notes)]
  at += stories.notes
  const margins = [...story(at, stories.headers)].flatMap(({ lines }) => lines.map(({ line }) => line))
  at += stories.headers
  const comments = [...story(at, stories.comments)]
  at += stories.comments
  const endnotes = [...story(at, stories.endnotes)]
  at += stories.endnotes
  const boxes = [...story(at, stories.boxes)]
  for (const { line, page } of [...notes, ...endnotes].flatMap(({ lines }) => lines)) {
    placed.push({ block: { kind: 'line', line, path: 'footnote' }, page })
  }
  // Which box hangs on which anchor is not looked up: a form's text boxes stand together, most often on its cover.
  const boxed = boxes.flatMap(({ lines }) => lines).map(({ line }) => line)
  placed.splice(
    drawing.at,
    0,
    ...boxed.map((line) => ({ block: { kind: 'line' as const, line, path: 'text box' }, page: drawing.page })),
  )
  for (const { line } of comments.flatMap(({ lines }) => lines)) {
    reading.hidden.push({ hidden: { text: textOfLine(line).trim(), reason: 'comment', box: null }, page: 1 })
  }
  const pages = assemblePages(context.pages.current(), placed, reading)
  for (const { page } of reading.pictures) pages[page - 1]?.pictures.push(NO_BOX)
  return { pages, margins: unique(margins) }
}

function placeBody(
  body: Iterable<DocParagraph>,
  pages: PageCounter,
  hideLines: (lines: Line[]) => void,
): { placed: PlacedBlock[]; drawing: { at: number; page: number } } {
  const placed: PlacedBlock[] = []
  let drawing: { at: number; page: number } | undefined
  const counts = { paragraphs: 0, tables: 0 }
  let rows: Row[] = []
  let cells: Line[][] = []
  let lines: Line[] = []
  let nested: Line[] = []
  let tablePage = 1
  const endTable = () => {
    if (rows.length === 0) return
    const table = tableOf(rows, ++counts.tables, hideLines)
    placed.push({ block: { kind: 'table', table }, page: tablePage })
    rows = []
  }
  for (const paragraph of body) {
    const { modifiers, mark } = paragraph
    const own = paragraph.lines.map(({ line }) => line)
    if (!isSet(modifiers, IN_TABLE)) endTable()
    if (paragraph.hasDrawing) drawing ??= { at: placed.length, page: pages.current() }
    if (!isSet(modifiers, IN_TABLE)) {
      const path = `paragraph ${++counts.paragraphs}`
      for (const { line, page } of paragraph.lines) placed.push({ block: { kind: 'line', line, path }, page })
      if (mark === '\f') pages.turn()
      continue
    }
    pages.touch()
    if (rows.length === 0 && cells.length === 0 && lines.length === 0) tablePage = pages.current()
    if (depthOf(modifiers) > 1) {
      // A nested row becomes one line of the outer cell, its cells side by side.
      nested.push(...own)
      if (isSet(modifiers, NESTED_ROW_END) || !isSet(modifiers, NESTED_CELL_END)) {
        if (nested.length > 0) lines.push(sideBySide(nested))
        nested = []
      }
    } else if (mark !== '\x07') lines.push(...own)
    else if (isSet(modifiers, ROW_END)) {
      const shape = rowShape(modifiers)
      if (!shape) throw broken()
      rows.push({ shape, cells })
      cells = []
      lines = []
    } else {
      cells.push([...lines, ...own])
      lines = []
    }
  }
  endTable()
  return { placed, drawing: drawing ?? { at: placed.length, page: pages.current() } }
}

function sideBySide(lines: Line[]): Line {
  const spans = lines.flatMap((line, i) => [
    ...(i > 0 ? [{ text: '\t', box: null, confidence: 1 }] : []),
    ...line.spans,
  ])
  return { spans, box: null }
}

function depthOf(modifiers: Modifiers): number {
  return modifiers.get(DEPTH)?.[0] ?? 1
}

function isSet(modifiers: Modifiers, code: number): boolean {
  return modifiers.get(code)?.[0] === 1
}

function hide(lines: Line[], report: (text: string, reason: 'covered') => void): void {
  const text = lines.map(textOfLine).join(' ').trim()
  if (text !== '') report(text, 'covered')
}

function unique(lines: Line[]): Line[] {
  return [...new Map(lines.map((line) => [textOfLine(line).trim(), line])).values()]
}
