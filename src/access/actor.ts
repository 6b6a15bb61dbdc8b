/** What a key may do: applicants see and make their own submissions, reviewers rule on findings, admins do the rest. */
export const ROLES = ['applicant', 'reviewer', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Who asks: every method of the service that reads or changes something takes one. */
export type Actor = { tenant: string; keyId: string; role: Role }

/** Where everything belongs as long as nobody asks for tenants. */
export const DEFAULT_TENANT = 'default'

/** Whoever sits at the machine, as long as no key has been made. */
export const LOCAL: Actor = { tenant: DEFAULT_TENANT, keyId: 'local', role: 'admin' }

/** What the service does of itself: retention, batches, deliveries. */
export const systemOf = (tenant: string): Actor => ({ tenant, keyId: 'system', role: 'admin' })

/** Whose: nothing of another tenant is seen, and with `owner` only what that key handed in. */
export type Scope = { tenant: string; owner?: string }

/** An applicant sees only what was handed in with the same key. */
export const scopeOf = ({ tenant, keyId, role }: Actor): Scope =>
  role === 'applicant' ? { tenant, owner: keyId } : { tenant }
