import type { Message } from '../../src/domain/message.ts'
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

/** HR and coaches: they press what is offered, the first thing mostly, until their clients are invited; later, anything. */
export const liveAsStaff = (
  member: Resident,
  house: House,
  clients: readonly Member[],
  random: Random,
  world: Surroundings,
): void => {
  const { events, platform, now } = world
  const writer = makeWriter(member.locale, member.number, random.fork('words'))
  const names = new Set(clients.map(({ name }) => name))
  const invited = new Set<string>()
  let shown: Message | undefined
  let texts = 0
  /** Steps left in this sitting: nobody presses buttons all day. */
  let patience = 0

  const decide = (message: Message): Gesture => {
    const words = (): Gesture => write(writer.answer(questionIn(message, world.book, member.locale)))
    const buttons = buttonsOf(message)
    if (buttons === undefined) return words()
    const { choices } = buttons
    const person = choices.findIndex(({ label }) => names.has(label))
    if (person >= 0) {
      const label = choices[person]?.label ?? ''
      const isNew = !invited.has(label)
      invited.add(label)
      return press(buttons, isNew ? person : random.between(0, choices.length - 1), false)
    }
    if (choices.length === 1) {
      if (message.blocks.some(block => block.kind === 'quote') || member.role === 'coach') {
        // A list of names with nobody left on it, or an open question: words do no harm to the first.
        return random.chance(0.5) ? press(buttons, 0, false) : words()
      }
      texts += 1
      return write(texts === 1 ? `${house.workspace} programme` : (house.purpose ?? 'skip'))
    }
    const unfinished = member.role === 'hr' || invited.size < names.size
    const invite = choices.findIndex(({ id }) => id === 'invite')
    if (member.role === 'coach' && unfinished && invite >= 0) return press(buttons, invite, false)
    return press(buttons, unfinished ? 0 : random.between(0, choices.length - 1), false)
  }

  platform.read(member.id, message => {
    shown = message
    if (!invitesAnswer(message)) return
    if (patience <= 0 && member.role === 'coach' && now() - satDownAt > HOUR) patience = 20
    const at = now() + random.between(20, 90) * SECOND + random.between(1, 999)
    events.plan(awake(at, platform.zoneOf(member.id), random), async () => {
      if (shown !== message || patience <= 0) return
      patience -= 1
      const { reply, text } = decide(message)
      await platform.reply(member, reply, text)
    })
  })

  let satDownAt = Number.NEGATIVE_INFINITY
  const sitDown = (): void => {
    const wait = invited.size < names.size && member.role === 'coach' ? DAY * 0.8 : random.between(5, 25) * DAY
    events.plan(
      awake(now() + wait + random.between(1, 3_599) * SECOND + 7, platform.zoneOf(member.id), random),
      async () => {
        patience = random.between(4, 20)
        satDownAt = now()
        const heard = world.commands(member.locale).menu ?? ['hello']
        const words = random.pick(heard)
        await platform.reply(member, { kind: 'text', text: words }, words)
        sitDown()
      },
    )
  }
  patience = 20
  sitDown()
}
