import { setTimeout as wait } from 'node:timers/promises'
import { unlessTaken } from './guards.ts'
import { INDEXES } from './indexes.ts'
import type { CollectionName, MetaDoc, Models } from './models.ts'

/**
 * Brings a database forward, one step after the other and never back. A step may be cut short anywhere and is then done
 * again from its beginning, so each can be repeated; the version is written when a step is complete.
 */
type Step = { readonly to: number; readonly does: string; run(models: Models): Promise<void> }

/** Version 1 is what there was before versions were kept. */
const STEPS: readonly Step[] = [
  { to: 1, does: 'create the indexes', run: createIndexes },
  {
    to: 2,
    does: 'replace two indexes by ones that tell tenants apart',
    run: async models => {
      await createIndexes(models)
      await dropIndex(models, 'inbox', 'waitsAt_1_doneAt_1')
      await dropIndex(models, 'outbox', 'wakeAt_1_state_1_endedAt_1')
    },
  },
]

/** What this version of Lighthand works on. */
export const VERSION = STEPS.at(-1)?.to ?? 0

/** The database is not at the version that this program works on; the message says what to do. */
export class StoreVersionError extends Error {
  readonly code = 'STORE_VERSION'
  constructor(found: number) {
    super(
      found > VERSION
        ? `The database is at version ${found}, and this Lighthand knows only version ${VERSION}: it was brought forward by a newer one. Install that one; a database is never brought back.`
        : `The database is at version ${found}, and this Lighthand needs version ${VERSION}: run \`lighthand store prepare\` once, then start again.`,
    )
    this.name = 'StoreVersionError'
  }
}

const SCHEMA = 'schema'

export const versionOf = async ({ meta }: Models): Promise<number> =>
  (await meta.findOne({ _id: SCHEMA }, { version: 1 }).lean())?.version ?? 0

/** @throws StoreVersionError */
export const checkVersion = async (models: Models): Promise<void> => {
  const found = await versionOf(models)
  if (found !== VERSION) throw new StoreVersionError(found)
}

export type PrepareOptions = {
  readonly token: string
  /** No other process can be at it: whoever holds the lease is gone. */
  readonly alone?: boolean
  /** Told of each step before it is taken. */
  readonly told?: (does: string) => void
  /** ms, never going back. */
  readonly monotonic?: () => number
  /** Waits for ms. */
  readonly pause?: (ms: number) => Promise<unknown>
  /** Those of this version, unless a test has others. */
  readonly steps?: readonly Step[]
}

/** ms. A token that has stood still for so long on one's own clock belongs to a process that is gone. */
const LEASE = 60_000
const LOOK = 1_000
/** ms between signs of life while a step runs. */
const BEAT = 10_000

/**
 * Takes the steps that are missing, under a lease: of several that are started at once, one works and the others find it
 * done. Safe to repeat. @throws StoreVersionError if the database is newer
 */
export const prepare = async (models: Models, options: PrepareOptions): Promise<void> => {
  const { told = () => undefined, steps = STEPS } = options
  const newest = steps.at(-1)?.to ?? 0
  const { version, release, alive } = await lend(models, options)
  try {
    if (version > newest) throw new StoreVersionError(version)
    for (const step of steps.filter(({ to }) => to > version)) {
      told(step.does)
      await alive(() => step.run(models))
      const { matchedCount } = await models.meta.updateOne(
        { _id: SCHEMA, token: { $gte: '' }, version: { $lt: step.to } },
        { $set: { version: step.to } },
      )
      if (matchedCount !== 1) throw new Error('another process took over the preparation; it will finish it')
    }
  } finally {
    await release()
  }
}

const lend = async (
  { meta }: Models,
  { token, alone = false, monotonic = () => performance.now(), pause = wait }: PrepareOptions,
) => {
  await unlessTaken(meta.updateOne({ _id: SCHEMA }, { $setOnInsert: { version: 0 } }, { upsert: true }))
  let held = token
  let seen: { readonly token: string; readonly since: number } | undefined
  let doc: MetaDoc | null
  for (;;) {
    const from = seen !== undefined && monotonic() - seen.since >= (alone ? 0 : LEASE) ? seen.token : null
    doc = await meta
      .findOneAndUpdate({ _id: SCHEMA, token: from }, { $set: { token } }, { returnDocument: 'after' })
      .lean()
    if (doc) break
    const other = (await meta.findOne({ _id: SCHEMA }).lean())?.token
    if (other !== undefined && other !== seen?.token) seen = { token: other, since: monotonic() }
    if (!alone) await pause(LOOK)
  }
  let beats = 0
  const renew = async (): Promise<void> => {
    beats += 1
    const next = `${token}/${beats}`
    const { matchedCount } = await meta.updateOne({ _id: SCHEMA, token: held }, { $set: { token: next } })
    if (matchedCount === 1) held = next
  }
  return {
    version: doc.version,
    alive: async (work: () => Promise<void>): Promise<void> => {
      const timer = setInterval(() => void renew().catch(() => undefined), BEAT)
      try {
        await work()
      } finally {
        clearInterval(timer)
      }
    },
    release: async () => {
      await meta.updateOne({ _id: SCHEMA, token: held }, { $unset: { token: 1 } })
    },
  }
}

/** Creates what is missing, one by one; safe to repeat. */
async function createIndexes(models: Models): Promise<void> {
  for (const [name, keys] of INDEXES) await models[name].collection.createIndex(keys)
}

const dropIndex = async (models: Models, name: CollectionName, index: string): Promise<void> => {
  const { collection } = models[name]
  const there = await collection.indexes()
  if (there.some(one => one.name === index)) await collection.dropIndex(index)
}
