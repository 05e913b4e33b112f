import type { SendDeed } from '../domain/effect.ts'
import { gate } from '../domain/gate.ts'
import type { Message } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import { stamp } from '../domain/pressure.ts'
import { type Address, DeliveryError } from '../ports/chat.ts'
import type { OutboxRow } from '../ports/store.ts'
import { composeDigest } from './compose-digest.ts'
import type { Core } from './core.ts'
import { type Hold, homeOf, Overtaken, pendingOf } from './hold.ts'

const SECOND = 1_000
/** An attempt's outbox row shows up again after this, should its process die: longer than a send's own timeout. */
export const ATTEMPT_LENGTH = 30 * SECOND
const FIRST_RETRY = 2 * SECOND
const LONGEST_RETRY = 10 * 60 * SECOND
/** Rule 2: "perhaps delivered" counts, so an ask that may have left is not sent again after this. */
const UNSURE_FOR = 15 * 60 * SECOND

/** A new message: stored in the outbox under its key, and sent at once unless something is before it or it is not yet its time. */
export const send = async (core: Core, hold: Hold, effect: SendDeed & { readonly seq: number }): Promise<void> => {
  const { tenant, id } = hold
  const { seq, ...deed } = effect
  const now = core.clock.now()
  const earlier = await pendingOf(core, hold)
  const goesNow = effect.notBefore <= now && earlier.length === 0
  const row: OutboxRow = {
    tenant,
    person: id,
    seq,
    send: deed,
    state: goesNow ? 'sending' : 'due',
    attempts: goesNow ? 1 : 0,
    firstTriedAt: goesNow ? now : undefined,
  }
  hold.pending = undefined
  const isNew = await core.store.outbox.put(row, goesNow ? now + ATTEMPT_LENGTH : Math.max(now, effect.notBefore))
  // There already: an earlier process stored it, and deliverPending takes it from there.
  if (isNew && goesNow && (await attempt(core, hold, row))) hold.pending = earlier
}

/** Everything of one person that waits to leave and is due, in order; what must wait holds back what comes after it. */
export const deliverPending = async (core: Core, hold: Hold): Promise<void> => {
  for (const row of await pendingOf(core, hold)) {
    const now = core.clock.now()
    // Under the person's lease nobody else is sending: a row still marked so was left by a process that is gone.
    if (row.state === 'due' && row.wakeAt > now) return
    const { send } = row
    if (now > send.notAfter) {
      await drop(core, hold, send, 'too-late')
      continue
    }
    if (row.attempts > 0 && (await settleUnsure(core, hold, row, now))) continue
    const verdict = await mayLeave(core, hold, send, now)
    if (verdict === 'wait') return
    if (verdict === 'no') continue
    if (!(await core.store.outbox.attempt(hold.tenant, send.key, now, now + ATTEMPT_LENGTH))) continue
    if (!(await attempt(core, hold, row))) return
  }
}

/** A message that was perhaps sent: looked up once where the platform can be asked; an ask that stays unsure is not repeated. */
const settleUnsure = async (core: Core, hold: Hold, row: OutboxRow, now: number): Promise<boolean> => {
  const { send, firstTriedAt } = row
  const address = await addressOf(core, hold)
  if (row.state !== 'sending' || address === undefined) return false
  const found = await address.chat.find(address.to, send.key, firstTriedAt ?? now)
  if (found !== undefined) {
    await core.store.outbox.sent(hold.tenant, send.key, found.id, now)
    return true
  }
  if (send.class === 'reply' || !send.ask || now - (firstTriedAt ?? now) < UNSURE_FOR) return false
  await core.store.outbox.end(hold.tenant, send.key, 'dropped', 'maybe-sent', now)
  return true
}

/** The gate again, at each attempt: time has passed since the message was composed. Its ledger entry moves to now. */
const mayLeave = async (core: Core, hold: Hold, send: SendDeed, now: number): Promise<'go' | 'wait' | 'no'> => {
  const { person } = hold
  if (send.class === 'reply' || person?.client === undefined) return 'go'
  const tenant = await homeOf(core, hold)
  if (tenant === undefined) return 'no'
  const candidate = { key: send.key, class: send.class, ask: send.ask }
  const verdict = gate(person, candidate, await core.calendar(tenant, person), now)
  if (verdict.kind === 'wait') {
    await core.store.outbox.retry(hold.tenant, send.key, verdict.at, verdict.why)
    return 'wait'
  }
  if (verdict.kind === 'no') {
    await drop(core, hold, send, verdict.why)
    return 'no'
  }
  const entry = { key: send.key, at: now, class: send.class, ask: send.ask }
  await write(core, hold, { ...person, client: { ...person.client, ledger: stamp(person.client.ledger, entry) } })
  return 'go'
}

const write = async (core: Core, hold: Hold, person: Person): Promise<void> => {
  const next = { ...person, revision: person.revision + 1 }
  if (!(await core.store.people.save(next))) throw new Overtaken()
  hold.person = next
}

/** It does not leave. For what Lighthand began, that comes back through the inbox, so that nobody waits for its answer. */
const drop = async (core: Core, hold: Hold, send: SendDeed, why: string): Promise<void> => {
  const { tenant, id } = hold
  const now = core.clock.now()
  await core.store.outbox.end(tenant, send.key, 'dropped', why, now)
  core.log.info({ code: 'MESSAGE_DROPPED', why, class: send.class }, 'a message was not sent')
  if (send.class === 'reply') return
  const event = { kind: 'unsent', key: send.key, why } as const
  await core.store.inbox.put({ tenant, person: id, key: `unsent/${send.key}`, at: now, event }, now)
  hold.told.add(id)
}

/** One try. True if the row is done with, however; false if it waits and holds back what comes after it. */
const attempt = async (core: Core, hold: Hold, row: OutboxRow): Promise<boolean> => {
  const { send } = row
  const address = await addressOf(core, hold)
  if (address === undefined) {
    await drop(core, hold, send, 'not-reachable')
    return true
  }
  const message = await contentOf(core, hold, send)
  if (message === undefined) {
    await drop(core, hold, send, 'nothing-to-say')
    return true
  }
  try {
    const receipt = await address.chat.send(address.to, message, send.key)
    await core.store.outbox.sent(hold.tenant, send.key, receipt.id, core.clock.now())
    return true
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    return failed(core, hold, row, error)
  }
}

/** What each kind of failure means for the message; docs/operating.md has the table. */
const failed = async (core: Core, hold: Hold, row: OutboxRow, error: DeliveryError): Promise<boolean> => {
  const { send } = row
  const now = core.clock.now()
  switch (error.kind) {
    case 'retry':
    case 'refresh':
      await core.store.outbox.retry(hold.tenant, send.key, now + retryDelay(core, row.attempts, error), error.kind)
      return false
    case 'stop-person':
    case 'stop-tenant':
    case 'policy':
      await drop(core, hold, send, error.kind)
      return true
    case 'bug':
      await core.store.outbox.end(hold.tenant, send.key, 'dead', 'bug', now)
      core.log.error({ code: 'MESSAGE_DEAD', err: error }, 'a message cannot be sent; it is kept as dead')
      return true
  }
}

/** ms: what the platform asked for, or exponential backoff with full jitter. */
const retryDelay = (core: Core, attempts: number, error: DeliveryError): number =>
  error.retryAfter ?? SECOND + core.random() * Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** attempts)

const contentOf = async (core: Core, hold: Hold, { content }: SendDeed): Promise<Message | undefined> => {
  if (content.kind === 'message') return content.message
  return hold.person === undefined ? undefined : composeDigest(core, hold.person, content.from, content.to)
}

const addressOf = async (core: Core, hold: Hold) => {
  const { person, tenant, id } = hold
  if (person?.route === undefined) return undefined
  const found = await homeOf(core, hold)
  if (found === undefined) return undefined
  const to: Address = { tenant, person: id, route: person.route }
  return { chat: core.chat(found), to }
}
