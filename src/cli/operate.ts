import type { Command } from 'commander'
import { tenantId } from '../domain/ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { DeadLetter, Store } from '../ports/store.ts'
import { listDead, requeueDead } from '../usecases/dead-letters.ts'

/** What the operator's commands need from the world; opening throws with a message that says what to do. */
export type OperateWorld = {
  /** The store of this configuration, at this version. */
  readonly openStore: () => Promise<Store>
  /** Brings the store of this configuration to this version; told of each step. */
  readonly prepareStore: (told: (does: string) => void) => Promise<void>
  readonly clock: Pick<Clock, 'now'>
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

const SHOWN = 50
const BOXES: readonly DeadLetter['box'][] = ['outbox', 'inbox']

/** `outbox list`, `show` and `requeue`, and `store prepare`. No command prints a word that anybody wrote. */
export const registerOperate = (program: Command, world: OperateWorld, finish: (code: 0 | 1) => void): void => {
  const outbox = program
    .command('outbox')
    .description('look at messages and events that were set aside as dead letters, and take them up again')
    .addHelpText(
      'after',
      '\nA letter is named as `list` names it. Its words stay sealed: what you see is who, when and why.',
    )

  outbox
    .command('list')
    .description(`list dead letters, the latest first, at most ${SHOWN}`)
    .action(async () => finish(await withStore(world, store => list(world, store))))

  outbox
    .command('show')
    .description('show one dead letter, without its words')
    .argument('<letter>', 'as `list` names it')
    .action(async (name: string) => finish(await withStore(world, store => show(world, store, name))))

  outbox
    .command('requeue')
    .description('take a dead letter up again, once what was wrong is mended')
    .argument('<letter>', 'as `list` names it')
    .action(async (name: string) => finish(await withStore(world, store => requeue(world, store, name))))

  program
    .command('store')
    .description('work with the database')
    .command('prepare')
    .description(
      'create the indexes and bring the database to this version; safe to repeat, and to run several times at once',
    )
    .action(async () => {
      let steps = 0
      await world.prepareStore(does => {
        steps += 1
        world.print(`${steps}. ${does}`)
      })
      world.print(steps === 0 ? 'The database is at this version already.' : 'The database is ready.')
      finish(0)
    })
}

const withStore = async (world: OperateWorld, command: (store: Store) => Promise<0 | 1>): Promise<0 | 1> => {
  const store = await world.openStore()
  try {
    return await command(store)
  } finally {
    await store.close()
  }
}

/** Box, tenant and key in one word; what a part may hold is escaped, so the three are found again. */
const nameOf = ({ box, tenant, key }: DeadLetter): string =>
  [box, encodeURIComponent(tenant), encodeURIComponent(key)].join(':')

const letterOf = (name: string): Pick<DeadLetter, 'box' | 'tenant' | 'key'> | undefined => {
  const [first, tenant, key, ...rest] = name.split(':')
  const box = BOXES.find(one => one === first)
  if (box === undefined || tenant === undefined || key === undefined || rest.length > 0) return undefined
  return { box, tenant: tenantId(decodeURIComponent(tenant)), key: decodeURIComponent(key) }
}

const dateOf = (at: number): string => new Date(at).toISOString()

const list = async ({ clock, print }: OperateWorld, store: Store): Promise<0> => {
  const letters = await listDead({ store, clock }, SHOWN)
  if (letters.length === 0) print('There are no dead letters.')
  for (const letter of letters) print(`${dateOf(letter.at)}  ${letter.why}  ${nameOf(letter)}`)
  return 0
}

const NOT_THERE = 'There is no such dead letter; `lighthand outbox list` names those there are.'

const show = async ({ print, printError }: OperateWorld, store: Store, name: string): Promise<0 | 1> => {
  const wanted = letterOf(name)
  const letter = wanted && (await store.deadLetters.find(wanted.box, wanted.tenant, wanted.key))
  if (letter === undefined) {
    printError(NOT_THERE)
    return 1
  }
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['what', letter.box === 'outbox' ? 'a message that could not be sent' : 'an event that could not be taken'],
    ['why', letter.why],
    ['set aside', dateOf(letter.at)],
    ['tenant', letter.tenant],
    ['person', letter.person],
    ['key', letter.key],
    ['class', letter.class],
    ['tries', letter.attempts],
  ]
  for (const [fact, value] of facts) if (value !== undefined) print(`${`${fact}:`.padEnd(11)} ${value}`)
  return 0
}

const requeue = async ({ clock, print, printError }: OperateWorld, store: Store, name: string): Promise<0 | 1> => {
  const wanted = letterOf(name)
  const done = wanted && (await requeueDead({ store, clock }, wanted.box, wanted.tenant, wanted.key))
  switch (done) {
    case 'requeued':
      print('It waits again, and is taken up within seconds by any process that runs.')
      return 0
    case 'closed':
      printError(
        'Lighthand began this message, and closed its step when it was set aside: what it would ask is no longer open. The next one comes by itself.',
      )
      return 1
    default:
      printError(NOT_THERE)
      return 1
  }
}
