import { attribute, child, elements, isOn, type Xml } from './xml.ts'

/** What decides whether a run is seen, and how. Absent means not said here. Sizes are points, colours hex or `auto`. */
export type Look = {
  vanish?: boolean
  color?: string
  /** The colour behind the characters; `null` where there is one that cannot be told (a pattern, a theme). */
  background?: string | null
  size?: number
  /** Horizontal scale of the characters in percent. */
  scale?: number
  underlined?: boolean
  font?: string
  style?: string
}

export type Styles = {
  /** Of a run: document defaults, the paragraph's style, the run's style, the run itself, later ones winning. */
  run(properties: Xml | undefined, paragraphStyle: string | undefined): Look
  paragraph(style: string | undefined): { background?: string | null; pageBreakBefore: boolean }
  /** A table style that shades some cells: there white text may well be visible. */
  shadesCells(tableStyle: string | undefined): boolean
  /** The style's name in the user interface, lower case. */
  nameOf(style: string | undefined): string
}

export function readStyles(root: Xml | null): Styles {
  const styles = new Map<string, Xml>()
  let defaultParagraph: string | undefined
  for (const element of root ? elements(root) : []) {
    if (element.name !== 'w:style') continue
    const id = attribute(element, 'styleId') ?? ''
    styles.set(id, element)
    if (attribute(element, 'type') === 'paragraph' && ['1', 'true', 'on'].includes(attribute(element, 'default') ?? ''))
      defaultParagraph = id
  }
  const defaults = lookOf(child(child(child(root ?? undefined, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr'))
  const cached = new Map<string, Look>()

  /** From the most basic style to the named one; a circle ends at its first repetition. */
  const lineage = (id: string | undefined): Xml[] => {
    const line: Xml[] = []
    for (let style = styles.get(id ?? ''); style && !line.includes(style); ) {
      line.unshift(style)
      style = styles.get(attribute(child(style, 'w:basedOn'), 'val') ?? '')
    }
    return line
  }
  const styleLook = (id: string | undefined): Look => {
    if (id === undefined) return {}
    const known = cached.get(id)
    if (known) return known
    const look = Object.assign({}, ...lineage(id).map((style) => lookOf(child(style, 'w:rPr'))))
    cached.set(id, look)
    return look
  }

  return {
    run(properties, paragraphStyle) {
      const own = lookOf(properties)
      return { ...defaults, ...styleLook(paragraphStyle ?? defaultParagraph), ...styleLook(own.style), ...own }
    },
    paragraph(id) {
      const line = lineage(id ?? defaultParagraph).map((style) => child(style, 'w:pPr'))
      const background = line.map((pPr) => shadeOf(child(pPr, 'w:shd'))).findLast((shade) => shade !== undefined)
      const pageBreakBefore = line
        .map((pPr) => isOn(child(pPr, 'w:pageBreakBefore')))
        .findLast((on) => on !== undefined)
      return { ...(background !== undefined ? { background } : {}), pageBreakBefore: pageBreakBefore ?? false }
    },
    shadesCells(id) {
      return lineage(id).some(hasShade)
    },
    nameOf(id) {
      return (attribute(child(styles.get(id ?? ''), 'w:name'), 'val') ?? '').toLowerCase()
    },
  }
}

/** The fill of a `w:shd`: hex, `null` for a pattern or a theme colour alone, `undefined` for none. */
export function shadeOf(shade: Xml | undefined): string | null | undefined {
  if (!shade) return undefined
  const pattern = attribute(shade, 'val') ?? 'clear'
  if (pattern !== 'clear' && pattern !== 'nil') return null
  const fill = attribute(shade, 'fill') ?? 'auto'
  if (fill !== 'auto') return fill
  return shade.attributes.has('themeFill') ? null : undefined
}

function lookOf(properties: Xml | undefined): Look {
  if (!properties) return {}
  const look: Look = {}
  const value = (name: string) => attribute(child(properties, name), 'val')
  const vanish = isOn(child(properties, 'w:vanish'))
  if (vanish !== undefined) look.vanish = vanish
  const color = value('w:color')
  if (color !== undefined) look.color = color
  const size = Number(value('w:sz') ?? Number.NaN) / 2
  if (Number.isFinite(size)) look.size = size
  const scale = Number.parseFloat(value('w:w') ?? '')
  if (Number.isFinite(scale)) look.scale = scale
  const underline = child(properties, 'w:u')
  if (underline) look.underlined = attribute(underline, 'val') !== 'none'
  const highlight = value('w:highlight')
  const shade =
    highlight && highlight !== 'none' ? (HIGHLIGHTS[highlight] ?? null) : shadeOf(child(properties, 'w:shd'))
  if (shade !== undefined) look.background = shade
  const fonts = child(properties, 'w:rFonts')
  const font = attribute(fonts, 'ascii') ?? attribute(fonts, 'hAnsi')
  if (font !== undefined) look.font = font
  const style = value('w:rStyle')
  if (style !== undefined) look.style = style
  return look
}

function hasShade(element: Xml): boolean {
  return elements(element).some((part) => (part.name === 'w:shd' ? shadeOf(part) !== undefined : hasShade(part)))
}

/** ECMA-376 part 1, 17.18.40. */
const HIGHLIGHTS: Readonly<Record<string, string>> = {
  black: '000000',
  blue: '0000FF',
  cyan: '00FFFF',
  green: '00FF00',
  magenta: 'FF00FF',
  red: 'FF0000',
  yellow: 'FFFF00',
  white: 'FFFFFF',
  darkBlue: '000080',
  darkCyan: '008080',
  darkGreen: '008000',
  darkMagenta: '800080',
  darkRed: '800000',
  darkYellow: '808000',
  darkGray: '808080',
  lightGray: 'C0C0C0',
}
