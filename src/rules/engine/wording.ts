import type { Cause } from '../finding.ts'
import type { Language } from './files.ts'

/** Sentences that belong to the engine: what a check cannot say because it never ran. `{{…}}` as in a check's messages. */
type Sentences = Record<'missing' | 'blank' | 'partial' | Exclude<Cause, 'missing'>, string>

export const WORDING: Record<Language, Sentences> = {
  'zh-CN': {
    missing: '未见{{values}}，无法核对“{{title}}”，请人工核对',
    blank: '{{values}}未填写，无法核对“{{title}}”',
    unreadable: '{{values}}有内容但无法识别，请人工核对“{{title}}”',
    partial: '{{values}}可能有未识别出的行，无法核对“{{title}}”，请对照原件人工核对',
    context: '“{{title}}”需要表外信息（{{values}}），本次未提供，未核对',
    'low-confidence': '请人工核对{{values}}：识别把握不足。如识别无误，则：{{finding}}',
    'rule-error': '核对“{{title}}”时规则运行出错，请人工核对',
    'llm-unavailable': '“{{title}}”需要模型判断，本次未运行，请人工核对',
  },
  en: {
    missing: '{{values}} not found on the form: “{{title}}” must be checked by a person',
    blank: '{{values}} left blank: “{{title}}” cannot be checked',
    unreadable: '{{values}} filled in but unreadable: check “{{title}}” by eye',
    partial: 'Rows of {{values}} may not have been recognised: check “{{title}}” against the original',
    context: '“{{title}}” needs data from outside the form ({{values}}), which was not given: not checked',
    'low-confidence': 'Check by eye: {{values}}, read with low confidence. If read correctly: {{finding}}',
    'rule-error': 'The rule “{{title}}” failed to run: check by hand',
    'llm-unavailable': '“{{title}}” needs a model, which was not asked: check by hand',
  },
}

export const JOINER: Record<Language, string> = { 'zh-CN': '、', en: ', ' }
