import { type Browser, chromium } from 'playwright-core'
import type { Style } from './style.ts'

export type Printer = { print(html: string, style: Style): Promise<Uint8Array>; close(): Promise<void> }

/** Chromium as a PDF printer. */
export async function openPrinter(): Promise<Printer> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  return {
    async print(html, style) {
      const page = await browser.newPage()
      await page.setContent(html)
      const bytes = await page.pdf({
        preferCSSPageSize: true,
        printBackground: true,
        displayHeaderFooter: Boolean(style.pageNumbers || style.runningHead),
        headerTemplate: `<div style="font:8px 'WenQuanYi Zen Hei';width:100%;text-align:right;padding-right:14mm;color:#555">${style.runningHead ?? ''}</div>`,
        footerTemplate: `<div style="font:9px 'WenQuanYi Zen Hei';width:100%;text-align:center">${numbering(style)}</div>`,
      })
      await page.close()
      return withFixedDate(bytes)
    },
    close: () => browser.close(),
  }
}

const NUMBER = '<span class="pageNumber"></span>'
const numbering = (style: Style) =>
  style.pageNumbers === 'plain'
    ? NUMBER
    : style.pageNumbers === 'dashes'
      ? `- ${NUMBER} -`
      : style.pageNumbers === 'of'
        ? `第 ${NUMBER} 页 共 <span class="totalPages"></span> 页`
        : ''

/** The same bytes on every run: the time of printing is overwritten in place. */
function withFixedDate(bytes: Uint8Array): Uint8Array {
  const latin = Buffer.from(bytes).toString('latin1')
  return Buffer.from(
    latin.replace(/(Date ?\(D:)\d{14}/g, (_, start: string) => `${start}20250101000000`),
    'latin1',
  )
}
