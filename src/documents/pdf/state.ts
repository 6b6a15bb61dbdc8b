import type { Box } from '../model.ts'
import { IDENTITY, type Matrix } from './matrix.ts'

/** What is used of a font that pdf.js has loaded. */
export type Font = {
  name: string
  vertical: boolean
  isType3: boolean
  matrix: Matrix
  /** Height of the font's bounding box in glyph units, where known. */
  height: number
}

/** The graphics and text state, after PDF 32000-1, 8.4 and 9.3. */
export type State = {
  ctm: Matrix
  clip: Box
  fill: string | null
  stroke: string | null
  fillAlpha: number
  strokeAlpha: number
  lineWidth: number
  blends: boolean
  font: Font | null
  fontSize: number
  charSpacing: number
  wordSpacing: number
  horizontalScale: number
  leading: number
  rise: number
  mode: number
  textMatrix: Matrix
  x: number
  y: number
  lineX: number
  lineY: number
}

export function initialState(view: Matrix, page: Box): State {
  return {
    ctm: view,
    clip: page,
    fill: '#000000',
    stroke: '#000000',
    fillAlpha: 1,
    strokeAlpha: 1,
    lineWidth: 1,
    blends: false,
    font: null,
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    horizontalScale: 1,
    leading: 0,
    rise: 0,
    mode: 0,
    textMatrix: IDENTITY,
    x: 0,
    y: 0,
    lineX: 0,
    lineY: 0,
  }
}
