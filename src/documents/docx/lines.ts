import type { HiddenText, Line, Span } from '../model.ts'
import { normaliseBoxes } from '../symbols.ts'
import type { Context } from './context.ts'
import type { Look } from './styles.ts'

/** A line and the page it begins on. */
export type PlacedLine = { line: Line; page: number }

export type LineOutput = {
  put(text: string, look: Look, hidden: HiddenText['reason'] | null): void
  breakLine(): void
  finish(): PlacedLine[]
}

/** Gathers runs into lines; neighbours of one look become one span, hidden neighbours one hidden text. */
export function collectLines(context: Pick<Context, 'pages' | 'hide'>): LineOutput {
  const lines: PlacedLine[] = []
  let spans: Span[] = []
  let page: number | undefined
  let hidden: { text: string; reason: HiddenText['reason'] } | undefined

  const flushHidden = () => {
    if (hidden && hidden.text.trim() !== '') context.hide(hidden.text.trim(), hidden.reason)
    hidden = undefined
  }
  const breakLine = () => {
    flushHidden()
    lines.push({ line: { spans: finishSpans(spans), box: null }, page: page ?? context.pages.current() })
    spans = []
    page = undefined
  }
  return {
    put(text, look, reason) {
      if (reason) {
        if (hidden && hidden.reason !== reason) flushHidden()
        hidden = { text: (hidden?.text ?? '') + text, reason }
        return
      }
      if (text === '') return
      if (text.trim() !== '') {
        flushHidden()
        context.pages.touch()
        page ??= context.pages.current()
      }
      const last = spans.at(-1)
      const underlined = look.underlined ?? false
      if (last && last.size === look.size && (last.underlined ?? false) === underlined) last.text += text
      else spans.push(spanOf(text, look.size, underlined))
    },
    breakLine,
    finish() {
      breakLine()
      return lines.filter(({ line }) => line.spans.some((span) => span.text.trim() !== ''))
    },
  }
}

function spanOf(text: string, size: number | undefined, underlined: boolean): Span {
  return {
    text,
    box: null,
    confidence: 1,
    ...(size === undefined ? {} : { size }),
    ...(underlined ? { underlined } : {}),
  }
}

function finishSpans(spans: Span[]): Span[] {
  return spans.map((span) => ({ ...span, text: normaliseBoxes(span.text) })).filter((span) => span.text !== '')
}
