import type { Box } from '../model.ts'
import { characterOf } from './characters.ts'
import type { Content, Shape } from './content.ts'
import type { Pdfjs } from './library.ts'
import { around, concat, intersect, isNumbers, type Matrix, matrixOf, transformBox } from './matrix.ts'
import { subPathsOf } from './path.ts'
import { showText } from './show-text.ts'
import { type Font, initialState, type State } from './state.ts'

/** What an operator list needs from its page and document. */
export type Surroundings = {
  OPS: Pdfjs['OPS']
  /** From PDF user space to points as seen on the page. */
  view: Matrix
  page: Box
  fontOf(id: string): Font | null
  /** Whether an optional content group is shown. */
  isShown(group: unknown): boolean
  /** Annotations that are read from their values, not from what they draw. */
  skipped: Set<unknown>
}

/** Fewest corner points of a filled curved sub-path that counts as a drawn letter. */
const OUTLINE_POINTS = 4
const NOWHERE: Box = { x: 0, y: 0, width: -1, height: -1 }

/** Runs a page's drawing operators and keeps where text, lines, areas and pictures come to stand. */
export function interpret(operators: ArrayLike<number>, args: ArrayLike<unknown>, surroundings: Surroundings): Content {
  const { OPS, view, page, fontOf, isShown, skipped } = surroundings
  const content: Content = { glyphs: [], shapes: [], images: [], outlines: 0 }
  let state = initialState(view, page)
  const stack: State[] = []
  const shown: boolean[] = []
  const save = () => {
    stack.push(state)
    state = { ...state }
  }
  const restore = () => {
    state = stack.pop() ?? state
  }
  let clipsNext = false
  let maskDepth = 0
  const groups: boolean[] = []
  const isOff = () => maskDepth > 0 || shown.includes(false)

  const moveText = (x: number, y: number) => {
    state.lineX += x
    state.lineY += y
    state.x = state.lineX
    state.y = state.lineY
  }
  const setFont = (id: unknown, size: unknown) => {
    state.font = typeof id === 'string' ? fontOf(id) : null
    state.fontSize = typeof size === 'number' ? size : 0
  }
  const placeImage = (matrix: Matrix, id: string | null, opaque: boolean, order: number) => {
    const box = intersect(transformBox(matrix, 0, 0, 1, 1), intersect(state.clip, page) ?? NOWHERE)
    if (box && !isOff() && state.fillAlpha > 0.02) content.images.push({ box, matrix, id, opaque, order })
  }

  for (let i = 0; i < operators.length; i++) {
    const given = args[i]
    const arg = Array.isArray(given) ? given : []
    switch (operators[i]) {
      case OPS.save:
        save()
        break
      case OPS.restore:
        restore()
        break
      case OPS.transform: {
        const m = matrixOf(arg)
        if (m) state.ctm = concat(state.ctm, m)
        break
      }
      case OPS.paintFormXObjectBegin: {
        save()
        const m = matrixOf(arg[0])
        if (m) state.ctm = concat(state.ctm, m)
        const bbox = arg[1]
        if (isNumbers(bbox) && bbox.length === 4) {
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = bbox
          state.clip = intersect(state.clip, transformBox(state.ctm, x1, y1, x2, y2)) ?? NOWHERE
        }
        break
      }
      case OPS.paintFormXObjectEnd:
        restore()
        break
      case OPS.beginGroup: {
        save()
        const isMask = typeof arg[0] === 'object' && arg[0] !== null && 'smask' in arg[0] && Boolean(arg[0].smask)
        groups.push(isMask)
        if (isMask) maskDepth++
        break
      }
      case OPS.endGroup:
        restore()
        if (groups.pop()) maskDepth--
        break
      case OPS.beginAnnotation: {
        save()
        state = initialState(view, page)
        shown.push(!skipped.has(arg[0]))
        for (const m of [matrixOf(arg[2]), matrixOf(arg[3])]) if (m) state.ctm = concat(state.ctm, m)
        break
      }
      case OPS.endAnnotation:
        restore()
        shown.pop()
        break

      case OPS.setLineWidth:
        state.lineWidth = numberOf(arg[0])
        break
      case OPS.setGState:
        for (const [key, value] of entriesOf(arg[0])) {
          if (key === 'CA') state.strokeAlpha = numberOf(value)
          else if (key === 'ca') state.fillAlpha = numberOf(value)
          else if (key === 'LW') state.lineWidth = numberOf(value)
          else if (key === 'BM') state.blends = value !== 'source-over'
          else if (key === 'Font' && Array.isArray(value)) setFont(value[0], value[1])
        }
        break
      case OPS.setFillRGBColor:
        state.fill = colourOf(arg[0])
        break
      case OPS.setStrokeRGBColor:
        state.stroke = colourOf(arg[0])
        break
      case OPS.setFillColorN:
      case OPS.setFillTransparent:
        state.fill = null
        break
      case OPS.setStrokeColorN:
      case OPS.setStrokeTransparent:
        state.stroke = null
        break

      case OPS.clip:
      case OPS.eoClip:
        clipsNext = true
        break
      case OPS.constructPath: {
        const subPaths = subPathsOf(Array.isArray(arg[1]) ? arg[1][0] : null, state.ctm)
        const paint = paintOf(OPS, numberOf(arg[0]))
        if (paint && !isOff()) {
          for (const { points, curved, closed } of subPaths) {
            if (curved && paint !== 'stroke' && points.length >= OUTLINE_POINTS) content.outlines++
            const shape = shapeOf(state, points, curved, closed, paint, i)
            if (shape) content.shapes.push(shape)
          }
        }
        if (clipsNext) {
          const area = subPaths.length > 0 ? around(subPaths.flatMap((path) => path.points)) : NOWHERE
          state.clip = intersect(state.clip, area) ?? NOWHERE
          clipsNext = false
        }
        break
      }

      case OPS.beginText:
        state.textMatrix = [1, 0, 0, 1, 0, 0]
        state.x = state.lineX = state.y = state.lineY = 0
        break
      case OPS.setCharSpacing:
        state.charSpacing = numberOf(arg[0])
        break
      case OPS.setWordSpacing:
        state.wordSpacing = numberOf(arg[0])
        break
      case OPS.setHScale:
        state.horizontalScale = numberOf(arg[0]) / 100
        break
      case OPS.setLeading:
        state.leading = -numberOf(arg[0])
        break
      case OPS.setTextRise:
        state.rise = numberOf(arg[0])
        break
      case OPS.setTextRenderingMode:
        state.mode = numberOf(arg[0])
        break
      case OPS.setFont:
        setFont(arg[0], arg[1])
        break
      case OPS.moveText:
        moveText(numberOf(arg[0]), numberOf(arg[1]))
        break
      case OPS.setLeadingMoveText:
        state.leading = numberOf(arg[1])
        moveText(numberOf(arg[0]), numberOf(arg[1]))
        break
      case OPS.setTextMatrix:
        state.textMatrix = matrixOf(arg[0]) ?? matrixOf(arg) ?? state.textMatrix
        state.x = state.lineX = state.y = state.lineY = 0
        break
      case OPS.nextLine:
        moveText(0, state.leading)
        break
      case OPS.showText:
      case OPS.showSpacedText:
        for (const glyph of showText(state, arg[0], page, isOff(), i, characterOf)) content.glyphs.push(glyph)
        break

      case OPS.beginMarkedContentProps:
        shown.push(arg[0] !== 'OC' || isShown(arg[1]))
        break
      case OPS.beginMarkedContent:
        shown.push(true)
        break
      case OPS.endMarkedContent:
        shown.pop()
        break

      case OPS.paintImageXObject:
        placeImage(state.ctm, typeof arg[0] === 'string' ? arg[0] : null, isOpaque(state), i)
        break
      case OPS.paintInlineImageXObject:
      case OPS.paintImageMaskXObject:
      case OPS.paintSolidColorImageMask:
        placeImage(state.ctm, null, false, i)
        break
      case OPS.paintImageXObjectRepeat:
        for (const m of repeated(numberOf(arg[1]), 0, 0, numberOf(arg[2]), arg[3])) {
          placeImage(concat(state.ctm, m), typeof arg[0] === 'string' ? arg[0] : null, isOpaque(state), i)
        }
        break
      case OPS.paintImageMaskXObjectRepeat:
        for (const m of repeated(numberOf(arg[1]), numberOf(arg[2]), numberOf(arg[3]), numberOf(arg[4]), arg[5])) {
          placeImage(concat(state.ctm, m), null, false, i)
        }
        break
      case OPS.paintInlineImageXObjectGroup:
      case OPS.paintImageMaskXObjectGroup: {
        const placed = operators[i] === OPS.paintInlineImageXObjectGroup ? arg[1] : arg[0]
        for (const item of Array.isArray(placed) ? placed : []) {
          const m = typeof item === 'object' && item !== null ? matrixOf(item.transform) : null
          if (m) placeImage(concat(state.ctm, m), null, false, i)
        }
        break
      }
    }
  }
  return content
}

function shapeOf(
  state: State,
  points: Shape['points'],
  curved: boolean,
  closed: boolean,
  paint: Shape['paint'],
  order: number,
): Shape | null {
  const alpha = paint === 'stroke' ? state.strokeAlpha : state.fillAlpha
  if (alpha < 0.02) return null
  const box = around(points)
  const seen = intersect(box, {
    ...state.clip,
    x: state.clip.x - 1,
    y: state.clip.y - 1,
    width: state.clip.width + 2,
    height: state.clip.height + 2,
  })
  if (!seen) return null
  const scale = Math.sqrt(Math.abs(state.ctm[0] * state.ctm[3] - state.ctm[1] * state.ctm[2]))
  const isCut = seen.width < box.width - 0.5 || seen.height < box.height - 0.5
  return {
    box: seen,
    points: isCut
      ? points.map(([x, y]) => [clamp(x, seen.x, seen.width), clamp(y, seen.y, seen.height)] as const)
      : points,
    curved,
    closed: closed || samePlace(points),
    paint,
    colour: paint === 'stroke' ? state.stroke : state.fill,
    lineWidth: state.lineWidth * scale,
    path: order,
    opaque: alpha > 0.9 && !state.blends,
    order,
  }
}

function clamp(value: number, from: number, length: number): number {
  return Math.min(Math.max(value, from), from + length)
}

function samePlace(points: Shape['points']): boolean {
  const first = points[0]
  const last = points.at(-1)
  return points.length > 3 && !!first && !!last && Math.hypot(first[0] - last[0], first[1] - last[1]) < 0.1
}

function paintOf(OPS: Pdfjs['OPS'], fn: number): Shape['paint'] | null {
  switch (fn) {
    case OPS.stroke:
    case OPS.closeStroke:
      return 'stroke'
    case OPS.fill:
    case OPS.eoFill:
      return 'fill'
    case OPS.fillStroke:
    case OPS.eoFillStroke:
    case OPS.closeFillStroke:
    case OPS.closeEOFillStroke:
      return 'both'
    default:
      return null
  }
}

function repeated(a: number, b: number, c: number, d: number, positions: unknown): Matrix[] {
  if (!isNumbers(positions)) return []
  const result: Matrix[] = []
  for (let i = 0; i + 1 < positions.length; i += 2) result.push([a, b, c, d, positions[i] ?? 0, positions[i + 1] ?? 0])
  return result
}

function isOpaque(state: State): boolean {
  return state.fillAlpha > 0.9 && !state.blends
}

function entriesOf(value: unknown): [unknown, unknown][] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry): [unknown, unknown][] => (Array.isArray(entry) ? [[entry[0], entry[1]]] : []))
}

function colourOf(value: unknown): string | null {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value : null
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
