/** Characters that recognition takes for one another in print; the first of a group is the one that names have. */
const GROUPS =
  words(`晴睛 未末 已己巳 日曰 士土 干千 天夭 戊戌戍 大犬 太犬 人入八 玉王主 贝见 矢失 今令 治冶洽 析拆折 徽微 祥样 辰晨 鸣呜 泸沪 汨汩 宫官 徒徙 荼茶 赢羸
  毫亳 竞竟 沉沈 泠冷 侯候 刀力 午牛 兔免 医区 院皖 瑞端 帅师 洲州 园圆 桔橘 烨晔 凤风`)

function words(text: string): string[][] {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((group) => [...group])
}

/** Characters that stand in nobody's name. */
const NEVER = new Set('肿独睛末巳曰夭犬徙羸亳呜汩戍免候')

const looksLike = (one: string, other: string): boolean =>
  GROUPS.some((group) => group.includes(one) && group.includes(other))

/** A letter of another script inside a Chinese word: a misread character, whichever it was. */
export const isStray = (character: string): boolean => /[\u0370-\u052f\u3040-\u30ff]/.test(character)

/** Whether two texts of one length differ in look-alikes only, in one place or two. */
export function areLookAlikes(one: string, other: string): boolean {
  const [left, right] = [[...one], [...other]]
  if (left.length !== right.length || one === other) return false
  const apart = left.flatMap((character, index) => (character === right[index] ? [] : [index]))
  return (
    apart.length <= 2 &&
    apart.length < left.length &&
    apart.every((index) => {
      const [a, b] = [left[index] ?? '', right[index] ?? '']
      return looksLike(a, b) || isStray(a) || isStray(b)
    })
  )
}

/** How many of a text's characters are such as no name has. */
export const oddIn = (text: string): number =>
  [...text].filter((character) => NEVER.has(character) || isStray(character)).length
