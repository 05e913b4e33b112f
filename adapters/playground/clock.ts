import { personId } from '../../src/domain/ids.ts'
import type { AppointmentKind } from '../../src/domain/person.ts'
import type { Core } from '../../src/usecases/core.ts'
import { runDue } from '../../src/usecases/run-due.ts'
import { whatIsIt } from './glass.ts'
import type { Playground } from './playground.ts'

type Next = { readonly at: number; readonly what: string; readonly silent: boolean }

const SILENT: readonly AppointmentKind[] = ['expiry', 'close-period']
/** Events stepped through in one move: more than a year of a few people's. */
const MOST_STEPS = 1_000

const soonest = (all: readonly Next[]): Next | undefined => all.toSorted((a, b) => a.at - b.at)[0]

const standing = async (core: Core, playground: Playground): Promise<readonly Next[]> => {
  const tenant = playground.tenant()
  const found: Next[] = []
  for (const { id, name } of playground.people()) {
    const person = await core.store.people.find(tenant, personId(id))
    for (const { at, kind } of Object.values(person?.scheduled ?? {}))
      found.push({ at, what: `${whatIsIt(kind)} (${name})`, silent: SILENT.includes(kind) })
  }
  const waiting = await core.store.outbox.next(tenant)
  return waiting === undefined
    ? found
    : [...found, { at: waiting, what: 'A message that waits for its hour', silent: false }]
}

/** The next thing that somebody will see. */
export const nextEvent = async (core: Core, playground: Playground): Promise<Next | undefined> =>
  soonest((await standing(core, playground)).filter(({ silent }) => !silent))

/**
 * Turns the clock to `target` (ms), event by event: at each, everything due happens and comes to rest before time goes on.
 * Time only goes forward.
 */
export const moveClock = async (
  core: Core,
  playground: Playground,
  target: number,
  moved: () => Promise<void>,
): Promise<void> => {
  const turnTo = (at: number): Promise<void> => playground.turn(playground.ahead() + Math.max(0, at - core.clock.now()))
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const next = soonest((await standing(core, playground)).filter(({ at }) => at > core.clock.now()))
    if (next === undefined || next.at > target) break
    await turnTo(next.at)
    await settle(core)
    await moved()
  }
  await turnTo(target)
  await settle(core)
}

const settle = async (core: Core): Promise<void> => {
  await runDue(core)
  await core.lanes.idle()
}
