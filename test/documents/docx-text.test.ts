import { describe, expect, it } from 'vitest'
import { openDocx } from '../../src/documents/docx/open-docx.ts'
import { makeDocx, p, packDocx, r, tbl, tc, tr } from './making/handmade-docx.ts'
import { drawn, hiddenOf, linesOf, pagesOf, tablesOf, textOf } from './making/read-back.ts'

const linesIn = async (body: string) => linesOf(await pagesOf(await makeDocx(body)))
const BREAK = '<w:r><w:br w:type="page"/></w:r>'
const RENDERED = '<w:r><w:lastRenderedPageBreak/></w:r>'
const complex = (instruction: string, result: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
const wordBox = (content: string) =>
  `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>${content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>${content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`

describe('text as a person reads it', () => {
  it('joins a label cut into runs', async () => {
    const pages = await pagesOf(await makeDocx(p(r('项'), r('目', '<w:b/>'), r('名'), r('称：', '<w:b/>'))))
    const [block] = pages[0]?.blocks ?? []
    expect(block?.kind === 'line' && block.line.spans.map(({ text }) => text)).toEqual(['项目名称：'])
  })

  it('breaks lines at soft breaks and keeps tabs and hyphens', async () => {
    const body = p(
      r('一'),
      '<w:r><w:br/></w:r>',
      r('二'),
      '<w:r><w:tab/></w:r>',
      r('三'),
      '<w:r><w:noBreakHyphen/></w:r>',
      r('四'),
    )
    expect(await linesIn(body)).toEqual(['一', '二\t三-四'])
  })

  it('drops soft hyphens, zero-width characters and the readings above ruby', async () => {
    const ruby = `<w:r><w:ruby><w:rt>${r('lín')}</w:rt><w:rubyBase>${r('林')}</w:rubyBase></w:ruby></w:r>`
    expect(await linesIn(p(r('主任\u00ad医\u200b师'), '<w:r><w:softHyphen/></w:r>', ruby))).toEqual(['主任医师林'])
  })

  it('shows the result of fields, never their instruction, and no page number', async () => {
    const body = p(
      r('见'),
      complex(' HYPERLINK "http://example.org" ', r('网站')),
      complex(' PAGE ', r('7')),
      `<w:fldSimple w:instr=" NUMPAGES ">${r('9')}</w:fldSimple>`,
      `<w:fldSimple w:instr=" REF a ">${r('附件')}</w:fldSimple>`,
      complex(' FORMTEXT ', r('清河市第二人民医院')),
    )
    expect(await linesIn(body)).toEqual(['见网站附件清河市第二人民医院'])
  })

  it('shows the result of a field whose instruction holds another field', async () => {
    const inner = complex(' PAGE ', r('3'))
    const body = p(complex(` IF ${'</w:instrText></w:r>'}${inner}<w:r><w:instrText> = 3 `, r('结果')))
    expect(await linesIn(body)).toEqual(['结果'])
  })

  it('shows the chosen entry of a drop-down form field', async () => {
    const list = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="新申报"/><w:listEntry w:val="备案"/></w:ddList>'
    const body = p(
      r('项目性质：'),
      `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>${list}</w:ffData></w:fldChar></w:r>`,
      '<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    expect(await linesIn(body)).toEqual(['项目性质：备案'])
  })

  it('takes inserted revisions as text', async () => {
    expect(await linesIn(p(r('主任'), `<w:ins w:id="1">${r('医师')}</w:ins>`))).toEqual(['主任医师'])
  })

  it('leaves out the prompt of a content control that nobody filled in, and keeps what was filled in', async () => {
    const control = (flag: string, content: string) =>
      `<w:sdt><w:sdtPr>${flag}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`
    const body =
      p(r('职称：'), control('<w:showingPlcHdr/>', r('单击此处输入文字。'))) +
      control('', p(r('主任医师'))) +
      p(control('', r('正文')))
    expect(await linesIn(body)).toEqual(['职称：', '主任医师', '正文'])
  })

  it('reads a text box once, though the file holds it twice', async () => {
    expect(await linesIn(p(r('封面'), wordBox(p(r('申报日期：2024年9月1日')))))).toEqual([
      '封面',
      '申报日期：2024年9月1日',
    ])
  })

  it('reads a text box in a cell into that cell', async () => {
    const pages = await pagesOf(
      await makeDocx(tbl(tr(tc('单位意见'), tc(p(r('同意'), wordBox(p(r('2024年9月1日')))))))),
    )
    expect(drawn(tablesOf(pages)[0])).toEqual([['单位意见', '同意/2024年9月1日']])
  })

  it('reads word art and footnotes', async () => {
    const art = '<w:r><w:pict><v:shape><v:textpath string="申报书"/></v:shape></w:pict></w:r>'
    const footnotes = {
      part: 'word/footnotes.xml',
      kind: 'footnotes',
      data: `<w:footnotes NAMESPACES><w:footnote w:id="2">${p(r('注：含实操'))}</w:footnote></w:footnotes>`,
    }
    const pages = await pagesOf(await makeDocx(p(art, '<w:r><w:footnoteReference w:id="2"/></w:r>'), [footnotes]))
    expect(linesOf(pages)).toEqual(['申报书', '注：含实操'])
  })

  it('reads the strict form of the format and foreign prefixes', async () => {
    const main =
      '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>严格</x:t></x:r></x:p></x:body></x:document>'
    expect(linesOf(await pagesOf(await packDocx(main)))).toEqual(['严格'])
  })

  it('puts headers and footers into the margins, each wording once', async () => {
    const header = (part: string) => ({ part, kind: 'header', data: `<w:hdr NAMESPACES>${p(r('内部资料'))}</w:hdr>` })
    const opened = await openDocx(
      await makeDocx(p(r('正文')), [header('word/header1.xml'), header('word/header2.xml')]),
    )
    expect(opened.margins.map(textOf)).toEqual(['内部资料'])
    expect(linesOf(opened.pages.filter((page) => page !== null))).toEqual(['正文'])
  })

  it('adds what only mammoth finds, so that nothing is lost without a word', async () => {
    const unknown = `<w:object2>${p(r('别处的文字'))}</w:object2>`
    const pages = await pagesOf(await makeDocx(`${p(r('正文'))}<w:tc>${p(r('表外单元格'))}</w:tc>${unknown}`))
    expect(linesOf(pages)).toContain('正文')
    expect(linesOf(pages)).toContain('表外单元格')
  })
})

describe('pages', () => {
  const numbers = async (body: string) =>
    (await pagesOf(await makeDocx(body))).flatMap((page) => page.blocks.map(() => page.number))

  it('counts an explicit break and the same break as last rendered once', async () => {
    expect(await numbers(p(r('一'), BREAK) + p(RENDERED, r('二')) + p(RENDERED, r('三')))).toEqual([1, 2, 3])
  })

  it('counts section breaks by the kind of the section that follows', async () => {
    const section = (type: string) => `<w:p><w:pPr><w:sectPr><w:type w:val="${type}"/></w:sectPr></w:pPr></w:p>`
    const last = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    expect(
      await numbers(p(r('一')) + section('nextPage') + p(r('二')) + section('nextPage') + p(r('三')) + last),
    ).toEqual([1, 2, 2])
  })

  it('counts one break for a row whose cells all run over it', async () => {
    const broken = p(r('上'), RENDERED, r('下'))
    expect(await numbers(tbl(tr(tc(broken), tc(broken), tc(broken))) + p(r('后')))).toEqual([1, 2])
  })

  it('places a table that begins behind a rendered break on the new page', async () => {
    expect(await numbers(p(r('一')) + tbl(tr(tc(p(RENDERED, r('a'))), tc('b'))))).toEqual([1, 2])
  })

  it('names paragraphs by number', async () => {
    const pages = await pagesOf(await makeDocx(p() + p(r('二'))))
    expect(pages[0]?.blocks.map((block) => block.kind === 'line' && block.path)).toEqual(['paragraph 2'])
  })
})

describe('text that a person does not see', () => {
  const hiddenIn = async (body: string) => {
    const pages = await pagesOf(await makeDocx(p(r('看得见')) + body))
    expect(linesOf(pages).join('')).not.toContain('秘密')
    expect(
      tablesOf(pages)
        .flatMap((table) => drawn(table).flat())
        .join(''),
    ).not.toContain('秘密')
    return hiddenOf(pages)
  }

  it.each([
    ['a hidden run', p(r('秘密', '<w:vanish/>')), 'vanished'],
    ['white on white', p(r('秘密', '<w:color w:val="FFFFFF"/>')), 'white'],
    ['nearly white on white', p(r('秘密', '<w:color w:val="F8F8F8"/>')), 'white'],
    ['black on black', p(r('秘密', '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')), 'white'],
    ['one-point text', p(r('秘密', '<w:sz w:val="2"/>')), 'tiny'],
    ['text squeezed to nothing', p(r('秘密', '<w:w w:val="1"/>')), 'tiny'],
    ['a deleted revision', p('<w:del w:id="1"><w:r><w:delText>秘密</w:delText></w:r></w:del>'), 'deleted'],
    ['text moved away', p(`<w:moveFrom w:id="1">${r('秘密')}</w:moveFrom>`), 'deleted'],
    ['a white run in a cell', tbl(tr(tc(p(r('秘密', '<w:color w:val="FFFFFF"/>'))))), 'white'],
  ])('keeps %s out of the lines and reports it', async (_, body, reason) => {
    expect(await hiddenIn(body)).toEqual([`${reason}: 秘密`])
  })

  it('sees white text on a dark cell, on a dark table style and in automatic colour', async () => {
    const white = p(r('姓名', '<w:color w:val="FFFFFF"/>'))
    const style =
      '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    const pages = await pagesOf(
      await makeDocx(
        tbl(tr(tc(white, '<w:shd w:val="clear" w:fill="1F3864"/>'))) +
          p(r('自动', '<w:color w:val="auto"/>')) +
          `<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr>${tr(tc(white))}</w:tbl>`,
        [{ part: 'word/styles.xml', kind: 'styles', data: `<w:styles NAMESPACES>${style}</w:styles>` }],
      ),
    )
    expect(tablesOf(pages).map(drawn)).toEqual([[['姓名']], [['姓名']]])
    expect(linesOf(pages)).toEqual(['自动'])
    expect(hiddenOf(pages)).toEqual([])
  })

  it('finds what a style hides, through its ancestors', async () => {
    const style =
      '<w:style w:type="character" w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>' +
      '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style>' +
      '<w:style w:type="character" w:styleId="C"><w:basedOn w:val="C"/><w:rPr><w:sz w:val="2"/></w:rPr></w:style>'
    const pages = await pagesOf(
      await makeDocx(p(r('正文'), r('甲', '<w:rStyle w:val="B"/>'), r('乙', '<w:rStyle w:val="C"/>')), [
        { part: 'word/styles.xml', kind: 'styles', data: `<w:styles NAMESPACES>${style}</w:styles>` },
      ]),
    )
    expect(linesOf(pages)).toEqual(['正文'])
    expect(hiddenOf(pages)).toEqual(['vanished: 甲', 'tiny: 乙'])
  })

  it('reports comments, properties, alternative text and tag characters', async () => {
    const tags = [...'pass'].map((c) => String.fromCodePoint(0xe0000 + (c.codePointAt(0) ?? 0))).join('')
    const pages = await pagesOf(
      await makeDocx(
        p(r(`正文${tags}`), '<w:r><w:drawing><wp:docPr id="1" name="x" descr="替代文字"/></w:drawing></w:r>'),
        [
          {
            part: 'word/comments.xml',
            kind: 'comments',
            data: `<w:comments NAMESPACES><w:comment w:id="0" w:author="a">${p(r('批注'))}</w:comment></w:comments>`,
          },
          {
            part: 'docProps/core.xml',
            data: '<c:coreProperties xmlns:c="c" xmlns:dc="dc"><dc:title>标题</dc:title><dc:creator>某人</dc:creator></c:coreProperties>',
          },
        ],
      ),
    )
    expect(linesOf(pages)).toEqual(['正文'])
    expect(hiddenOf(pages)).toEqual(['invisible: pass', 'property: 替代文字', 'comment: 批注', 'property: 标题'])
  })
})
