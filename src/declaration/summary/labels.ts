import type { Summary, SummaryRow } from './schema.ts'

/** All patterns are matched on text in NFKC without spaces, 己 read as 已; a tab stands between the cells of a row. */

/** What a sheet is, by the words of its title; the first that fits. */
export const TITLES: { kind: Summary['kind']; words: RegExp }[] = [
  { kind: 'execution', words: /(?:办班|举办|执行|完成|开展)(?:项目)?情况.{0,4}(?:汇总|统计|一览)|获批总数.*汇总/ },
  { kind: 'application', words: /(?:申报|推荐|备案|申请|拟办).{0,40}(?:汇总|一览)表?|项目汇总表|推荐数汇总/ },
]

export const LEVELS = [
  { level: 'national', words: /国家级/ },
  { level: 'provincial', words: /省级|自治区级|(?:北京|上海|天津|重庆)市级/ },
  { level: 'city', words: /市级|州级|(?<!北京|上海|天津|重庆)市继续医学教育/ },
] as const

export type Column = keyof SummaryRow

/** Headings of a list's columns in their variants; the first that fits, so the narrower come first. */
export const COLUMNS: { column: Column; words: RegExp }[] = [
  { column: 'serial', words: /^(?:序号?|编?次)$/ },
  { column: 'reason', words: /原因/ },
  { column: 'learners', words: /授予?(?:予)?学分(?:学员)?人数|授分人数|(?:实际|已)?(?:培训|参训|参加|学员)人数/ },
  { column: 'enrollment', words: /招生|招收|拟培训人数/ },
  { column: 'number', words: /项目编?号|立项编?号|备案编?号|批准文?号|^编号$/ },
  { column: 'code', words: /(?:学科|申请)代码/ },
  { column: 'phone', words: /电话|手机|联系方式/ },
  { column: 'title', words: /职称|技术职务/ },
  { column: 'name', words: /(?:项目|培训班?|课程|班)(?:名称|题目)|^名称$/ },
  { column: 'discipline', words: /学科|专业/ },
  { column: 'unit', words: /单位/ },
  { column: 'leader', words: /负责人|^姓名$/ },
  { column: 'sessions', words: /期数|期次|次数/ },
  { column: 'days', words: /天数|期限/ },
  { column: 'dates', words: /日期|时间|起止/ },
  { column: 'place', words: /地点|地址/ },
  { column: 'hours', words: /学时|课时|时长/ },
  { column: 'credits', words: /学分/ },
  { column: 'audience', words: /对象/ },
  { column: 'delivery', words: /(?:举办|培训|教学|授课|办班)(?:方式|形式)/ },
  { column: 'kind', words: /性质|类别|新申报|是否备案/ },
  { column: 'level', words: /级别/ },
  { column: 'remark', words: /备注|说明/ },
]

export const NUMERIC: ReadonlySet<Column> = new Set([
  'serial',
  'learners',
  'enrollment',
  'sessions',
  'days',
  'hours',
  'credits',
])

/** What a row of sums adds up. */
export const SUMMED = ['sessions', 'hours', 'credits', 'enrollment', 'learners'] as const

/** Which projects a list holds, by the heading of its names or the line above it. */
export const GROUPS = {
  status: [
    { value: 'unheld', words: /未(?:举办|完成|执行|开展)/ },
    { value: 'held', words: /已(?:举办|完成|执行|开展)/ },
  ],
  kind: [
    { value: 'filing', words: /备案/ },
    { value: 'new', words: /新(?:立项|申报|项目)/ },
  ],
} as const

/** Counts in running words: `共获批（5）项`. `of`: those that follow are of this kind until the next such label. */
export const COUNTS: { key: string; of?: 'new' | 'filing'; words: RegExp }[] = [
  { key: 'approved', words: /共计?获批/g },
  { key: 'heldShare', words: /已(?:完成|举办)(?:项目)?数?(?:占比|比例|率)|(?<![已未])(?:完成|举办)率/g },
  { key: 'unheldShare', words: /未(?:完成|举办)(?:项目)?数?(?:占比|比例|率)/g },
  { key: 'approved', of: 'new', words: /(?:\d[.、,])?获批新(?:立项|申报)?(?:项目)?总?数/g },
  { key: 'approved', of: 'filing', words: /(?:\d[.、,])?获批备案(?:项目)?总?数/g },
  { key: '*.held', words: /已(?:举办|完成)(?:项目)?总?数(?!占比|比例|率)/g },
  { key: '*.unheld', words: /未(?:举办|完成)(?:项目)?总?数(?!占比|比例|率)/g },
  { key: 'held', words: /(?:20\d\d年度?)?共计?已?(?:完成|举办)[^\t(\d〓]{0,14}?(?:项目|培训班|培训)/g },
  { key: 'unheld', words: /(?:20\d\d年度?)?共计?未(?:完成|举办)[^\t(\d〓]{0,14}?(?:项目|培训班|培训)/g },
  { key: 'learners', words: /授予?学分(?:学员)?总?人数(?:共计|合计|总计)?/g },
]

const SEAL = String.raw`\((?:加盖|盖|单位)?公?章\)`
export const UNIT = new RegExp(
  String.raw`(?:举办|申报|申办|主办|推荐|填报|报送|填表)?单位(?:名称)?(?:${SEAL})?[:\t]+([^\t:]*?)(?=${SEAL}|\t|填[表报]|日期|联系|$)`,
)
export const DATE = /(?:填[表报]|报送|上报)?(?:时间|日期)[:\t]+([^\t]*)/
export const SUM = /^(?:合计|总计|共计|累计|小计)/
export const SUBTOTAL = /^小计/
/** Lines below a list. */
export const FOOT =
  /^(?:填[表报]人|制表人?|审核人?|经办人|联系人|联系方式|联系电话|单位负责人|分管领导|注\d?[:：.]|备注[:：]|说明[:：]|填表说明)/
/** What stands in a box to say that there is nothing. */
export const NOTHING = /^(?:无|没有|\/+|\\+|[-—_]+|0)?$/
export const DITTO = /^(?:同上|[〃″"“”]+)$/
