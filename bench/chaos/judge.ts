import type { Due, Someone } from './people.ts'
import type { Acceptance } from './platform.ts'

/** A gesture that a worker acknowledged. */
export type Gesture = {
  readonly tenant: string
  readonly person: string
  readonly key: string
  /** When it was first handed in (ms). */
  readonly at: number
}

export type Row = {
  readonly key: string
  readonly tenant: string
  readonly person: string
  readonly class: string
  readonly ask: boolean
  readonly state: string
  readonly why: string | undefined
  /** Its quiet hours began before it left. */
  readonly waitsForMorning: boolean
}

export type Facts = {
  readonly people: readonly Someone[]
  readonly dues: readonly Due[]
  readonly quietFrom: Readonly<Record<string, number>>
  readonly finds: Readonly<Record<string, boolean>>
  /** The tenant whose platform refuses everything: it has no part in the comparison of lags. */
  readonly refused: readonly string[]
  readonly gestures: readonly Gesture[]
  /** When (ms) a worker had recorded a send, by its name and the key. */
  readonly recordedAt: ReadonlyMap<string, number>
  /** ms after which a lease that gave no sign of life may be another's. */
  readonly lease: number
  readonly accepted: readonly Acceptance[]
  readonly rows: readonly Row[]
  /** Check-ins that the gate held back, by person. */
  readonly heldBack: ReadonlyMap<string, readonly string[]>
  /** Keys of appointments that still stand, by person. */
  readonly standing: ReadonlyMap<string, readonly string[]>
}

export type Verdict = {
  readonly faults: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  readonly drops: Readonly<Record<string, number>>
  /** ms, by tenant. */
  readonly p99: Readonly<Record<string, number>>
}

/** ms that a message may be on its way, on a machine with much else to do, before being late is counted. */
const ON_ITS_WAY = 2_000

/** Everything that must hold after the chaos, told from what the platform saw and what the store kept. */
export const judge = (facts: Facts): Verdict => {
  const faults: string[] = []
  const counts: Record<string, number> = {
    gestures: facts.gestures.length,
    dues: facts.dues.length,
    sent: new Set(facts.accepted.map(({ key }) => key)).size,
    lost: 0,
    double: 0,
    'duplicates in window 1 (accepted, unrecorded)': 0,
    'duplicates in window 2 (suspended before sending)': 0,
    'late in window 2': 0,
  }
  const fault = (what: string, count?: string): void => {
    faults.push(what)
    if (count !== undefined) counts[count] = (counts[count] ?? 0) + 1
  }
  const window = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1
  }
  everyGestureOnce(facts, fault)
  everyDueOnce(facts, fault)
  everyRowTrue(facts, fault)
  duplicates(facts, fault, window)
  quietHours(facts, fault, window)
  budget(facts, fault)
  const drops: Record<string, number> = {}
  for (const { state, why } of facts.rows)
    if (state === 'dropped' || state === 'dead') drops[why ?? 'no reason'] = (drops[why ?? 'no reason'] ?? 0) + 1
  for (const whys of facts.heldBack.values())
    for (const why of whys) drops[`held back: ${why}`] = (drops[`held back: ${why}`] ?? 0) + 1
  return { faults, counts, drops, p99: lags(facts) }
}

type Fault = (what: string, count?: string) => void

const grouped = <Item extends { readonly tenant: string; readonly person: string }>(items: readonly Item[]) => {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const name = `${item.tenant}/${item.person}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}

/** Each gesture is answered by exactly one message of its own. */
const everyGestureOnce = ({ gestures, rows, people }: Facts, fault: Fault): void => {
  const replies = grouped(rows.filter(row => row.class === 'reply'))
  const theirs = grouped(gestures)
  for (const { tenant, id } of people) {
    const name = `${tenant}/${id}`
    const [said, answered] = [theirs.get(name)?.length ?? 0, replies.get(name)?.length ?? 0]
    for (let missing = answered; missing < said; missing += 1)
      fault(`${name}: ${said} gestures, ${answered} answers`, 'lost')
    for (let more = said; more < answered; more += 1) fault(`${name}: ${said} gestures, ${answered} answers`, 'double')
  }
}

/** Each check-in became one message, or was held back with a reason, or stands for another day. */
const everyDueOnce = ({ dues, rows, heldBack, standing }: Facts, fault: Fault): void => {
  const began = grouped(rows.filter(row => row.class === 'check-in'))
  for (const { tenant, person, key } of dues) {
    const name = `${tenant}/${person}`
    const outcomes =
      (began.get(name)?.length ?? 0) +
      (heldBack.get(name)?.length ?? 0) +
      (standing.get(name)?.filter(one => one === key).length ?? 0)
    if (outcomes === 0) fault(`${name}: ${key} came due and nothing became of it`, 'lost')
    if (outcomes > 1) fault(`${name}: ${key} came due once and was kept ${outcomes} times`, 'double')
  }
}

/** What the store says of a message is what the platform saw. */
const everyRowTrue = ({ rows, accepted }: Facts, fault: Fault): void => {
  const shown = new Set(accepted.map(({ key }) => key))
  const known = new Set(rows.map(({ key }) => key))
  for (const { key, state, why, waitsForMorning } of rows) {
    if (state === 'sent' && !shown.has(key)) fault(`${key} is said to be sent, and nobody saw it`, 'lost')
    if ((state === 'due' && !waitsForMorning) || state === 'sending') fault(`${key} is still ${state}`, 'lost')
    if ((state === 'dropped' || state === 'dead') && why === undefined) fault(`${key} is ${state} without a reason`)
    if (state === 'dropped' && shown.has(key) && why !== 'maybe-sent')
      fault(`${key} was seen, and is said to be dropped as ${why}`)
  }
  for (const key of shown) if (!known.has(key)) fault(`${key} was seen, and the store knows nothing of it`, 'double')
}

/** Each message that was seen twice has one of the two named reasons. */
const duplicates = (facts: Facts, fault: Fault, window: (name: string) => void): void => {
  const byKey = new Map<string, Acceptance[]>()
  for (const one of facts.accepted) byKey.set(one.key, [...(byKey.get(one.key) ?? []), one])
  for (const [key, all] of byKey) {
    const inOrder = all.toSorted((a, b) => a.at - b.at)
    for (const [nth, later] of inOrder.entries()) {
      const earlier = inOrder[nth - 1]
      if (earlier === undefined) continue
      // The second first: it is the only one that there may be where messages can be found again.
      if (mayHaveLost(facts, later) || mayHaveLost(facts, earlier))
        window('duplicates in window 2 (suspended before sending)')
      else if (!wasRecorded(facts, earlier, later) && facts.finds[later.tenant] === false)
        window('duplicates in window 1 (accepted, unrecorded)')
      else fault(`${key} was seen twice, by ${earlier.worker} and ${later.worker}, for no known reason`, 'double')
    }
  }
}

/** Between the sender's last look at the lease and the message's coming another process could have stolen it. */
const mayHaveLost = ({ lease }: Facts, { heldSince, cameAt }: Acceptance): boolean => cameAt - heldSince >= lease

const wasRecorded = ({ recordedAt }: Facts, { worker, key }: Acceptance, later: Acceptance): boolean =>
  (recordedAt.get(`${worker} ${key}`) ?? Number.POSITIVE_INFINITY) <= later.cameAt

/** Whoever was stopped between the gate and the send is late; whoever sends without a look at the clock has no excuse. */
const quietHours = (facts: Facts, fault: Fault, window: (name: string) => void): void => {
  const unprompted = new Set(facts.rows.filter(row => row.class !== 'reply').map(({ key }) => key))
  for (const { key, tenant, cameAt, checkedAt } of facts.accepted) {
    const from = facts.quietFrom[tenant]
    if (from === undefined || !unprompted.has(key) || cameAt <= from) continue
    if (checkedAt === undefined || checkedAt >= from) fault(`${key} came ${cameAt - from} ms into quiet hours`)
    else if (cameAt - checkedAt > ON_ITS_WAY) window('late in window 2')
  }
}

/** Rule 2: two asks in seven days, those of before included. */
const budget = ({ people, rows, accepted }: Facts, fault: Fault): void => {
  const shown = new Set(accepted.map(({ key }) => key))
  const asks = grouped(rows.filter(row => row.class !== 'reply' && row.ask && shown.has(row.key)))
  for (const { tenant, id, askedBefore } of people) {
    const now = asks.get(`${tenant}/${id}`)?.length ?? 0
    if (now + askedBefore > 2) fault(`${tenant}/${id} was asked ${now + askedBefore} times in seven days`)
  }
}

/** From the gesture, or the moment it was due, until somebody saw the message: the 99th of a hundred, by tenant. */
const lags = ({ gestures, dues, rows, accepted, refused }: Facts): Record<string, number> => {
  const firstSeen = new Map<string, number>()
  for (const { key, at } of accepted) firstSeen.set(key, Math.min(at, firstSeen.get(key) ?? Number.POSITIVE_INFINITY))
  const replies = grouped(rows.filter(row => row.class === 'reply'))
  const said = grouped(gestures)
  const all: Record<string, number[]> = {}
  const note = (tenant: string, lag: number): void => {
    if (refused.includes(tenant)) return
    all[tenant] = [...(all[tenant] ?? []), lag]
  }
  // Answers come in the order of the gestures: each key ends in its sequence.
  for (const [name, theirs] of said) {
    const moments = (replies.get(name) ?? [])
      .map(({ key }) => firstSeen.get(key) ?? Number.POSITIVE_INFINITY)
      .toSorted((a, b) => a - b)
    for (const [nth, { tenant, at }] of theirs.toSorted((a, b) => a.at - b.at).entries())
      note(tenant, Math.max(0, (moments[nth] ?? Number.POSITIVE_INFINITY) - at))
  }
  const checkIns = grouped(rows.filter(row => row.class === 'check-in'))
  for (const { tenant, person, at } of dues) {
    const seen = firstSeen.get(checkIns.get(`${tenant}/${person}`)?.[0]?.key ?? '')
    if (seen !== undefined) note(tenant, Math.max(0, seen - at))
  }
  return Object.fromEntries(
    Object.entries(all).map(([tenant, lag]) => [
      tenant,
      Math.round(lag.toSorted((a, b) => a - b)[Math.min(lag.length - 1, Math.floor(lag.length * 0.99))] ?? 0),
    ]),
  )
}

/** No tenant waits more than three times as long as another while one is refused everything. */
export const lagFaults = (p99: Readonly<Record<string, number>>): readonly string[] => {
  const lags = Object.entries(p99)
  const least = Math.min(...lags.map(([, lag]) => lag))
  return lags
    .filter(([, lag]) => lag > 3 * least)
    .map(([tenant, lag]) => `${tenant}: p99 lag ${lag} ms, above three times ${least} ms`)
}
