const FREE = 0xffffffff
const END_OF_CHAIN = 0xfffffffe
const FAT = 0xfffffffd

/** An OLE2 file with empty streams of those names: one sector of allocation table, then the directory. */
export function makeCompoundFile(names: string[]): Uint8Array {
  const entries = ['Root Entry', ...names]
  const directorySectors = Math.ceil(entries.length / 4)
  const bytes = new Uint8Array(512 * (2 + directorySectors))
  const view = new DataView(bytes.buffer)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  view.setUint16(26, 3, true)
  view.setUint16(28, 0xfffe, true)
  view.setUint16(30, 9, true)
  view.setUint16(32, 6, true)
  view.setUint32(44, 1, true)
  view.setUint32(48, 1, true)
  view.setUint32(56, 4096, true)
  view.setUint32(60, END_OF_CHAIN, true)
  view.setUint32(68, END_OF_CHAIN, true)
  for (let i = 0; i < 109; i++) view.setUint32(76 + i * 4, i === 0 ? 0 : FREE, true)
  for (let i = 0; i < 128; i++) view.setUint32(512 + i * 4, FREE, true)
  view.setUint32(512, FAT, true)
  for (let i = 1; i <= directorySectors; i++)
    view.setUint32(512 + i * 4, i === directorySectors ? END_OF_CHAIN : i + 1, true)
  entries.forEach((name, i) => {
    const at = 1024 + i * 128
    for (let c = 0; c < name.length; c++) view.setUint16(at + c * 2, name.charCodeAt(c), true)
    view.setUint16(at + 64, (name.length + 1) * 2, true)
    view.setUint8(at + 66, i === 0 ? 5 : 2)
    view.setUint32(at + 116, END_OF_CHAIN, true)
  })
  return bytes
}
