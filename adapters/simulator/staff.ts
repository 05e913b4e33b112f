import type { ChoicesBlock, Message } from '../../src/domain/message.ts'
import { buttonsOf, type Gesture, invitesAnswer, press, write } from './answering.ts'
import { awake, type Surroundings } from './client.ts'
import type { Resident } from './population.ts'
import { questionIn } from './question.ts'
import type { Random } from './random.ts'
import type { House, Member } from './transcript.ts'
import { makeWriter } from './writer.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR

/**
 * HR switches the programme on, and looks at the figures now and then. Coaches invite everybody, one sitting after the other, and
 * from then on write notes and perspectives, sometimes several to one person; now and then they press anything else.
 */
export const liveAsStaff = (
  member: Resident,
  house: House,
  clients: readonly Member[],
  random: Random,
  world: Surroundings,
): void => {
  const { events, platform, now } = world
  const isCoach = member.role === 'coach'
  const writer = makeWriter(member.locale, member.number, random.fork('words'))
  const names = new Set(clients.map(({ name }) => name))
  const invited = new Set<string>()
  let shown: Message | undefined
  let texts = 0
  /** Steps left in this sitting: nobody presses buttons all day. */
  let patience = 20
  let satDownAt = Number.NEGATIVE_INFINITY

  /** The button with the first of these ids that is there, each with its chance. */
  const leaning = (buttons: ChoicesBlock, likes: readonly (readonly [id: string, chance: number])[]): Gesture => {
    const { choices } = buttons
    const wanted = likes.find(([id, chance]) => choices.some(one => one.id === id) && random.chance(chance))?.[0]
    const index = choices.findIndex(({ id }) => id === wanted)
    return press(buttons, index >= 0 ? index : random.between(0, choices.length - 1), false)
  }

  const pickPerson = (buttons: ChoicesBlock): Gesture => {
    const { choices } = buttons
    const fresh = choices.find(({ label }) => names.has(label) && !invited.has(label))
    if (fresh === undefined) return press(buttons, random.between(0, choices.length - 1), false)
    invited.add(fresh.label)
    return press(buttons, choices.indexOf(fresh), false)
  }

  const decide = (message: Message): Gesture => {
    const words = (): Gesture => write(writer.answer(questionIn(message, world.book, member.locale)))
    const buttons = buttonsOf(message)
    if (buttons === undefined) return words()
    const { choices } = buttons
    if (choices.some(({ label }) => names.has(label))) return pickPerson(buttons)
    if (choices.length === 1 && isCoach) return random.chance(0.9) ? words() : press(buttons, 0, false)
    if (choices.length === 1) {
      texts += 1
      return write(texts === 1 ? `${house.workspace} programme` : (house.purpose ?? 'skip'))
    }
    if (!isCoach) return press(buttons, 0, false)
    if (invited.size < names.size) return leaning(buttons, [['invite', 1]])
    return leaning(buttons, [
      ['note', 0.6],
      ['perspective', 0.8],
      ['yes', 0.85],
    ])
  }

  const greet = async (): Promise<void> => {
    const words = random.pick(world.understood(member.locale).commands.menu ?? ['hello'])
    await platform.reply(member, { kind: 'text', text: words }, words)
  }

  platform.read(member.id, message => {
    shown = message
    const asks = invitesAnswer(message)
    if (asks && patience <= 0 && isCoach && now() - satDownAt > HOUR) patience = 20
    // What they were at is done: something more, perhaps, while they are at it.
    if (!asks && !(isCoach && invited.size >= names.size && patience > 0 && random.chance(0.6))) return
    const at = now() + random.between(20, 90) * SECOND + random.between(1, 999)
    events.plan(awake(at, platform.zoneOf(member.id), random), async () => {
      if (shown !== message || patience <= 0) return
      patience -= 1
      if (!asks) return greet()
      const { reply, text } = decide(message)
      await platform.reply(member, reply, text)
    })
  })

  const sitDown = (): void => {
    const isInviting = isCoach && invited.size < names.size
    const wait = isInviting ? DAY * 0.8 : random.between(isCoach ? 3 : 5, isCoach ? 11 : 25) * DAY
    events.plan(
      awake(now() + wait + random.between(1, 3_599) * SECOND + 7, platform.zoneOf(member.id), random),
      async () => {
        patience = random.between(4, 20)
        satDownAt = now()
        await greet()
        sitDown()
      },
    )
  }
  sitDown()
}
