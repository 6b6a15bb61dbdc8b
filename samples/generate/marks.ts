import { seeded } from './random.ts'

/** A round red seal of about 42 mm with a star and the unit's name on an arc, as SVG. */
export function sealSvg(name: string, size = 160): string {
  const characters = [...name]
  const angle = Math.min(280, 24 * characters.length)
  const font = Math.min(17, 330 / (characters.length * 1.25))
  const letters = characters.map((character, index) => {
    const at = -angle / 2 + (angle * (index + 0.5)) / characters.length
    return `<text transform="rotate(${at.toFixed(2)} 80 80)" x="80" y="24" text-anchor="middle" dominant-baseline="middle" font-size="${font.toFixed(1)}" textLength="${(font * 0.92).toFixed(1)}">${character}</text>`
  })
  const star = Array.from({ length: 10 }, (_, index) => {
    const radius = index % 2 === 0 ? 22 : 8.6
    const turn = (index * Math.PI) / 5 - Math.PI / 2
    return `${(80 + radius * Math.cos(turn)).toFixed(1)},${(80 + radius * Math.sin(turn)).toFixed(1)}`
  }).join(' ')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 160 160"><g fill="#d8262c" font-family="AR PL SungtiL GB, Noto Serif CJK SC" font-weight="700"><circle cx="80" cy="80" r="75" fill="none" stroke="#d8262c" stroke-width="4.5"/><polygon points="${star}"/>${letters.join('')}</g></svg>`
}

/** Pen strokes in the rhythm of a written name: two or three characters of slanted strokes. `hand`: whose, each name's own. */
export function signatureSvg(name: string, ink: string, height = 44, hand = name): string {
  const random = seeded(`signature ${hand}`)
  const count = [...name].length
  const strokes: string[] = []
  for (let character = 0; character < count; character++) {
    const left = 4 + character * 30
    const number = Math.round(random.between(4, 7))
    let [x, y] = [left + random.between(2, 8), random.between(6, 14)]
    for (let stroke = 0; stroke < number; stroke++) {
      const flat = random.next() < 0.5
      const [dx, dy] = flat
        ? [random.between(10, 24), random.between(-6, 3)]
        : [random.between(-9, 6), random.between(9, 24)]
      const bend = random.between(-6, 6)
      strokes.push(
        `<path d="M${x.toFixed(1)} ${y.toFixed(1)} q ${(dx / 2 + bend).toFixed(1)} ${(dy / 2 - bend).toFixed(1)} ${dx.toFixed(1)} ${dy.toFixed(1)}" stroke-width="${random.between(1.1, 2.3).toFixed(1)}"/>`,
      )
      x = left + random.between(1, 22)
      y = random.between(4, 30)
    }
  }
  const width = 10 + count * 30
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} 44"><g fill="none" stroke="${ink}" stroke-linecap="round" transform="rotate(-4 ${width / 2} 22)">${strokes.join('')}</g></svg>`
}
