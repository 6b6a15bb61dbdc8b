import { chooseAlternative } from './alternatives.ts'
import type { Context, Scope, TextBox } from './context.ts'
import { isDrawingOffPage } from './off-page.ts'
import { attribute, characters, child, descendant, elements, type Xml } from './xml.ts'

const EMU_PER_POINT = 12_700
/** Pictures smaller than this (points, about 4 mm) are bullets and icons. */
const ICON = 12

/**
 * Reads a `w:drawing`, `w:pict` or `w:object`: text boxes into `boxes`, pictures and alternative text into the context, text of
 * word art and diagrams through `put`.
 */
export function readDrawing(
  drawing: Xml,
  context: Context,
  scope: Scope,
  boxes: TextBox[],
  put: (text: string) => void,
): void {
  const size = { width: 0, height: 0 }
  const place: Scope = isDrawingOffPage(drawing) ? { ...scope, offPage: true } : scope
  const visit = (element: Xml): void => {
    if (element.name === 'w:txbxContent') {
      boxes.push({ content: element, scope: isFilled(drawing) ? { ...place, behind: null } : place })
    } else if (element.name === 'mc:AlternateContent') {
      const chosen = chooseAlternative(element, context)
      if (chosen) visit(chosen)
    } else if (element.name === 'v:textpath') put(attribute(element, 'string') ?? '')
    else if (element.name === 'a:t') put(characters(element))
    else {
      if (element.name === 'wp:extent') {
        size.width = Number(attribute(element, 'cx')) / EMU_PER_POINT
        size.height = Number(attribute(element, 'cy')) / EMU_PER_POINT
      }
      if (element.name === 'v:shape') Object.assign(size, sizeOfStyle(attribute(element, 'style') ?? ''))
      if (element.name === 'wp:docPr') hideAlternativeText(element, context)
      if (element.name === 'a:blip') addPicture(attribute(element, 'r:embed'), size, context)
      if (element.name === 'v:imagedata') addPicture(attribute(element, 'r:id'), size, context)
      for (const part of elements(element)) visit(part)
    }
  }
  visit(drawing)
}

function hideAlternativeText(properties: Xml, context: Context): void {
  for (const text of [attribute(properties, 'descr'), attribute(properties, 'title')]) {
    if (text?.trim()) context.hide(text.trim(), 'property')
  }
}

function addPicture(relation: string | undefined, size: { width: number; height: number }, context: Context): void {
  if (!relation || (size.width > 0 && size.width < ICON && size.height < ICON)) return
  context.pages.touch()
  context.picture({ relation, ...size })
}

/** A shape filled with anything but white: white text in it may be visible. */
function isFilled(drawing: Xml): boolean {
  const shape = descendant(drawing, 'wps:spPr')
  if (shape) {
    const fill = elements(shape).find(({ name }) => /^a:(solid|grad|blip|patt|grp)Fill$/.test(name))
    const color = fill && child(fill, 'a:srgbClr')
    return fill !== undefined && attribute(color, 'val')?.toUpperCase() !== 'FFFFFF'
  }
  const vml = descendant(drawing, 'v:shape') ?? descendant(drawing, 'v:rect') ?? descendant(drawing, 'v:roundrect')
  const color = attribute(vml, 'fillcolor')
  return color !== undefined && !/^(white|#fff(fff)?)\b/i.test(color)
}

/** `width:100pt;height:2in` */
function sizeOfStyle(style: string): { width: number; height: number } {
  const points = (property: string) => {
    const [, value, unit] = new RegExp(`(?:^|;)\\s*${property}:\\s*([\\d.]+)(pt|in|cm|mm|px)?`).exec(style) ?? []
    return Number(value ?? 0) * ({ in: 72, cm: 28.35, mm: 2.835, px: 0.75 }[unit ?? ''] ?? 1)
  }
  return { width: points('width'), height: points('height') }
}
