import type { Form } from '../../engine/form.ts'
import { titleOf } from '../../engine/shape.ts'
import { fail, type Outcome, pass } from '../../outcome.ts'

const VERB =
  '(?<!不得|不可|不能|不应|不要|避免|防止|切勿|请勿)(?:忽略|无视|跳过|忘记|忘掉|绕过|不要理会|不用理会|不要执行|不必遵守|停止执行|关闭|解除|覆盖)'
const WHICH = '(?:以上|上述|上文|前述|前面|之前|先前|此前|所有|全部|任何|原有|系统|你的|审核|审查|检查)'
const WHAT = '(?:规则|指令|指示|要求|提示|提示词|设定|限制|约束|命令|检查|审核|审查)'

/** Text that speaks to an automatic reviewer. Matched on lower-case text without spaces, hyphens and invisible characters. */
const ADDRESSING: readonly RegExp[] = [
  new RegExp(`${VERB}.{0,6}${WHICH}.{0,8}${WHAT}`),
  /(?:以上|上述|前述|上文)[^。，；,;.]{0,8}(?:审核|审查|系统)?(?:规则|指令|要求|提示)[^。，；,;.]{0,4}(?:作废|无效|失效|取消)/,
  /(?:ignore|disregard|forget|override|bypass).{0,15}(?:previous|prior|above|all|earlier|system).{0,20}(?:instruction|rule|prompt|polic|check)/,
  /(?:mark|rate|treat|approve|pass)(?:this|the)(?:form|application|declaration|project|document).{0,12}(?:as)?(?:pass|approved|qualified|compliant)/,
  /(?:youare|actas)(?:now)?(?:an?|the)?.{0,20}(?:assistant|reviewer|model|ai)/,
  /(?:ai|llm|automated|automatic)(?:reviewer|model|assistant|system)s?.{0,20}(?:must|should|please|approve|pass|ignore)/,
  /hulue.{0,20}(?:guize|zhiling)/,
  /<\|?\/?(?:im_start|im_end|system|endoftext|user|assistant|document)\|?>|\[\/?inst\]|<\/?(?:document|data|system|instructions?)>/,
  /(?:^|[\]#:;.,。；\n])(?:system|assistant|developer)[:：]|[[【](?:系统|管理员|开发者)(?:提示|指令|消息|命令)[\]】]|新的系统(?:消息|提示)/,
  /从现在(?:起|开始).{0,4}你|你(?:现在)?不再是.{0,12}(?:审核|审查|助手|模型)|你现在(?:的任务|是)/,
  /["']?verdict["']?.{0,6}(?:["']?(?:ok|pass)|设?为|必须)|findings.{0,6}(?:为空|\[\])|confidence.{0,6}(?:设为|high)/,
  /(?:如果你是|致|请)?(?:ai|人工智能|大模型|语言模型|审核程序|审核系统|审查系统|自动审查)(?:审核|审查)?.{0,6}(?:请(?!教)|注意|无需|不得|直接|务必|应当|停止)/,
  /(?:系统)?提示词.{0,8}(?:输出|打印|泄露|显示)|(?:输出|打印|泄露|显示|列出).{0,10}(?:系统提示|提示词|其他单位)|!\[[^\]]*\]\(https?:/,
  /调用.{0,12}(?:工具|函数|命令)|delete_file/,
  /(?:base64|解码).{0,12}(?:执行|运行)/,
]

/** Weaker signs: phrases that also occur in honest text, reported as a hint only. */
const PLEADING: readonly RegExp[] = [
  /(?:直接|务必|请直接|请务必)(?:判定|判为|视为|认定|标记|放行|通过)|(?:判定|标记)(?:为)?(?:通过|合格)(?:即可|。|，|$)|打满分/,
  /(?:免于|无需|不必)(?:形式)?(?:审核|审查)|审核时(?:按|以).{0,12}理解|通融/,
]

const TURNED = /[\u202d\u202e]/u
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/u

/**
 * Nothing in the declaration or elsewhere in the document addresses an automatic reviewer, and no value hides characters.
 * Text made to be unseen is a hint whatever it says. All values are looked through as one first, because nearly every form is clean; where that matches, each by itself.
 */
export function addressesNoReviewer(form: Form): Outcome {
  const words: string[] = []
  collectWords(form.declaration, words)
  const whole = words.join('。')
  const folded = foldWhole(whole)
  const isTurned = TURNED.test(whole)
  const suspects = (patterns: readonly RegExp[]) =>
    isTurned || firstMatch(folded, patterns) ? textsOf(form.declaration, '') : []
  for (const { path, text } of suspects(ADDRESSING)) {
    const quote = quoteOf(text, ADDRESSING)
    if (quote) return fail({ quote, field: titleOf(path) }, [path], { confidence: 1 })
  }
  for (const { text, hidden, page } of form.elsewhere) {
    const quote = quoteOf(text, ADDRESSING)
    if (quote) return fail({ quote, field: placeOf(hidden, page) }, [], { confidence: 1 })
  }
  const hiding = INVISIBLE.test(whole)
    ? textsOf(form.declaration, '').find(({ text }) => INVISIBLE.test(text))
    : undefined
  if (hiding)
    return fail({ quote: '', field: titleOf(hiding.path) }, [hiding.path], { variant: 'invisible', confidence: 1 })
  for (const { path, text } of suspects(PLEADING)) {
    const quote = quoteOf(text, PLEADING)
    if (quote) return fail({ quote, field: titleOf(path) }, [path], { severity: 'info', confidence: 1 })
  }
  for (const { text, hidden, page } of form.elsewhere.filter((each) => each.hidden)) {
    const quote = quoteOf(text, PLEADING)
    if (quote) return fail({ quote, field: placeOf(hidden, page) }, [], { severity: 'info', confidence: 1 })
  }
  const concealed = form.elsewhere.find((each) => each.concealed && isSentence(each.text))
  if (concealed) {
    const facts = { quote: concealed.text.slice(0, 40), field: placeOf(true, concealed.page) }
    return fail(facts, [], { variant: 'hidden', severity: 'info', confidence: 1 })
  }
  return pass({ quote: '', field: '' }, [], { confidence: 1 })
}

const placeOf = (hidden: boolean, page?: number): string =>
  `${hidden ? '不可见文字' : '栏外文字'}${page === undefined ? '' : `（第 ${page} 页）`}`

/** Four Chinese characters or a few words: not a page number or stray characters that a word processor left behind. */
const isSentence = (text: string): boolean =>
  3 * (text.match(/\p{Script=Han}/gu) ?? []).length + (text.match(/\p{Script=Latin}/gu) ?? []).length >= 12

/** The words that matched, as they stand on the form, at most 40 characters; where marks turn the direction, the text is also read backwards. */
function quoteOf(text: string, patterns: readonly RegExp[]): string | null {
  const isTurned = TURNED.test(text)
  if (!isTurned && !firstMatch(foldWhole(text), patterns)) return null
  const kept = fold(text)
  const readings = isTurned ? [kept, kept.toReversed()] : [kept]
  for (const reading of readings) {
    const match = firstMatch(reading.map(({ folded }) => folded).join(''), patterns)
    if (!match) continue
    const places = reading.slice(match.from, match.until).map(({ at }) => at)
    return text.slice(Math.min(...places), Math.max(...places) + 1).slice(0, 40)
  }
  return null
}

function firstMatch(text: string, patterns: readonly RegExp[]): { from: number; until: number } | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text)
    if (match) return { from: match.index, until: match.index + match[0].length }
  }
  return null
}

/** Lower-case simplified text without spaces, hyphens and invisible characters; each unit with its place in the original. */
function fold(text: string): { folded: string; at: number }[] {
  return [...text.matchAll(/./gsu)].flatMap(({ 0: character, index: at }) => {
    if (IGNORED.test(character)) return []
    const plain = character.normalize('NFKC').toLowerCase()
    return [...(SIMPLIFIED[plain] ?? plain)].flatMap((folded) => folded.split('').map((unit) => ({ folded: unit, at })))
  })
}

/** As `fold` without the places, because nearly every text matches nothing. */
function foldWhole(text: string): string {
  const plain = text.replace(ALL_IGNORED, '').normalize('NFKC').toLowerCase()
  return plain.replace(TRADITIONAL, (character) => SIMPLIFIED[character] ?? character)
}

const IGNORED = /[ \t\u00a0\u3000·_*\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff-]/u

const SIMPLIFIED: Readonly<Record<string, string>> = {
  無: '无',
  視: '视',
  規: '规',
  則: '则',
  項: '项',
  為: '为',
  應: '应',
  務: '务',
  請: '请',
  審: '审',
  輸: '输',
  頁: '页',
  動: '动',
  統: '统',
}

const ALL_IGNORED = new RegExp(IGNORED.source, 'gu')
const TRADITIONAL = new RegExp(`[${Object.keys(SIMPLIFIED).join('')}]`, 'g')

/** As `textsOf` without the paths. */
function collectWords(value: unknown, words: string[]): void {
  if (typeof value === 'string') words.push(value)
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) collectWords(inner, words)
}

function textsOf(value: unknown, path: string): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((item, at) => textsOf(item, `${path}[${at}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, path ? `${path}.${key}` : key))
}
