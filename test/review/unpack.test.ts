import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { unpackDeclarations } from '../../src/review/batches/unpack.ts'

async function told(files: Record<string, string | Uint8Array>): Promise<string> {
  const zip = new JSZip()
  for (const [name, data] of Object.entries(files)) zip.file(name, data)
  const bytes = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
  const [handed] = await unpackDeclarations([{ name: '材料.zip', bytes }])
  return handed && 'problem' in handed ? handed.problem.message : ''
}

test('an archive past a bound is told which one, and is not called broken', async () => {
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, i) => [`f${i}.pdf`, '%PDF-1.4']))
  expect(await told(many)).toBe(
    '压缩包超出限度（压缩包内文件数超过 2000 个），没有打开。请分成几个压缩包提交，每个只放申报书。',
  )
  expect(await told({ 'bomb.pdf': new Uint8Array(8_000_000) })).toContain('解压比例异常')
})
