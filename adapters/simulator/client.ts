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
import { aimsOf, fancy, interruption, LEAVING, type Whim } from './whims.ts'
import { makeWriter } from './writer.ts'

/** What a locale says that it understands: phrases by command and by language, and common words that tell it from others. */
export type Understood = {
  readonly commands: Readonly<Record<string, readonly string[]>>
  readonly languages: Readonly<Record<string, readonly string[]>>
  readonly tells: readonly string[]
}

/** What people live in: time, the platform, and the languages that are spoken there. */
export type Surroundings = {
  readonly events: Events
  readonly platform: Platform
  readonly now: () => number
  readonly locales: readonly string[]
  readonly understood: (locale: string) => Understood
  /** To understand with what was asked. */
  readonly book: Book
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 1_440 * MINUTE
/** Answers that come when the question may be over. */
const LATE = 0.03
/** So far back somebody scrolls. */
const REMEMBERED = 6
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

/** The language that a text is in, of those that are spoken; as long as it could be either, the one of before. */
const languageOf = (text: string, before: string, { locales, understood }: Surroundings): string => {
  const words = new Set(text.toLowerCase().split(/[^\p{L}']+/u))
  const count = (locale: string): number => understood(locale).tells.filter(tell => words.has(tell)).length
  return locales.reduce((best, one) => (count(one) > count(best) ? one : best), before)
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
  const writer = makeWriter(member.writes, member.number, random.fork('words'))
  let reads = member.locale
  let shown: { readonly message: Message } | undefined
  /** Questions that have scrolled away, with buttons that can still be pressed. */
  const earlier: Message[] = []
  let typedAt = Number.NEGATIVE_INFINITY
  let underContract = false
  let answersLeft = temperament.fallsSilentAfter ?? Number.POSITIVE_INFINITY
  let wantsErasure = false
  let isAway = false
  const aims = aimsOf(random.fork('aims'))
  let aim: Whim | undefined
  /** Asked whether they take it up at all only once: the invitation, and then its reminder, find the same person. */
  const opensDoor = random.chance(temperament.opensDoor)

  const isSilenced = (): boolean => answersLeft <= 0
  const send = async ({ reply, text }: Gesture): Promise<void> => {
    typedAt = now()
    await platform.reply(member, reply, text)
  }
  const today = (): string => DateTime.fromMillis(now(), { zone: platform.zoneOf(member.id) }).toISODate() ?? ''
  const command = (name: string): Gesture | undefined => {
    const { commands, languages } = world.understood(reads)
    const asked = name === 'language' && random.chance(0.5) ? random.pick(Object.values(languages)) : undefined
    const heard = asked ?? commands[name]
    if (heard === undefined) return undefined
    wantsErasure = name === 'delete'
    if (LEAVING.includes(name)) isAway = true
    if (name === 'resume') isAway = false
    return write(random.chance(0.7) ? (heard[0] ?? name) : random.pick(heard))
  }

  const decide = (message: Message): Gesture => {
    const buttons = buttonsOf(message)
    if (wantsErasure && buttons !== undefined) {
      wantsErasure = false
      return press(buttons, 0, false)
    }
    const typed = random.chance(temperament.types)
    if (buttons !== undefined && isContract(message)) {
      if (!random.chance(temperament.accepts))
        return press(buttons, random.between(1, buttons.choices.length - 1), typed)
      underContract = true
      isAway = false
      return press(buttons, 0, typed)
    }
    if (underContract) answersLeft -= 1
    const aimed = buttons?.choices.findIndex(({ id }) => id === aim?.choice) ?? -1
    if (buttons !== undefined && aimed >= 0) {
      aim = undefined
      return press(buttons, aimed, typed)
    }
    if (underContract && random.chance(temperament.commands)) {
      const between = command(interruption(random) ?? '')
      if (between !== undefined) return between
    }
    const question = questionIn(message, world.book, reads)
    return answerTo(message, { way: temperament, random, writer, today: today(), question })
  }

  /** A finger on a button of some other day. */
  const pressOld = (): Gesture | undefined => {
    const message = earlier.length === 0 ? undefined : random.pick(earlier)
    const buttons = message === undefined ? undefined : buttonsOf(message)
    return buttons === undefined ? undefined : press(buttons, random.between(0, buttons.choices.length - 1), false)
  }

  const answerLater = (message: Message): void => {
    const isReply = now() - typedAt < MINUTE
    const eager = underContract ? temperament.answers : opensDoor ? 0.9 : 0
    if (isSilenced() || !random.chance(isReply ? temperament.goesOn : eager)) return
    const [least, most] = temperament.delay
    const isLate = !isReply && random.chance(LATE)
    const wait = isReply
      ? random.between(10, 200) * SECOND
      : isLate
        ? random.between(3 * 24, 9 * 24) * 60 * MINUTE
        : random.between(least, most) * MINUTE
    const at = now() + wait + random.between(1, 59_999)
    const zone = platform.zoneOf(member.id)
    events.plan(isReply ? at : awake(at, zone, random), async () => {
      // Something newer is on the screen: that has its own answer.
      if (shown?.message !== message || isSilenced()) return
      const old = underContract && random.chance(temperament.old) ? pressOld() : undefined
      if (old === undefined) shown = undefined
      await send(old ?? decide(message))
    })
  }

  platform.read(member.id, message => {
    reads = languageOf(message.text, reads, world)
    if (shown !== undefined) earlier.push(shown.message)
    if (earlier.length > REMEMBERED) earlier.shift()
    shown = invitesAnswer(message) ? { message } : undefined
    if (shown !== undefined) answerLater(message)
  })

  const ownAccord = (): Gesture | undefined => {
    if (isAway && random.chance(temperament.comesBack)) return command('resume')
    if (underContract && !isAway && aims.length > 0 && random.chance(0.5)) {
      aim = aims.shift()
      return aim === undefined ? undefined : command(aim.command)
    }
    if (random.chance(temperament.distress)) {
      isAway = true
      return write(writer.distress())
    }
    if (random.chance(0.25)) return write(writer.aside())
    return command(fancy(random, Object.keys(world.understood(reads).commands)) ?? '')
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
