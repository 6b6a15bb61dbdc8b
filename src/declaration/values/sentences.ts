/**
 * Characters that copies take for their look-alikes, where the words around them leave no doubt. What is excluded are words that
 * begin with the misread form: 近年来白血病, 讲授子宫内膜, 该项日常工作.
 */
const SLIPS: [pattern: RegExp, right: string][] = [
  [/(?<=来)白(?![血细蛋内斑癜质念色带喉大介三天求])/g, '自'],
  [/(?<=[项题])[日曰](?![常均程间])|(?<=[本该]项)H(?=\p{Script=Han})/gu, '目'],
  [/(?<=授)[子了](?=学分|与|$|[，。、；])/g, '予'],
  [/(?<=自)[H曰口目](?=常工作)/g, '日'],
  [/(?<=同意)[中甲由](?=报)/g, '申'],
  [/[问间](?=意(?:申报|推荐|上报))/g, '同'],
  [/(?<=[博硕])[上土七十](?=研究生|学位|后|$)/g, '士'],
  [/(?<=[二三四五六七八九])[上土士1l](?=[余多年]|分[合及]格)/g, '十'],
  [
    /(?<=分之[二三四五六七八九])[上土士](?=[一二三四五六七八九])|(?<=[二三四五六七八九])」(?=[一二三四五六七八九])/g,
    '十',
  ],
  [/(?<=[二三四五六七八九])[.．]?上(?=[座名人项篇个家位])/g, '十'],
  [/(?<=[一二三四五六七八九百])「|「(?=[一二三四五六七八九])/g, '十'],
  // 一 is a stroke.
  [/(?<=第)[·•・.．_＿—–\-~丶](?=人民|附属|临床|中心|中医|医院)/g, '一'],
  [/(?<=这)[·_＿—–\-~](?=\p{Script=Han})/gu, '一'],
  [/(?<=第一)[·_＿—–\-~](?=作者)/g, ''],
  [/(?<=每)华(?=[一二三四五六七八九十\d])/g, '年'],
  [/(?<=分之)儿(?=十)/g, '九'],
  [/(?<![尽效])忠(?=者)/g, '患'],
  [/(?<=常)川(?=方法|技术|药)/g, '用'],
  [/(?<=[参主]编专)落/g, '著'],
  [/(?<=负)费(?=人)/g, '责'],
  [/(?<=[配排置])台(?=理)/g, '合'],
  [/(?<=可以)道(?=接)/g, '直'],
  [/(?<![新刚已将])上(?=任(?:医|护|药|技)师)/g, '主'],
  [/(?<=[\p{Script=Han}])医完(?=$|[，。、；（）]|[\p{Script=Han}]{2}科|设有)/gu, '医院'],
  // No point stands within a Chinese text.
  [/(?<=\p{Script=Han}{2})[.．](?=\p{Script=Han}{2})/gu, '，'],
]

/** A stop, of which a copy leaves a point or a comma, ends the last sentence; 。 is the only sign that does. */
const END = /(?<=[\p{Script=Han}）)”])[，,：:；;、．.·]$/u
/** What a signature, a seal or a ruling left behind the last sentence. */
const SCRAP = /(?<=[。！？])\s*[^\p{Script=Han}\d。！？”」）]{1,3}$/u
const LEAST = 8

/** A scan's running text with the slips mended that leave no doubt, and the stop at its end. */
export function mendSentences(text: string): string {
  const words = mendSlips(text).replace(SCRAP, '')
  return words.length < LEAST ? words : words.replace(END, '。')
}

/** A scan's words with the slips mended that leave no doubt. */
export const mendSlips = (text: string): string =>
  SLIPS.reduce((mended, [pattern, right]) => mended.replace(pattern, right), text)
