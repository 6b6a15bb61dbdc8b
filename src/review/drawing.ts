import { type Actor, scopeOf } from '../access/actor.ts'
import type { PageReader } from '../documents/ports.ts'
import { Problem } from '../problem.ts'
import type { Reviews } from '../store/reviews.ts'
import type { Blobs } from '../store/store.ts'
import type { Review } from './schema.ts'

export type DrawingDeps = {
  reader: Pick<PageReader, 'drawPage'>
  reviews: Pick<Reviews, 'request'>
  blobs: Pick<Blobs, 'get'>
  get: (actor: Actor, id: string) => Promise<Review>
}

/** `document` from 0, as in a finding's evidence; `page` from 1. */
export type Spot = { document: number; page: number }

/** Pages of the documents that were handed in, for people to look at. */
export function createDrawing({ reader, reviews, blobs, get }: DrawingDeps) {
  return {
    /** The page as a JPEG. Throws `Problem`: `not_found`, `unsupported_media_type` where the platform draws none, or as reading it does. */
    async drawPage(actor: Actor, id: string, { document, page }: Spot): Promise<Uint8Array> {
      const summary = (await get(actor, id)).documents[document]
      const upload = (await reviews.request(id, scopeOf(actor)))?.uploads[document]
      if (!summary || !upload || page > summary.pages) throw new Problem('not_found', '没有这一页，或文件尚未读取。')
      if (!reader.drawPage) throw new Problem('unsupported_media_type', '本服务不能画出申报书的页面。')
      const bytes = await blobs.get(upload.sha256)
      if (!bytes) throw new Problem('not_found', '文件已按保存期限删除。')
      const turn = summary.turned?.find((each) => each.page === page)?.degrees ?? 0
      return reader.drawPage({ name: upload.name, bytes }, page, turn)
    },
  }
}
