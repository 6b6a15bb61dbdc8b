/** `text` after `lead`, further lines indented by the lead's width. */
export function hang(lead: string, text: string, width: number): string[] {
  const indent = widthOf(lead)
  return wrap(text, Math.max(width - indent, 20)).map((line, index) => (index === 0 ? lead : ' '.repeat(indent)) + line)
}

/** May not begin a line. */
const CLOSING = /^[，。；：、！？）》」』”’%…,.;:!?)\]]/

/** Breaks a text into lines of at most `width` columns; a Chinese character takes two. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const part of paragraph.match(/[\x21-\x7e]+|[\s\S]/gu) ?? []) {
      if (line && widthOf(line + part) > width && !CLOSING.test(part)) {
        lines.push(line.trimEnd())
        line = part.trimStart()
      } else line += part
    }
    lines.push(line.trimEnd())
  }
  return lines
}

const WIDE =
  /[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : 1
  return width
}

/** Spaces up to `width` columns, at least one. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - widthOf(text), 1))
}
