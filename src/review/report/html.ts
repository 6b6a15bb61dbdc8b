import { html, raw } from 'hono/html'
import type { Review } from '../schema.ts'
import { type Outline, outlineOf, type ReportItem, type ReportSection } from './outline.ts'
import { STYLE } from './style.ts'

type Html = ReturnType<typeof html>

/** One self-contained page, ready to print; every value is escaped. Several reviews stand one after the other. */
export async function renderHtml(...reviews: Review[]): Promise<string> {
  const outlines = reviews.map(outlineOf)
  const title =
    outlines.length === 1 ? `形式审查意见 · ${outlines[0]?.headline ?? ''}` : `形式审查意见（${outlines.length} 份）`
  const page = await html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${outlines.map(article)}
</body>
</html>
`
  return page.toString()
}

function article(outline: Outline): Html {
  return html`<article>
<header>
<h1>继续医学教育项目申报形式审查意见</h1>
<div class="verdict ${outline.tone}"><strong>${outline.headline}</strong><span>${outline.meaning}</span></div>
${outline.counts.length > 0 ? html`<ul class="counts">${outline.counts.map(({ label, count }) => html`<li><b>${count}</b>${label}</li>`)}</ul>` : ''}
<table class="facts"><tbody>${outline.facts.map(({ label, value }) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`)}</tbody></table>
</header>
${outline.sections.map(section)}
${notCheckedSection(outline)}
${passedSection(outline)}
${outline.rulings.length > 0 ? html`<section><h2>对以上未列各项的裁定</h2>${outline.rulings.map(({ rule, ruling }) => html`<p><span class="rule">${rule}</span> ${ruling}</p>`)}</section>` : ''}
${outline.notes.length > 0 ? html`<section><h2>说明</h2>${outline.notes.map((note) => html`<p>${note}</p>`)}</section>` : ''}
<footer>本意见由程序按通知条款逐项比对得出，只涉及形式，不评价学术内容；结论以主管部门审定为准。</footer>
</article>`
}

function section({ title, lead, tone, items }: ReportSection): Html {
  return html`<section class="${tone}">
<h2>${title}<small>${items.length} 项，${lead}</small></h2>
<table class="items">
<thead><tr><th scope="col">序号</th><th scope="col">问题、改正与依据</th><th scope="col">申报书所填</th><th scope="col">位置</th></tr></thead>
<tbody>${items.map(row)}</tbody>
</table>
</section>`
}

function row(item: ReportItem, index: number): Html {
  return html`<tr>
<td class="number">${index + 1}</td>
<td><p class="message">${item.message}</p>${item.suggestion ? html`<p class="suggestion">改正：${item.suggestion}</p>` : ''}${item.clause ? html`<p class="clause">依据：${item.clause}</p>` : ''}${item.asker ? html`<p class="clause">提问：${item.asker}</p>` : ''}${item.rulings.map((ruling) => html`<p class="ruling">裁定：${ruling}</p>`)}<p class="rule">${item.rule}</p></td>
<td>${item.readings.map(({ label, value }) => html`<p><span class="label">${label}</span>${value}</p>`)}</td>
<td>${item.places.map((place) => html`<p>${place}</p>`)}</td>
</tr>`
}

function notCheckedSection({ notChecked }: Outline): Html | '' {
  if (notChecked.length === 0) return ''
  return html`<section class="unchecked">
<h2>未检查项<small>${notChecked.length} 项，不影响结论，请另行核实</small></h2>
<table class="items"><thead><tr><th scope="col">事项</th><th scope="col">原因</th><th scope="col">规则</th></tr></thead>
<tbody>${notChecked.map(({ rule, message, reason }) => html`<tr><td>${message}</td><td>${reason}</td><td class="rule">${rule}</td></tr>`)}</tbody></table>
</section>`
}

function passedSection({ passed, skipped }: Outline): Html | '' {
  if (passed.length + skipped.length === 0) return ''
  return html`<section class="passed">
<h2>其余各项</h2>
<p>通过 ${passed.length} 项：<span class="rule">${passed.join('、')}</span></p>
${skipped.length > 0 ? html`<p>不适用 ${skipped.length} 项：<span class="rule">${skipped.join('、')}</span></p>` : ''}
</section>`
}
