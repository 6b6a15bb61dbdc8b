/** Characters that recognition takes for one another on poor copies; each pair both ways. */
const ALIKE =
  '日目 日曰 日口 日H 目H 目月 目自 目且 自白 工上 工土 工汇 士土 士上 士十 申中 申甲 申由 时附 时对 时吋 于丁 于千 于干 予子 了子 授投 未末 末木 人入 问间 同问 问同 住任 任仕 职识 识织 课谋 讲进 学字 位伩 历厉 历万 科料 话活 系糸 编偏 邮由 箱相 意竞 见贝 主王 王玉'.split(
    ' ',
  )

const twins = new Map<string, string[]>()
for (const [one = '', other = ''] of ALIKE) {
  twins.set(one, [...(twins.get(one) ?? []), other])
  twins.set(other, [...(twins.get(other) ?? []), one])
}

/** What a text may have been before one of its characters was misread, likely ones only. */
export function misreadFrom(text: string): string[] {
  const found: string[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    for (const twin of twins.get(character) ?? twins.get(character.toUpperCase()) ?? [])
      found.push(text.slice(0, at) + twin + text.slice(at + 1))
  }
  return found
}
