/** What forms say for the values that a declaration holds as codes. */
const WORDS: Readonly<Record<string, string>> = {
  true: '是',
  false: '否',
  national: '国家级',
  provincial: '省级（市级）',
  city: '市级',
  new: '新申报',
  filing: '备案',
  'in-person': '面授',
  remote: '远程',
  hybrid: '线上线下结合',
  medical: '医疗机构',
  teaching: '院校',
  research: '科研机构',
  society: '学会协会',
  other: '其他',
  theory: '理论',
  practice: '实践',
}

/** A value in the words of a form: `in-person` is 面授, `true` 是; whatever has no such word stays as it is. */
export const wordOf = (value: string | number | boolean): string => WORDS[String(value)] ?? String(value)
