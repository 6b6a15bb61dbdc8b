import { type Form, record, showDate, signatureAt } from '../form.ts'
import { type Block, paragraph, text } from '../sheet.ts'

const PROMISES = [
  '严格按照批准的内容组织培训，不随意变更授课教师，不压缩教学时长，不借用项目名称举办其他内容的学习班。',
  '落实意识形态责任，对授课内容认真审核，确保内容科学、准确。',
  '坚持公益性质，严格经费管理，不接受企业及利益相关方的赞助和服务，课件不含产品标识和广告。',
  '遵守中央八项规定精神，不在风景名胜区举办项目，不组织与培训无关的活动。',
  '严格考核和学分管理，杜绝乱授学分。如有违反，愿承担相应责任。',
]

/** The pledge; nothing at all when the case has none. */
export function commitment(form: Form, options: { title?: string; signWord?: string } = {}): Block[] {
  if (!form.source.full.commitment.present) {
    record(form, 'commitment.present', false)
    return []
  }
  record(form, 'commitment.present', true)
  const signed = form.source.marks.commitmentSignature
  return [
    { kind: 'page' },
    paragraph([text(options.title ?? '继续医学教育项目负责人承诺书', { bold: true })], {
      align: 'center',
      size: 18,
      before: 10,
      heading: true,
    }),
    paragraph(
      [
        '本人负责',
        text(`　${form.source.full.project.name ?? ''}　`, { underline: true }),
        '继续医学教育项目，现郑重承诺：',
      ],
      { indent: true, before: 6 },
    ),
    ...PROMISES.map((promise, index) => paragraph(`${index + 1}. ${promise}`, { indent: true })),
    paragraph(
      [
        `${options.signWord ?? '签名'}：`,
        ...signatureAt(form, 'commitment.signed', signed, form.source.full.leader.name ?? ''),
      ],
      { align: 'right', before: 16 },
    ),
    paragraph(showDate(form, 'commitment.date'), { align: 'right', before: 2 }),
  ]
}
