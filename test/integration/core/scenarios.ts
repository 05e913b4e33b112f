import type { PersonId } from '../../../src/domain/ids.ts'
import type { Reply } from '../../../src/domain/message.ts'
import type { World, WorldOptions } from '../../fakes/world.ts'
import {
  ACME,
  ANA,
  acceptedClient,
  ana,
  BEN,
  ben,
  HELEN,
  helen,
  newcomer,
  TOM,
  theTenant,
  tom,
} from '../../fakes/world-people.ts'
import { planCheckIn } from './due.ts'

/** A stretch of work that a process may die in. Gestures are fixed beforehand, so that each run is the same but for its death. */
export type Scenario = {
  readonly name: string
  readonly options?: WorldOptions
  readonly prepare?: (world: World) => Promise<void>
  readonly gestures: readonly (readonly [PersonId, Reply])[]
  /** How many messages are read in all. */
  readonly messages: number
}

const text = (words: string): Reply => ({ kind: 'text', text: words })

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a client makes a commitment for her coach too',
    gestures: [
      [ANA, text('commit')],
      [ANA, text('send Maria the draft by Friday')],
      [ANA, text('for Tom too')],
      [ANA, text('no plan')],
    ],
    messages: 4,
  },
  {
    name: 'a check-in comes due and is answered, rated and shared',
    prepare: async world => {
      await world.store.records.putGoal(
        ACME,
        ANA,
        { id: 'g1', kind: 'measure', text: 'Evenings', sign: undefined, madeAt: 1, closedAt: undefined },
        1,
      )
      await planCheckIn(world, world.clock.wall)
      await world.settle()
      world.chat.delivered.length = 0
      await world.say(ANA, 'Two calm mornings')
    },
    gestures: [
      [ANA, text('7')],
      [ANA, text('no')],
      [ANA, text('my holidays')],
      [ANA, text('nothing')],
    ],
    messages: 5,
  },
  {
    name: 'a check-in comes due',
    prepare: world => planCheckIn(world, world.clock.wall),
    gestures: [],
    messages: 1,
  },
  {
    name: 'HR switches the programme on, and the coach is told',
    options: {
      tenant: theTenant({ programme: undefined }),
      people: [newcomer(), tom({ coach: undefined }), helen()],
    },
    gestures: [
      [HELEN, text('hello')],
      [HELEN, text('set it up')],
      [HELEN, text('Spring')],
      [HELEN, text('More time')],
      [HELEN, text('Tom')],
      [HELEN, text('switch it on')],
    ],
    messages: 7,
  },
  {
    name: 'a coach invites a client, who accepts',
    options: { people: [newcomer(), tom(), helen()] },
    gestures: [
      [TOM, text('hello')],
      [TOM, text('invite')],
      [TOM, text('Ana')],
      [ANA, text('a bit of both')],
      [ANA, text('yes')],
    ],
    messages: 6,
  },
  {
    name: 'a client says that something landed badly, and stops',
    gestures: [
      [ANA, text('help')],
      [ANA, text('that landed badly')],
      [ANA, text('stop')],
    ],
    messages: 3,
  },
  {
    name: 'a client has everything deleted',
    options: { people: [ana(acceptedClient({ offered: [] })), tom(), helen(), ben({ id: BEN })] },
    gestures: [
      [ANA, text('commit')],
      [ANA, text('send the draft by Friday')],
      [ANA, text('delete my data')],
      [ANA, text('yes')],
    ],
    messages: 4,
  },
]
