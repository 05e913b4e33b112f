import type { SendDeed } from '../domain/effect.ts'
import { AFTER_FAILURE, type Consequence } from '../domain/failure.ts'
import { gate } from '../domain/gate.ts'
import type { Message } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import { stamp } from '../domain/pressure.ts'
import { type Address, type ChatAdapter, DeliveryError } from '../ports/chat.ts'
import type { OutboxRow, PendingRow } from '../ports/store.ts'
import { composeDigest } from './compose-digest.ts'
import { type Core, leaseLengthOf } from './core.ts'
import { type Hold, homeOf, Overtaken, pendingOf, stillHeld } from './hold.ts'
import { stopTenant } from './stop-tenant.ts'

const SECOND = 1_000
/** What was composed so long ago is put before the gate again before it leaves. */
const FRESH_FOR = 30 * SECOND
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
  const wanted = isFresh(effect, now) && earlier.length === 0
  const wait = wanted ? await paceOf(core, hold, deed) : undefined
  const goesNow = wait?.ms === 0
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
  const wakeAt = goesNow ? now + leaseLengthOf(core) : Math.max(now + (wait?.rowWaits ?? 0), effect.notBefore)
  const isNew = await core.store.outbox.put(row, wakeAt)
  // There already: an earlier process stored it, and deliverPending takes it from there.
  if (isNew && goesNow && (await attempt(core, hold, row))) hold.pending = earlier
}

/**
 * The pace of the platform: 0, and the send is counted; or ms to wait. A whole tenant's wait leaves the row as it is, to be
 * found when the tenant has its turn; a route's own wait is the row's (`rowWaits`).
 */
const paceOf = async (core: Core, hold: Hold, { class: kind }: SendDeed): Promise<Pace> => {
  const address = await addressOf(core, hold)
  // Nobody to pace for: the attempt will say so.
  if (address === undefined) return { ms: 0, rowWaits: 0, giveBack: () => undefined }
  const { chat, to } = address
  const ms = core.pacer.take(to, chat.limits, kind === 'reply' ? 'reply' : 'unprompted')
  if (ms > 0) core.wake(ms)
  const rowWaits = core.pacer.wait(to.tenant, chat.limits) > 0 ? 0 : ms
  return { ms, rowWaits, giveBack: () => core.pacer.giveBack(to) }
}

type Pace = { readonly ms: number; readonly rowWaits: number; giveBack(): void }

/** Composed just now, as far as the gate is concerned: what an earlier process left is put before it again. */
const isFresh = ({ notBefore, notAfter, ...effect }: SendDeed, now: number): boolean =>
  notBefore <= now && now <= (effect.class === 'reply' ? notAfter : notBefore + FRESH_FOR)

/**
 * What Lighthand began and the person has not seen: it waits for its hour or for another try. Whoever writes meanwhile must
 * not find their words taken for its answer, nor their own answer held back behind it.
 */
export const unseenOf = async (core: Core, hold: Hold): Promise<readonly string[]> => {
  const keys: string[] = []
  for (const row of await pendingOf(core, hold)) {
    if (row.state !== 'due' || row.send.class === 'reply') continue
    if (row.attempts > 0 && (await settleUnsure(core, hold, row, core.clock.now()))) continue
    keys.push(row.send.key)
  }
  return keys
}

/** Takes back what was not sent: its step is closed already. */
export const withdraw = async (core: Core, hold: Hold, key: string): Promise<void> => {
  hold.pending = undefined
  await core.store.outbox.end(hold.tenant, key, 'dropped', 'overtaken', core.clock.now())
  core.meters.dropped('overtaken')
  core.log.info({ code: 'MESSAGE_DROPPED', why: 'overtaken' }, 'a message made way for what its reader wrote')
}

/** Everything of one person that waits to leave and is due, in order; what must wait holds back what comes after it. */
export const deliverPending = async (core: Core, hold: Hold): Promise<void> => {
  for (const row of await pendingOf(core, hold)) {
    const now = core.clock.now()
    // Under the person's lease nobody else is sending: a row still marked so was left by a process that is gone.
    if (row.state === 'due' && row.wakeAt > now) return
    await stillHeld(core, hold)
    const { send } = row
    if (row.attempts > 0 && (await settleUnsure(core, hold, row, now))) continue
    if (now > send.notAfter) {
      await drop(core, hold, send, 'too-late')
      continue
    }
    const pace = await paceOf(core, hold, send)
    if (pace.ms > 0) {
      if (pace.rowWaits > 0) await core.store.outbox.retry(hold.tenant, send.key, now + pace.rowWaits, 'paced')
      return
    }
    const unsure = isUnsure(row)
    const verdict = await mayLeave(core, hold, send, now, unsure)
    if (verdict !== 'go') pace.giveBack()
    if (verdict === 'wait') return
    if (verdict === 'no') continue
    if (!(await core.store.outbox.attempt(hold.tenant, send.key, now, now + leaseLengthOf(core)))) continue
    if (!(await attempt(core, hold, row, unsure))) return
  }
}

/**
 * A message that was tried before: looked up where the platform can be asked, since even a try that failed may have arrived.
 * An ask that stays unsure is not repeated, and is never taken for unsent.
 */
const settleUnsure = async (core: Core, hold: Hold, row: PendingRow, now: number): Promise<boolean> => {
  const { send, firstTriedAt = now } = row
  const address = await addressOf(core, hold)
  if (address === undefined) return false
  const found = await address.chat.find(address.to, send.key, firstTriedAt)
  if (found !== undefined) {
    await core.store.outbox.sent(hold.tenant, send.key, found.id, now)
    hold.pending = undefined
    return true
  }
  // A refusal puts it back to due; whoever still stands as sending was cut off, and nobody knows.
  if (row.state !== 'sending') return false
  const repeats = send.class === 'reply' || !send.ask || now - firstTriedAt < UNSURE_FOR
  if (repeats && now <= send.notAfter) return false
  await endUnsure(core, hold, send)
  return true
}

/** What Lighthand began, cut off while it was being sent: it counts as sent, and has one more chance to leave for certain. */
const isUnsure = ({ state, send }: OutboxRow): boolean => state === 'sending' && send.class !== 'reply'

/** It is not sent again, nor told of as unsent: the client may have it before them. */
const endUnsure = async (core: Core, hold: Hold, { key, class: kind }: SendDeed): Promise<void> => {
  await core.store.outbox.end(hold.tenant, key, 'dropped', 'maybe-sent', core.clock.now())
  core.meters.dropped('maybe-sent')
  core.log.info(
    { code: 'MESSAGE_DROPPED', why: 'maybe-sent', class: kind },
    'a message was perhaps sent, and is left at that',
  )
}

/** The gate again, at each attempt: time has passed since the message was composed. Its ledger entry moves to now. */
const mayLeave = async (
  core: Core,
  hold: Hold,
  send: SendDeed,
  now: number,
  unsure: boolean,
): Promise<'go' | 'wait' | 'no'> => {
  const { person } = hold
  if (send.class === 'reply' || person?.client === undefined) return 'go'
  const tenant = await homeOf(core, hold)
  if (tenant === undefined) return 'no'
  if (person.applied.includes(unsentKey(send))) {
    // An earlier process said that it was not sent, and died before it took it back.
    await drop(core, hold, send, 'overtaken')
    return 'no'
  }
  if (tenant.pausedAt !== undefined) {
    if (unsure) await endUnsure(core, hold, send)
    else await drop(core, hold, send, 'paused')
    return 'no'
  }
  const candidate = { key: send.key, class: send.class, ask: send.ask }
  const verdict = gate(person, candidate, await core.calendar(tenant, person), now, core.packs.current.guided.most)
  if (verdict.kind !== 'go' && unsure) {
    await endUnsure(core, hold, send)
    return 'no'
  }
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

/**
 * It does not leave. For what Lighthand began, that comes back through the inbox, so that nobody waits for its answer; it is
 * told before the row ends, so that a crash between the two tells it again.
 */
const drop = async (
  core: Core,
  hold: Hold,
  send: SendDeed,
  why: string,
  state: 'dropped' | 'dead' = 'dropped',
): Promise<void> => {
  const { tenant, id } = hold
  const now = core.clock.now()
  if (send.class !== 'reply') {
    const event = { kind: 'unsent', key: send.key, why } as const
    await core.store.inbox.put({ tenant, person: id, key: unsentKey(send), at: now, event }, now)
    hold.told.add(id)
  }
  await core.store.outbox.end(tenant, send.key, state, why, now)
  if (state === 'dead') core.meters.dead('outbox')
  else core.meters.dropped(why)
  core.log.info({ code: 'MESSAGE_DROPPED', why, class: send.class }, 'a message was not sent')
}

/** The key of the event that tells that a message was not sent. */
export const unsentKey = ({ key }: { readonly key: string }): string => `unsent/${key}`

/** One try. True if the row is done with, however; false if it waits and holds back what comes after it. */
const attempt = async (core: Core, hold: Hold, row: OutboxRow, unsure = false): Promise<boolean> => {
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
  // The last moment to learn that the person was taken over: what is sent cannot be taken back.
  await stillHeld(core, hold)
  try {
    const receipt = await address.chat.send(address.to, message, send.key)
    const now = core.clock.now()
    await core.store.outbox.sent(hold.tenant, send.key, receipt.id, now)
    core.pacer.taken(address.to)
    core.meters.sent()
    core.meters.lag('message', Math.max(0, now - send.notBefore))
    return true
  } catch (error) {
    if (!(error instanceof DeliveryError)) {
      core.meters.failed('unknown')
      throw error
    }
    return failed(core, hold, row, address, error, unsure)
  }
}

type Reached = { readonly chat: ChatAdapter; readonly to: Address }

/** Acts on the one table, domain/failure.ts: for the tenant, the person, and then the message. */
const failed = async (
  core: Core,
  hold: Hold,
  row: OutboxRow,
  { to }: Reached,
  error: DeliveryError,
  unsure: boolean,
): Promise<boolean> => {
  const { send } = row
  const { kind, retryAfter, scope } = error
  const { message, person, tenant }: Consequence = AFTER_FAILURE[kind]
  core.meters.failed(kind)
  if (tenant === 'held' && retryAfter !== undefined) core.pacer.hold(to, scope, retryAfter)
  if (tenant === 'stopped') {
    await stopTenant(core, hold.tenant, kind)
    hold.home = undefined
  }
  if (person === 'stopped' && hold.person !== undefined)
    await write(core, hold, { ...hold.person, stoppedAt: core.clock.now() })
  if (unsure) {
    await endUnsure(core, hold, send)
    return true
  }
  if (message === 'waits') {
    const delay = retryDelay(core, row.attempts, error)
    await core.store.outbox.retry(hold.tenant, send.key, core.clock.now() + delay, kind)
    core.wake(delay)
    return false
  }
  await drop(core, hold, send, kind, message === 'dead' ? 'dead' : 'dropped')
  if (message === 'dead')
    core.log.error({ code: 'MESSAGE_DEAD', err: error }, 'a message cannot be sent; it is kept as a dead letter')
  return true
}

/** ms: what the platform asked for, or exponential backoff with full jitter. */
const retryDelay = (core: Core, attempts: number, error: DeliveryError): number =>
  error.retryAfter ?? SECOND + core.random() * Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** attempts)

const contentOf = async (core: Core, hold: Hold, { content }: SendDeed): Promise<Message | undefined> => {
  if (content.kind === 'message') return content.message
  return hold.person === undefined ? undefined : composeDigest(core, hold.person, content.from, content.to)
}

/** Undefined: they, or the whole tenant, cannot be reached. */
const addressOf = async (core: Core, hold: Hold): Promise<Reached | undefined> => {
  const { person, tenant, id } = hold
  if (person?.route === undefined || person.stoppedAt !== undefined) return undefined
  const found = await homeOf(core, hold)
  if (found === undefined || found.stopped !== undefined) return undefined
  const to: Address = { tenant, person: id, route: person.route }
  return { chat: core.chat(found), to }
}
