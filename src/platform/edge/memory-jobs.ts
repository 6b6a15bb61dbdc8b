import { type Due, type Jobs, jobId, type Lease, type Progress } from '../../store/jobs.ts'

type Job = { lease: Lease | null; attempts: number; progress?: Progress | undefined }

/** Jobs of reviews for as long as this isolate lives. Nothing outlives it, so no lease ever runs out. */
export function createMemoryJobs() {
  const kept = new Map<string, Job>()

  const isHeld = ({ id, attempts }: Lease): boolean => kept.get(id)?.lease?.attempts === attempts
  const end = async (lease: Lease): Promise<boolean> => isHeld(lease) && kept.delete(lease.id)

  const jobs: Jobs = {
    async claim(id, owner) {
      const job = kept.get(id)
      if (!job || job.lease) return null
      job.attempts += 1
      const subject = id.slice(id.indexOf('/') + 1)
      job.lease = { id, kind: 'review', subject, owner, attempts: job.attempts, starts: 1 }
      return job.lease
    },
    async renew(lease, _, progress) {
      const job = kept.get(lease.id)
      if (job && progress) job.progress = progress
      return isHeld(lease)
    },
    async release(lease) {
      if (!isHeld(lease)) return false
      kept.set(lease.id, { lease: null, attempts: lease.attempts })
      return true
    },
    complete: end,
    fail: end,
    expire: async () => [],
    async due() {
      return [...kept].flatMap(([id, { lease }]): Due[] => (lease ? [] : [{ id, kind: 'review' }]))
    },
    async depth() {
      const ready = [...kept.values()].filter(({ lease }) => !lease).length
      return ready > 0 ? [{ kind: 'review', state: 'ready', count: ready, oldest: 0 }] : []
    },
  }
  return {
    jobs,
    isHeld,
    add: (reviewId: string) => void kept.set(jobId('review', reviewId), { lease: null, attempts: 0 }),
    remove: (reviewId: string) => void kept.delete(jobId('review', reviewId)),
    progressOf: (reviewId: string) => kept.get(jobId('review', reviewId))?.progress,
  }
}
