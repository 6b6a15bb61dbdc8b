import { foldText } from '../text/fold.ts'

/** What forms print where a value is to be written. Matched against the folded text without rules and end punctuation. */
const PROMPTS = [
  /^(?:\d{2,4})?年(?:月)?(?:日)?$/,
  /^月日$/,
  /^\(?(?:请)?(?:单位|部门|委员会|负责人|本人|项目负责人|手写|主管领导|领导|专家|评议专家|评议人|申报单位|申办单位|主办单位|推荐单位)?(?:负责人|领导)?\(?(?:签字|签名|盖章|公章|签章|加盖公章|盖公章|章|印章|签字盖章|签字或盖章|签字\/盖章|签字、盖章|签字\(盖章\)|签名\(盖章\)|签字(?:并|和|及)盖章)\)?[:]?(?:处)?\)?$/,
  /^\((?:不少于|不超过|限|约|至少|请|如|可|建议|注|说明|指|填|主要).*\)$/,
  /^(?:请|点击|单击)(?:在此|此处|填写|输入|选择|注明|说明).{0,40}$/,
  /^(?:不少于|不超过|限|至少)\d+(?:-\d+)?个?字(?:以内|左右)?$/,
  /^\(?(?:人|名|元|元\/人|元每人|小时|学时|分|学分|天|%|期|次|岁|周岁|人次|人\/期|人以内)\)?$/,
  /^(?:可另附页|可加页|另附页|可附页|此栏可加页|可续页|本页可复制|如不够可另附页)$/,
  /^(?:至|-|到|\/|\\|无此项)$/,
]

const RULES = /[_.…·―]{2,}|_/g

/** Whether a text is only what the form itself prints: prompts, units, rules, an empty date, places to sign. */
export function isTemplate(text: string): boolean {
  const folded = foldText(text)
    .replace(RULES, '')
    .replace(/[☐☑]/g, '')
    .replace(/^[:,;。、]+|[:,;。、]+$/g, '')
  if (folded === '') return true
  return (
    PROMPTS.some((pattern) => pattern.test(folded)) ||
    /^(?:(?:\(?(?:签字|签名|盖章|公章|签章|章)\)?[:]?)|年月日)+$/.test(folded)
  )
}

/** Closing words of a value that only say where to sign or seal. */
export const withoutSealWords = (text: string): string =>
  text
    .replace(/[（(]\s*(?:请)?(?:加)?(?:盖\s*章|盖\s*公\s*章|公\s*章|签\s*字|签\s*名|签\s*章)[^（）()]{0,6}[)）]/g, '')
    .trim()

/** Prompts that may stand before or behind long text in the same cell. */
const LEADING = [
  /^[（(](?:不少于|不超过|限|请|主要|应|可|建议|约|字数|指|至少|包括|如|说明|填写)[^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)*[)）]\s*[。：:，,]?/,
  /^(?:请)?(?:不少于|不超过|限|至少)\s*\d+(?:\s*[-—~至]\s*\d+)?\s*个?字(?:以内|左右)?[。：:，,；;]?/,
  /^建议(?:理由)?应?(?:包含|包括|含)[^。\n]{0,40}[。\n]/,
  /^(?:推荐理由|评议意见|推荐意见|评审意见)\s*(?:[（(][^（）()]*[)）])?\s*[。：:]?\s*/,
  // A bracket may close what the label opened.
  /^[：:；;。，,、）)】\s]+/,
]

const TRAILING = /[（(](?:可另附页|可加页|另附页|此处?可加页|不少于\s*\d+\s*字)[)）]\s*$/

/** Where the real text begins behind the form's own prompts. */
export function skipPrompts(text: string): number {
  let start = 0
  for (let again = true; again; ) {
    again = false
    for (const pattern of LEADING) {
      const found = pattern.exec(text.slice(start))
      if (found && found[0].length > 0) {
        start += found[0].length
        again = true
      }
    }
  }
  return start
}

export const withoutTrailingPrompt = (text: string): string => text.replace(TRAILING, '').trimEnd()
