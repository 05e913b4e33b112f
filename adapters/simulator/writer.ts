import type { Random } from './random.ts'
import { DE } from './voices/de.ts'
import { EN } from './voices/en.ts'
import { ES } from './voices/es.ts'
import type { Question, Voice } from './voices/voice.ts'

const VOICES: Readonly<Record<string, Voice>> = { en: EN, es: ES, de: DE }

/** What one person types. Each text names something that nobody else ever names. */
export type Writer = {
  answer(question: Question): string
  doing(withDay: boolean): string
  aside(): string
  distress(): string
  day(): string
}

/** `number` (0 to 499) makes what they name their own among all people. */
export const makeWriter = (locale: string, number: number, random: Random): Writer => {
  const voice = VOICES[locale.split('-')[0] ?? 'en'] ?? EN
  let count = 0
  const write = (texts: readonly string[]): string => {
    const text = random.pick(texts)
    count += 1
    return text.replaceAll('{x}', nameOf(number, count))
  }
  const doing = (withDay: boolean): string =>
    `${write(voice.answers.doing)}${withDay ? ` ${random.pick(voice.days)}` : ''}`
  return {
    answer: question => (question === 'doing' ? doing(random.chance(0.5)) : write(voice.answers[question])),
    doing,
    aside: () => write(voice.asides),
    distress: () => write(voice.distress),
    day: () => random.pick(voice.days),
  }
}

const SYLLABLES = [...'bdgklmnrstvz'].flatMap(consonant => [...'aeio'].map(vowel => consonant + vowel))
const PEOPLE = 500
const SHORT = SYLLABLES.length ** 3
/** Shares no factor with SHORT, so that it shuffles: neighbours get names that do not look alike. */
const STRIDE = 48_611

/** A name that can be read aloud, such as "Liravex"; another for each person and each of their texts. */
const nameOf = (number: number, count: number): string => {
  const place = number + count * PEOPLE
  const syllables: string[] = []
  let left = ((place % SHORT) * STRIDE) % SHORT
  for (let index = 0; index < 3; index += 1) {
    syllables.push(SYLLABLES[left % SYLLABLES.length] ?? '')
    left = Math.floor(left / SYLLABLES.length)
  }
  // Who writes a great deal comes to longer names.
  for (let more = Math.floor(place / SHORT); more > 0; more = Math.floor(more / SYLLABLES.length))
    syllables.push(SYLLABLES[more % SYLLABLES.length] ?? '')
  const name = syllables.join('')
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}x`
}
