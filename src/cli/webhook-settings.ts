import { type AllowedTargets, readAllowedTargets } from '../webhooks/targets.ts'
import { UsageError } from './usage.ts'

/** `XINGSHEN_WEBHOOK_ALLOW`: where messages may go inside the operator's own network. Throws `UsageError`. */
export function readWebhookAllow(environment: NodeJS.ProcessEnv): AllowedTargets {
  try {
    return readAllowedTargets(environment.XINGSHEN_WEBHOOK_ALLOW)
  } catch {
    throw new UsageError(
      'XINGSHEN_WEBHOOK_ALLOW 应为以逗号分隔的主机名、IP 地址或网段，如 oa.hospital.internal,10.20.0.0/16。',
    )
  }
}
