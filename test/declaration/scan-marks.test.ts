import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import type { Box, Document, Handwriting } from '../../src/documents/model.ts'
import { build, type CellSpec, type Spec } from './build.ts'

const SCAN = { source: 'ocr', paper: true, confidence: 0.97 } as const
const scan = (specs: Spec[]) => build(['北京市继续医学教育项目申报书（2025年）', ...specs], SCAN)
const fieldsOf = (document: Document) => extractDeclaration([document]).fields

describe('a scan that lost the mark of one option', () => {
  const question = (answer: string): CellSpec[] => ['是否在职（岗）', answer]
  const others = (...answers: [string, string, string]): CellSpec[][] => [
    ['项目性质', answers[0]],
    ['是否参与项目授课', answers[1]],
    ['性别', answers[2]],
  ]
  const before = others('☑新申报项目 ☐备案项目', '☐是 ☑否', '☑男 ☐女')
  const after = others('新申报项目☑ 备案项目☐', '是☐ 否☑', '男☑ 女☐')

  it('is read by the side on which the other boxes of the page stand', () => {
    expect(fieldsOf(scan([[...before, question('是☑否')]]))['leader.employed']?.value).toBe(false)
    expect(fieldsOf(scan([[...after, question('是☑否')]]))['leader.employed']?.value).toBe(true)
  })

  it('is not read where the page does not tell the side', () => {
    expect(fieldsOf(scan([[question('是☑否')]]))['leader.employed']?.value).toBeUndefined()
    expect(
      fieldsOf(scan([[...before.slice(0, 2), ...after.slice(1), question('是☑否')]]))['leader.employed']?.value,
    ).toBeUndefined()
  })

  it('is not surely what the title says', () => {
    const levelOf = (answer: string) => fieldsOf(scan([[...before, ['项目级别', answer]]]))['project.level']
    expect(levelOf('☐国家级 ☑省级')?.confidence).toBeGreaterThan(0.8)
    expect(levelOf('X国家级 ☐省级')?.confidence).toBeLessThan(0.8)
  })

  it('of one word, is the other answer', () => {
    expect(fieldsOf(scan([[question('☐是☑')]]))['leader.employed']?.value).toBe(false)
  })
})

describe('the confidence of a choice', () => {
  const doubt = (document: Document, pattern: RegExp): Document => {
    for (const page of document.pages)
      for (const block of page.blocks)
        if (block.kind === 'table')
          for (const span of block.table.cells.flatMap((cell) => cell.lines.flatMap((line) => line.spans)))
            span.certainties = [...span.text].map((character) => (pattern.test(character) ? 0.4 : 0.97))
    return document
  }
  const form = () => scan([[['性别', '☑男 ☐女']]])

  it('is that of its marks, not of a stray sign', () => {
    expect(fieldsOf(doubt(form(), /女/))['leader.sex']?.confidence).toBeGreaterThan(0.9)
    expect(fieldsOf(doubt(form(), /[☐☑]/))['leader.sex']?.confidence).toBeLessThan(0.5)
  })
})

describe('a scan of history rows', () => {
  it('are read with a semicolon for the colon, and with a tick seen twice', () => {
    const { declaration } = extractDeclaration([
      scan([
        '项目负责人近三年继续医学教育项目申报、执行情况',
        '2024年申报情况：国家级☐省级☑，是否执行；是☑否☐。项目编号：2024-03-01-100',
        '2023年申报情况：☐国家级 ☑省级，是否执行：☐是√☑否。项目编号：2023-03-01-101',
      ]),
    ])
    expect(declaration.leader?.history).toMatchObject([
      { year: 2024, level: 'provincial', executed: true },
      { year: 2023, level: 'provincial', executed: false },
    ])
  })
})

describe('a scan of history rows with a number for each level', () => {
  it.each([
    ['ocr', [{ year: 2022 }]],
    ['text', [{ level: 'national' }, { level: 'provincial' }]],
  ] as const)('two levels ticked for one number (%s): on paper one year of unknown level', (source, expected) => {
    const row =
      '2022年申报情况：☑国家级☑省级，是否执行：☑是☐否。国家级项目编号：2022-03-01-042（国）、省级项目编号：____'
    const { declaration } = extractDeclaration([
      build(['项目负责人近三年继续医学教育项目申报、执行情况', row], { source }),
    ])
    expect(declaration.leader?.history).toHaveLength(expected.length)
    expect(declaration.leader?.history).toMatchObject(expected)
    if (source === 'ocr') expect(declaration.leader?.history?.[0]).not.toHaveProperty('level')
  })

  it('leave the level open where a tick spoilt its word', () => {
    const { declaration, fields } = extractDeclaration([
      scan([
        '项目负责人近三年继续医学教育项目申报、执行情况',
        '2024年申报情况：☑家级☐省级，是否执行：☑是☐否。项目编号：2024-03-01-077',
      ]),
    ])
    expect(declaration.leader?.history).toMatchObject([{ year: 2024, executed: true }])
    expect(declaration.leader?.history?.[0]).not.toHaveProperty('level')
    expect(fields['leader.history[0].level']).toMatchObject({ raw: expect.stringContaining('☑家级') })
  })

  it('are read with a semicolon or two colons before a number, and with 目 misread', () => {
    const { declaration } = extractDeclaration([
      scan([
        '项目负责人近三年继续医学教育项目申报、执行情况',
        '2024年申报情况：国家级☐省级☑，是否执行：是☑否☐。国家级项目编号；省级项目编号；2024-03-01-077（省）',
        '2023年申报情况：国家级☑省级☐，是否执行：是☑否☐。国家级项日编号：：2023-03-01-042（国）、省级项月编号：',
      ]),
    ])
    expect(declaration.leader?.history).toMatchObject([
      { year: 2024, level: 'provincial', number: '2024-03-01-077(省)' },
      { year: 2023, level: 'national', number: '2023-03-01-042(国)' },
    ])
  })
})

describe('signatures of teachers', () => {
  const table: CellSpec[][] = [
    ['姓名', '职称', '工作单位', '讲授题目', '学时', '签名'],
    ['何景行', '主任医师', '北京市青禾医院', '气道管理', '2', ''],
    ['苏映晴', '教授', '北京市青禾医院', '分级诊疗', '2', ''],
    ['陆知远', '教授', '北京市青禾医院', '肺功能检查', '2', ''],
  ]
  const cellAt = (document: Document, row: number): Box | undefined => {
    const block = document.pages[0]?.blocks.find((each) => each.kind === 'table')
    return block?.table.cells.find((cell) => cell.row === row && cell.column === 5)?.box ?? undefined
  }
  const sign = (document: Document, row: number, confidence: number) => {
    const cell = cellAt(document, row)
    if (cell) document.pages[0]?.handwriting.push({ box: { ...cell, x: cell.x + 5, width: 40 }, area: 20, confidence })
    return document
  }

  it('are told cell by cell on scans; doubtful strokes leave it open', () => {
    const document = sign(sign(scan([table]), 2, 0.9), 3, 0.3)
    const { declaration, fields } = extractDeclaration([document])
    expect(declaration.teachers?.map(({ signed }) => signed)).toEqual([false, true, undefined])
    expect(fields['teachers[0].signed']?.confidence).toBeGreaterThanOrEqual(0.9)
  })

  it('are not asked for where there is no paper', () => {
    const { declaration } = extractDeclaration([build(['申报书', table])])
    expect(declaration.teachers?.every((teacher) => !('signed' in teacher))).toBe(true)
  })
})

describe('a signature beside a label', () => {
  const form = () => scan(['项目负责人签字：'])
  const strokes = (document: Document, dx: number, confidence: number) => {
    const line = document.pages[0]?.blocks.findLast((block) => block.kind === 'line')?.line.box
    document.pages[0]?.handwriting.push({
      box: { x: (line?.x ?? 0) + dx, y: (line?.y ?? 0) - 5, width: 50, height: 22 },
      area: 20,
      confidence,
    })
    return extractDeclaration([document])
  }

  it('is one written over the words of the label', () => {
    expect(strokes(form(), -8, 0.9).declaration.leader?.signed).toBe(true)
  })

  it('is neither there nor missing where the strokes may be unread print', () => {
    const { declaration, fields } = strokes(form(), 90, 0.3)
    expect(declaration.leader?.signed).toBeUndefined()
    expect(fields['leader.signed']).toBeDefined()
  })
})

describe('a hand beside a doubt', () => {
  const table = (written: string): CellSpec[][] => [
    ['姓名', '职称', '工作单位', '讲授题目', '学时', '签名'],
    ['何景行', '主任医师', '北京市青禾医院', '气道管理', '2', written],
  ]
  const marked = (written: string, more: Partial<Handwriting>, certainty = 0.4) => {
    const document = scan([table(written)])
    const block = document.pages[0]?.blocks.find((each) => each.kind === 'table')
    const cell = block?.table.cells.find(({ row, column }) => row === 1 && column === 5)
    for (const span of cell?.lines.flatMap(({ spans }) => spans) ?? [])
      span.certainties = [...span.text].map(() => certainty)
    const at = cell?.box ?? { x: 0, y: 0 }
    const mark = { box: { x: at.x + 5, y: at.y + 2, width: 13, height: 14 }, area: 4, confidence: 0.3, ...more }
    document.pages[0]?.handwriting.push(mark)
    return fieldsOf(document)['teachers[0].signed']
  }

  it('is a signature of one character, where nothing but strokes that wind stands in the cell', () => {
    expect(marked('', { length: 25 })).toMatchObject({ value: true, confidence: 0.85 })
    expect(marked('K', { length: 25 })).toMatchObject({ value: true, confidence: 0.85 })
  })

  it('is none for sure where it is a slash or a hair, or print may have been read', () => {
    expect(marked('', { length: 9 })?.value).toBeUndefined()
    // A cross, or a ring, of 5 mm.
    expect(marked('', { length: 15 })?.value).toBeUndefined()
    expect(marked('', { length: 12, box: { x: 480, y: 95, width: 14, height: 28 } })?.value).toBeUndefined()
    expect(marked('年', { length: 25 }, 0.9)?.value).toBeUndefined()
    expect(marked('何景', { length: 25 })?.value).toBeUndefined()
  })

  it('is no signature where a name was stamped; the question says so', () => {
    const reading = marked('', { length: 40, chop: true, confidence: 0.45 })
    expect(reading).toMatchObject({ raw: expect.stringContaining('名章') })
    expect(reading?.value).toBeUndefined()
  })

  it('may be what was read as a sign behind the label; a name in print is none', () => {
    const signed = (line: string) => fieldsOf(scan([line]))['leader.signed']
    expect(signed('项目负责人签字：=')).toMatchObject({ raw: '' })
    expect(signed('项目负责人签字：=')?.value).toBeUndefined()
    expect(signed('项目负责人（签字）：h')?.value).toBeUndefined()
    expect(signed('项目负责人签字：林知远')?.value).toBe(false)
    expect(signed('项目负责人签字：')?.value).toBe(false)
    expect(signed('项目负责人签字：.')?.value).toBe(false)
    for (const print of ['盖章', '日期', '月日', '手印', '单位'])
      expect(signed(`项目负责人签字：  ${print}`)?.value).toBe(false)
  })

  it('may be what was read as a name larger than its label, less surely than print', () => {
    const signed = (height: number, confidence: number) => {
      const document = scan(['项目负责人签字：', '林知远'])
      const lines = document.pages[0]?.blocks.flatMap((block) => (block.kind === 'line' ? [block.line] : [])) ?? []
      const [label] = lines.find(({ spans }) => spans[0]?.text.includes('签字'))?.spans ?? []
      const [name] = lines.find(({ spans }) => spans[0]?.text === '林知远')?.spans ?? []
      if (!label?.box || !name?.box) throw new Error('both are lines')
      const { x, y, width } = label.box
      name.box = { x: x + width + 10, y: y + label.box.height / 2 - height / 2, width: 3 * height, height }
      name.confidence = confidence
      return fieldsOf(document)['leader.signed']?.value
    }
    expect(signed(34, 0.76)).toBeUndefined()
    expect(signed(34, 0.98)).toBe(false)
    expect(signed(13, 0.76)).toBe(false)
  })
})

describe('options one under the other, the chosen one with a bare tick', () => {
  const read = (...lines: string[]) => fieldsOf(scan(lines))

  it('are one choice', () => {
    expect(read('性别：男', '女√')['leader.sex']?.value).toBe('女')
    expect(read('性别：男√', '女')['leader.sex']?.value).toBe('男')
    expect(read('是否参与项目授课：是', '否√')['leader.teaches']?.value).toBe(false)
    expect(read('举办方式：面授', '远程', '线上线下结合√')['project.delivery']?.value).toBe('hybrid')
  })

  it('say nothing where no tick was seen', () => {
    expect(read('性别：男', '女')['leader.sex']?.value).toBeUndefined()
    expect(read('性别：男', '籍贯不限')['leader.sex']?.value).toBe('男')
  })

  it('tell on which side of their words the marks of the page stand', () => {
    const table = [
      ['性别', '男\n女√'],
      ['是否参与项目授课', '是√\n否'],
      ['项目级别', '国家级\n省级√'],
      ['是否在职', '是√否'],
    ]
    expect(fieldsOf(scan([table]))['leader.employed']?.value).toBe(true)
  })

  it('is a question where the line of another option was lost, on a page that ticks without boxes', () => {
    const bare = ['是否参与项目授课：是√', '否', '项目级别：国家级', '省级√', '是否在职（岗）：是√', '否', '性别：男']
    expect(read(...bare)['leader.sex']?.confidence).toBeLessThan(0.8)
    expect(read('是否参与项目授课：是', '项目级别：国家级', '性别：男')['leader.sex']?.confidence).toBeGreaterThan(0.8)
  })
})
