import type { Box, HiddenText } from '../model.ts'
import type { Matrix, Point } from './matrix.ts'

/** What a page's content stream draws, in points as seen on the page. `order` counts the drawing operators. */
export type Content = {
  glyphs: Glyph[]
  shapes: Shape[]
  images: PlacedImage[]
  /** Sub-paths with curves that were filled: many of them and no text is text drawn as outlines. */
  outlines: number
}

export type Glyph = {
  text: string
  /** The em box: 0.88 above and 0.12 below the base line. */
  box: Box
  /** Start and end on the base line. */
  from: Point
  to: Point
  size: number
  /** Clockwise from left-to-right, in degrees, −180 to 180. */
  angle: number
  /** Extra space that the producer set after each character, in points. */
  spacing: number
  /** Width in em. */
  ems: number
  /** Drawn half transparent. */
  faint: boolean
  /** Fill colour, `#rrggbb`; null for a pattern. */
  colour: string | null
  hidden: HiddenText['reason'] | null
  order: number
}

/** One painted sub-path. Curves are given by their end points. */
export type Shape = {
  box: Box
  points: Point[]
  curved: boolean
  closed: boolean
  paint: 'fill' | 'stroke' | 'both'
  colour: string | null
  lineWidth: number
  /** Sub-paths of one path share it: a ring is two of them. */
  path: number
  opaque: boolean
  order: number
}

/** `matrix` takes the unit square, picture bottom at 0, to the page. */
export type PlacedImage = {
  box: Box
  matrix: Matrix
  /** Name in `page.objs`; null for inline pictures and stencils. */
  id: string | null
  /** Drawn over what is beneath without letting it through. */
  opaque: boolean
  order: number
}
