import { DateTime } from 'luxon'
import type { Message } from '../../src/domain/message.ts'
import { answerTo, buttonsOf, type Gesture, invitesAnswer, isContract, press, write } from './answering.ts'
import type { Book } from './checker/book.ts'
import type { Events } from './events.ts'
import type { Platform } from './platform.ts'
import type { Resident } from './population.ts'
import { questionIn } from './question.ts'
import type { Random } from './random.ts'
import type { Temperament } from './temperaments.ts'
import { makeWriter } from './writer.ts'

/** What people live in: time, the platform, and the words that a locale says it understands, by command. */
export type Surroundings = {
  readonly events: Events
  readonly platform: Platform
  readonly now: () => number
  readonly commands: (locale: string) => Readonly<Record<string, readonly string[]>>
  /** To understand with what was asked. */
  readonly book: Book
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 1_440 * MINUTE
/** How often each command is thought of; one that is not listed here is thought of a little. */
const FANCY: Readonly<Record<string, number>> = {
  commit: 9,
  commitments: 2,
  seen: 2,
  help: 1,
  limits: 1,
  pause: 0.7,
  resume: 1,
  stop: 0.25,
  delete: 0.15,
  'check-in': 1,
}
/** Between the lines of a running conversation. */
const IN_BETWEEN = ['snooze', 'skip', 'edit', 'too-personal', 'landed-badly', 'seen', 'help', 'pause', 'limits']
const ELSEWHERE = [
  'America/Los_Angeles',
  'Asia/Tokyo',
  'Europe/London',
  'Australia/Adelaide',
  'America/New_York',
  'Asia/Kathmandu',
]

/** Moves a moment that falls into the night to the next morning, where they are. */
export const awake = (at: number, zone: string, random: Random): number => {
  const local = DateTime.fromMillis(at, { zone })
  const minute = local.hour * 60 + local.minute
  if (minute >= 7 * 60 && minute < 22 * 60) return at
  const morning = local.plus({ days: minute < 7 * 60 ? 0 : 1 }).startOf('day')
  return morning.plus({ minutes: 7 * 60 + random.between(5, 180), seconds: random.between(1, 59) }).toMillis()
}

/** Somebody who lives with Lighthand: they know what stands in their chat and nothing else. */
export const liveAsClient = (
  member: Resident,
  temperament: Temperament,
  home: string,
  random: Random,
  world: Surroundings,
): void => {
  const { events, platform, now } = world
  const writer = makeWriter(member.locale, member.number, random.fork('words'))
  let shown: { readonly message: Message } | undefined
  let typedAt = Number.NEGATIVE_INFINITY
  let underContract = false
  let answersLeft = temperament.fallsSilentAfter ?? Number.POSITIVE_INFINITY
  let wantsErasure = false
  /** Asked whether they take it up at all only once: the invitation, and then its reminder, find the same person. */
  const opensDoor = random.chance(temperament.opensDoor)

  const isSilenced = (): boolean => answersLeft <= 0
  const send = async ({ reply, text }: Gesture): Promise<void> => {
    typedAt = now()
    await platform.reply(member, reply, text)
  }
  const today = (): string => DateTime.fromMillis(now(), { zone: platform.zoneOf(member.id) }).toISODate() ?? ''
  const command = (name: string): Gesture | undefined => {
    const heard = world.commands(member.locale)[name]
    if (heard === undefined) return undefined
    wantsErasure = name === 'delete'
    return write(random.chance(0.7) ? (heard[0] ?? name) : random.pick(heard))
  }

  const decide = (message: Message): Gesture => {
    const buttons = buttonsOf(message)
    if (wantsErasure && buttons !== undefined) {
      wantsErasure = false
      return press(buttons, 0, false)
    }
    if (buttons !== undefined && isContract(message)) {
      const typed = random.chance(temperament.types)
      if (!random.chance(temperament.accepts))
        return press(buttons, random.between(1, buttons.choices.length - 1), typed)
      underContract = true
      return press(buttons, 0, typed)
    }
    if (underContract) answersLeft -= 1
    if (underContract && random.chance(temperament.commands)) {
      const interruption = command(random.pick(IN_BETWEEN))
      if (interruption !== undefined) return interruption
    }
    const question = questionIn(message, world.book, member.locale)
    return answerTo(message, { way: temperament, random, writer, today: today(), question })
  }

  const answerLater = (message: Message): void => {
    const isReply = now() - typedAt < MINUTE
    const eager = underContract ? temperament.answers : opensDoor ? 0.9 : 0
    if (isSilenced() || !random.chance(isReply ? temperament.goesOn : eager)) return
    const [least, most] = temperament.delay
    const wait = isReply ? random.between(10, 200) * SECOND : random.between(least, most) * MINUTE
    const at = now() + wait + random.between(1, 59_999)
    const zone = platform.zoneOf(member.id)
    events.plan(isReply ? at : awake(at, zone, random), async () => {
      // Something newer is on the screen: that has its own answer.
      if (shown?.message !== message || isSilenced()) return
      shown = undefined
      await send(decide(message))
    })
  }

  platform.read(member.id, message => {
    shown = invitesAnswer(message) ? { message } : undefined
    if (shown !== undefined) answerLater(message)
  })

  const ownAccord = (): Gesture | undefined => {
    if (random.chance(temperament.distress)) return write(writer.distress())
    if (random.chance(0.25)) return write(writer.aside())
    const names = Object.keys(world.commands(member.locale)).filter(name => !['skip', 'edit', 'snooze'].includes(name))
    const weights = names.map(name => FANCY[name] ?? 0.5)
    let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0)
    const chosen = names.find((_, index) => {
      left -= weights[index] ?? 0
      return left < 0
    })
    return chosen === undefined ? undefined : command(chosen)
  }
  const [soonest, latest] = temperament.every
  const live = (): void => {
    const at = now() + (soonest + random.next() * (latest - soonest)) * DAY
    events.plan(awake(at, platform.zoneOf(member.id), random), async () => {
      // They write by themselves only to somebody they have met: before the invitation there is no chat to write in.
      if (!isSilenced() && typedAt > 0) {
        const gesture = ownAccord()
        if (gesture !== undefined) await send(gesture)
      }
      live()
    })
  }
  live()

  const { travels } = temperament
  if (travels === undefined) return
  const travel = (): void => {
    events.plan(now() + random.between(travels[0] * 24, travels[1] * 24) * 60 * MINUTE + 31 * SECOND, async () => {
      await platform.join(member, random.chance(0.4) ? home : random.pick(ELSEWHERE))
      travel()
    })
  }
  travel()
}
