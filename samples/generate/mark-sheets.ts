import { emptiness, signing } from './pen-names.ts'
import type { Random } from './random.ts'

/** A question of a form, and which of its options are ticked. */
export type Question = { path: string; label: string; options: string[]; ticked: number; value: unknown }
/** A place to sign. `how`: with what it is signed, or what lies in it. */
export type Signature = { path: string; signed: boolean; how: string }
export type MarkSheet = {
  html: string
  style: string
  questions: Question[]
  signatures: Signature[]
  dates: Record<string, string>
}

const QUESTIONS: { path: string; labels: string[]; options: [string, unknown][] }[] = [
  {
    path: 'project.kind',
    labels: ['项目性质', '申报类型'],
    options: [
      ['新申报项目', 'new'],
      ['备案项目', 'filing'],
    ],
  },
  {
    path: 'project.contentClass',
    labels: ['项目类别'],
    options: ['基础训练类', '学习提高类', '前沿进展类'].map((word) => [word, word]),
  },
  {
    path: 'project.delivery',
    labels: ['举办方式', '教学形式'],
    options: [
      ['面授', 'in-person'],
      ['远程', 'remote'],
      ['线上线下结合', 'hybrid'],
    ],
  },
  {
    path: 'project.infectiousDisease',
    labels: ['传染病防治知识类项目', '是否为传染病防治知识类项目'],
    options: yesNo(),
  },
  { path: 'project.jingJinJi', labels: ['京津冀互认项目', '是否京津冀互认项目'], options: yesNo() },
  { path: 'project.practical', labels: ['是否为实操训练类项目', '实操训练类项目'], options: yesNo() },
  { path: 'leader.employed', labels: ['是否在职(岗)', '是否在职（岗）'], options: yesNo() },
  { path: 'leader.teaches', labels: ['是否参与项目授课'], options: yesNo() },
  {
    path: 'leader.sex',
    labels: ['性别'],
    options: [
      ['男', '男'],
      ['女', '女'],
    ],
  },
]
const LEVELS: [string, unknown][] = [
  ['国家级', 'national'],
  ['省级', 'provincial'],
]

function yesNo(): [string, unknown][] {
  return [
    ['是', true],
    ['否', false],
  ]
}

/** What an empty and a ticked option's mark look like. */
type Marks = { name: string; empty: string; ticked: (random: Random) => string; bare?: true; colour?: string }

const pen = (random: Random, ink: string, size: number) => {
  const [x, y] = [random.between(0, 0.3), random.between(0.35, 0.6)]
  const down = `M${x} ${y} L${x + random.between(0.15, 0.28)} ${y + random.between(0.25, 0.4)} L${random.between(0.95, 1.25)} ${random.between(-0.25, 0.1)}`
  return `<svg viewBox="0 0 1 1" style="position:absolute;left:0;top:0;width:${size}em;height:${size}em;overflow:visible"><path d="${down}" fill="none" stroke="${ink}" stroke-width="0.09" stroke-linecap="round"/></svg>`
}
const cross = (ink: string) =>
  `<svg viewBox="0 0 1 1" style="position:absolute;left:0;top:0;width:1em;height:1em;overflow:visible"><path d="M.15 .15 L.9 .85 M.88 .12 L.12 .9" fill="none" stroke="${ink}" stroke-width="0.09"/></svg>`
const square = (inner = '', fill = 'none', thick = 0.8) =>
  `<b style="display:inline-block;position:relative;width:.86em;height:.86em;border:${thick}px solid #111;background:${fill};vertical-align:-.08em;box-sizing:border-box">${inner}</b>`
const radio = (inner = '', thick = 0.6) =>
  `<b style="display:inline-block;position:relative;width:.9em;height:.9em;border:${thick}px solid #111;border-radius:50%;vertical-align:-.1em;box-sizing:border-box">${inner}</b>`
const dot = (share: number) =>
  `<i style="position:absolute;left:${50 - share / 2}%;top:${50 - share / 2}%;width:${share}%;height:${share}%;border-radius:50%;background:#111"></i>`
const over = (glyph: string, drawn: string) => `<b style="position:relative;font-weight:400">${glyph}${drawn}</b>`
const fixed = (mark: string) => () => mark

const MARKS: Marks[] = [
  { name: '□☑', empty: '□', ticked: fixed('☑') },
  { name: '☐☑', empty: '☐', ticked: fixed('☑') },
  { name: '□■', empty: '□', ticked: fixed('■') },
  { name: '☐☒', empty: '☐', ticked: fixed('☒') },
  { name: '□√ over', empty: '□', ticked: fixed(over('□', '<i style="position:absolute;left:.05em;top:-.1em">√</i>')) },
  { name: '□ pen blue', empty: '□', ticked: (random) => over('□', pen(random, '#1c3f94', 1)) },
  { name: '□ pen black', empty: '□', ticked: (random) => over('□', pen(random, '#222', 1)) },
  { name: '□ pen cross', empty: '□', ticked: fixed(over('□', cross('#222'))) },
  { name: 'square pen', empty: square(), ticked: (random) => square(pen(random, '#222', 0.9)) },
  { name: 'square filled', empty: square(), ticked: fixed(square('', '#111')) },
  {
    name: 'square thin ✓',
    empty: square('', 'none', 0.5),
    ticked: fixed(square('<i style="position:absolute;left:0;top:-.25em;font-style:normal">✓</i>', 'none', 0.5)),
  },
  { name: '[ ][√]', empty: '[ ]', ticked: fixed('[√]') },
  { name: '[ ][x]', empty: '[ ]', ticked: fixed('[x]') },
  { name: '( )(√)', empty: '( )', ticked: fixed('(√)') },
  { name: '（ ）（√）', empty: '（\u3000）', ticked: fixed('（√）') },
  { name: '○●', empty: '○', ticked: fixed('●') },
  { name: '○◉', empty: '○', ticked: fixed('◉') },
  { name: '○⊙', empty: '○', ticked: fixed('⊙') },
  { name: 'radio', empty: radio(), ticked: fixed(radio(dot(50))) },
  { name: 'radio hair', empty: radio('', 0.4), ticked: fixed(radio(dot(46), 0.4)) },
  { name: '√ alone', empty: '', ticked: fixed('√'), bare: true },
  {
    name: 'pen alone',
    empty: '',
    ticked: (random) =>
      `<b style="position:relative;display:inline-block;width:1em;height:1em">${pen(random, '#222', 1)}</b>`,
    bare: true,
  },
  { name: '□×', empty: '□', ticked: fixed('×') },
  { name: '□× over', empty: '□', ticked: fixed(over('□', '<i style="position:absolute;left:0;top:0">×</i>')) },
  { name: '□√', empty: '□', ticked: fixed('√') },
  { name: '( )(x)', empty: '( )', ticked: fixed('(x)') },
  { name: '（ ）（×）', empty: '（\u3000）', ticked: fixed('（×）') },
  { name: '[ ][×]', empty: '[\u2002]', ticked: fixed('[×]') },
  {
    name: '（ ）pen',
    empty: '（\u3000）',
    ticked: (random) =>
      `（<b style="position:relative;display:inline-block;width:1em;height:1em">${pen(random, '#222', 1)}</b>）`,
  },
  {
    name: '□ pen across',
    empty: '□',
    ticked: (random) => over('□', pen(random, random.pick(['#222', '#1c3f94']), 1.5)),
  },
]
export const MARK_STYLES = MARKS.map(({ name }) => name)

const FONTS = [
  'AR PL SungtiL GB',
  'AR PL KaitiM GB',
  'AR PL UMing CN',
  'Noto Serif CJK SC',
  'Noto Sans CJK SC',
  'WenQuanYi Zen Hei',
]

/** A page of a form with every question ticked in one style, drawn from the seed; `style` picks the marks. */
export function marksSheet(random: Random, style: number): MarkSheet {
  const marks = MARKS[style % MARKS.length]
  if (!marks) throw new Error(`no marks ${style}`)
  const side = marks.bare ? 'after' : random.pick(['before', 'before', 'after'] as const)
  const gap = random.pick(['&nbsp;', '&nbsp;&nbsp;', '&emsp;', side === 'before' ? '' : '&nbsp;'])
  const near = random.pick(['', '', '&thinsp;'])
  const size = random.between(10.5, 14).toFixed(1)
  const one = (word: string, ticked: boolean) => {
    const mark = ticked ? marks.ticked(random) : marks.empty
    const shown = mark === '' ? '' : `<span class="m" data-ticked="${ticked ? 1 : 0}">${mark}</span>`
    return side === 'before' ? `${shown}${near}${word}` : `${word}${near}${shown}`
  }
  const stacked = random.next() < 0.15
  const questions: Question[] = []
  const ask = ({ path, labels, options }: (typeof QUESTIONS)[number]) => {
    const ticked = Math.floor(random.next() * options.length)
    const label = random.pick(labels)
    questions.push({ path, label, options: options.map(([word]) => word), ticked, value: options[ticked]?.[1] })
    const drawn = options.map(([word], index) => one(word, index === ticked))
    return [label, drawn.join(stacked ? '<br>' : gap)] as const
  }
  const level = ask({ path: 'project.level', labels: ['项目级别'], options: LEVELS })
  const rows = [...QUESTIONS.map(ask), level]
  const years = [2024, 2023, 2022].map((year, index) => {
    const [atLevel, done] = [Math.floor(random.next() * 2), Math.floor(random.next() * 2)]
    const push = (path: string, ticked: number, options: [string, unknown][]) =>
      questions.push({
        path: `leader.history[${index}].${path}`,
        label: `${year}`,
        options: options.map(([word]) => word),
        ticked,
        value: options[ticked]?.[1],
      })
    push('level', atLevel, LEVELS)
    push('executed', done, yesNo())
    const levels = LEVELS.map(([word], at) => one(word, at === atLevel)).join(gap || '&nbsp;')
    return `${year}年申报情况：${levels}，是否执行：${yesNo()
      .map(([word], at) => one(word, at === done))
      .join(gap)}。项目编号：${year}-03-01-${100 + index}`
  })
  const layout = random.pick(['table', 'pairs', 'lines'] as const)
  const filler = '<td>项目名称</td><td colspan="3">慢性气道疾病规范化诊治新进展</td>'
  const body =
    layout === 'lines'
      ? rows.map(([label, options]) => `<p>${label}：${options}</p>`).join('')
      : layout === 'table'
        ? `<table><tr>${filler.replace('colspan="3"', '')}</tr>${rows.map(([label, options]) => `<tr><td>${label}</td><td>${options}</td></tr>`).join('')}</table>`
        : `<table><tr>${filler}</tr>${pairs(rows)}</table>`
  const html = page(
    `font-family:'${random.pick(FONTS)}';font-size:${size}pt;line-height:${random.between(1.5, 2).toFixed(2)}`,
    `<h3>北京市继续医学教育项目申报书（2025年）</h3>${body}<p>项目负责人近三年继续医学教育项目申报、执行情况</p>${
      layout === 'lines'
        ? years.map((line) => `<p>${line}</p>`).join('')
        : `<table><tr><td>${years.join('<br>')}</td></tr></table>`
    }`,
  )
  return { html, style: marks.name, questions, signatures: [], dates: {} }
}

function pairs(rows: (readonly [string, string])[]): string {
  const lines: string[] = []
  for (let index = 0; index < rows.length; index += 2) {
    const two = [rows[index], rows[index + 1]].map((row) => `<td>${row?.[0] ?? ''}</td><td>${row?.[1] ?? ''}</td>`)
    lines.push(`<tr>${two.join('')}</tr>`)
  }
  return lines.join('')
}

const NAMES = [
  '何景行',
  '苏映晴',
  '陆知远',
  '程望舒',
  '顾清和',
  '秦若川',
  '方予安',
  '沈亦舟',
  '梅映川',
  '白听泉',
  '叶疏桐',
  '谢临风',
]
const PEOPLE = ['主任医师', '副主任医师', '教授', '主治医师']
const TOPICS = [
  '气道管理的新进展',
  '慢阻肺分级诊疗',
  '肺功能检查的判读',
  '吸入治疗规范',
  '呼吸康复的实施',
  '重症哮喘的生物治疗',
  '戒烟干预的方法',
  '睡眠呼吸障碍的筛查',
  '胸部影像的判读',
  '支气管镜的应用',
]

/** A page of a form with places to sign, some of them signed. */
export function signatureSheet(random: Random): MarkSheet {
  const signatures: Signature[] = []
  const sign = (
    path: string,
    name: string,
    height = 44,
    style = 'position:relative;display:inline-block;vertical-align:middle',
  ) => {
    const signed = random.next() < 0.55
    const { how, drawn } = signed ? signing(random, name, height) : emptiness(random)
    signatures.push({ path, signed, how })
    return drawn === '' ? '' : `<span style="${signed ? style : 'vertical-align:middle'}">${drawn}</span>`
  }
  const isSigned = (path: string) => signatures.some((each) => each.path === path && each.signed)
  const size = random.between(10.5, 13).toFixed(1)
  const teachers = TOPICS.map((topic, index) => {
    const name = NAMES[index] ?? ''
    return `<tr><td>${name}</td><td>${PEOPLE[index % PEOPLE.length]}</td><td>北京市青禾医院</td><td>${topic}</td><td>2</td><td style="height:${Math.round(random.between(24, 40))}px;min-width:90px">${sign(`teachers[${index}].signed`, name, 30)}</td></tr>`
  })
  const date = () => `2025年${1 + Math.floor(random.next() * 9)}月${1 + Math.floor(random.next() * 28)}日`
  const dates: Record<string, string> = {}
  const dated = (path: string) => {
    const shown = date()
    const [, year, month, day] = /(\d+)年(\d+)月(\d+)日/.exec(shown) ?? []
    dates[path] = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
    return shown
  }
  const onLabel = random.next() < 0.3
  const over = onLabel ? `position:absolute;left:${Math.round(random.between(-40, 30))}px;top:-14px` : undefined
  const leader = `<span style="position:relative">项目负责人签字：${sign('leader.signed', NAMES[6] ?? '', 44, over)}</span>`
  const expert = `<span style="position:relative">专家签${random.pick(['字', '名'])}：${sign('peerReview.signed', NAMES[7] ?? '', random.pick([40, 50]))}</span>`
  const pledge = `<span style="position:relative">承诺人（签字）：${sign('commitment.signed', NAMES[6] ?? '')}</span>`
  const tight = random.next() < 0.4 && isSigned('peerReview.signed') ? 'margin-top:-16px' : ''
  const html = page(
    `font-family:'${random.pick(FONTS)}';font-size:${size}pt;line-height:1.6`,
    `<h3>北京市继续医学教育项目申报书（2025年）</h3>
<p>授课教师</p><table><tr><td>姓名</td><td>职称</td><td>工作单位</td><td>讲授题目</td><td>学时</td><td>签名</td></tr>${teachers.join('')}</table>
<table><tr><td style="width:18%">同行评议意见</td><td>该项目内容新颖，紧扣临床需要，师资力量强，组织形式合理，同意推荐。<div style="text-align:right;padding:14px 30px 6px 0">${expert}<div style="${tight}">${dated('peerReview.date')}</div></div></td></tr>
<tr><td>申报单位意见</td><td>情况属实，同意申报。<div style="text-align:right;padding:14px 120px 6px 0">${leader}<br>（盖章）<br>${dated('unitOpinion.date')}</div></td></tr></table>
<h3>项目负责人承诺书</h3><p>本人承诺所填内容真实、准确，严格按照批准的内容举办项目，不以任何名义违规收费。</p>
<div style="text-align:right;padding:10px 130px 0 0">${pledge}</div>`,
  )
  return { html, style: `signature${onLabel ? ' on its label' : ''}`, questions: [], signatures, dates }
}

const page = (style: string, body: string) =>
  `<!doctype html><meta charset="utf-8"><style>@page{size:210mm 297mm;margin:0}body{margin:0;padding:18mm 20mm;width:170mm;${style}}h3{text-align:center;margin:6px 0}p{margin:4px 0}table{border-collapse:collapse;width:100%;margin:6px 0}td{border:0.8px solid #111;padding:3px 6px}i{font-style:normal}</style><body>${body}`
