import type { Context } from 'hono'

/** The cursor of the next page, which the answer's `Link` header names too (RFC 8288); null when there is none. */
export function linkNext(c: Context, cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.set('cursor', cursor)
  c.header('Link', `<${pathname}?${searchParams}>; rel="next"`)
  return cursor
}
