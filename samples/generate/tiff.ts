import sharp from 'sharp'

/** Pictures of equal size as the pages of one TIFF, JPEG-compressed. */
export async function toTiff(pictures: Uint8Array[]): Promise<Uint8Array> {
  return sharp(
    pictures.map((bytes) => Buffer.from(bytes)),
    { join: { animated: true } },
  )
    .tiff({ compression: 'jpeg', quality: 45, xres: 150 / 25.4, yres: 150 / 25.4 })
    .toBuffer()
}
