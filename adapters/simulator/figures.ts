import { countedOf } from './checker/pressure.ts'
import type { Said, Story } from './checker/story.ts'
import { isHeard, isSaid } from './checker/story.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
/** The table's month. */
const MONTH = 30 * DAY

/** What somebody received in a month. */
export type Counts = {
  readonly messages: number
  readonly asks: number
  readonly checkIns: number
  readonly nudges: number
  readonly others: number
  readonly replies: number
  readonly typed: number
}

export type Spread = { readonly least: number; readonly median: number; readonly most: number }
export type Row = {
  readonly temperament: string
  readonly month: number
  readonly people: number
  readonly of: Readonly<Record<keyof Counts, Spread>>
}

const NUDGES = ['nudge', 'follow-up']

const countsOf = (story: Story, from: number, to: number): Counts => {
  const moments = story.moments.filter(({ at }) => at >= from && at < to)
  const said = moments.filter(isSaid)
  const begun = said.filter(({ unprompted }) => unprompted)
  const checkIns = begun.filter(({ kind }) => kind === 'check-in').length
  const nudges = begun.filter(({ kind }) => NUDGES.includes(kind)).length
  return {
    messages: begun.length,
    asks: begun.filter(({ asks }) => asks).length,
    checkIns,
    nudges,
    others: begun.length - checkIns - nudges,
    replies: said.length - begun.length,
    typed: moments.filter(isHeard).length,
  }
}

const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    least: sorted[0] ?? 0,
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    most: sorted.at(-1) ?? 0,
  }
}

export const temperamentsOf = (stories: readonly Story[]): readonly string[] =>
  [...new Set(stories.flatMap(({ member }) => member.temperament ?? []))].toSorted()

/** Per temperament and month of 30 days: least, median and most among its people. */
export const rowsOf = (stories: readonly Story[], from: number, until: number): readonly Row[] =>
  temperamentsOf(stories).flatMap(temperament => {
    const theirs = stories.filter(({ member }) => member.temperament === temperament)
    return Array.from({ length: Math.ceil((until - from) / MONTH) }, (_, month) => {
      const counts = theirs.map(story => countsOf(story, from + month * MONTH, from + (month + 1) * MONTH))
      const of = (key: keyof Counts): Spread => spreadOf(counts.map(one => one[key]))
      return {
        temperament,
        month: month + 1,
        people: theirs.length,
        of: {
          messages: of('messages'),
          asks: of('asks'),
          checkIns: of('checkIns'),
          nudges: of('nudges'),
          others: of('others'),
          replies: of('replies'),
          typed: of('typed'),
        },
      }
    })
  })

/** Unprompted messages in each week, on average per person: what the pictures show. */
export const weeksOf = (
  stories: readonly Story[],
  temperament: string,
  from: number,
  until: number,
): readonly number[] => {
  const theirs = stories.filter(({ member }) => member.temperament === temperament)
  const weeks = Array.from({ length: Math.ceil((until - from) / WEEK) }, () => 0)
  for (const story of theirs)
    for (const { at } of story.moments.filter(isSaid).filter(({ unprompted }) => unprompted)) {
      const week = Math.floor((at - from) / WEEK)
      weeks[week] = (weeks[week] ?? 0) + 1
    }
  return weeks.map(sum => sum / Math.max(1, theirs.length))
}

const mostInAWeek = (said: readonly Said[]): number =>
  Math.max(0, ...said.map(({ at }) => said.filter(one => one.at <= at && one.at > at - WEEK).length))

/** Three promises that are kept with a figure of their own. */
export type Promised = {
  readonly what: string
  readonly figure: number
  readonly most: number
  readonly people: number
}

const QUARTER = 92 * DAY
/** A coach's note or perspective, or a share preview that comes by itself: beside the check-in, and never in its place. */
const isOnTheSide = ({ kind, blocks }: Said): boolean =>
  kind === 'note' || (kind !== 'check-in' && blocks.some(block => block.kind === 'form'))

export const promisesOf = (stories: readonly Story[]): readonly Promised[] => {
  const of = (temperament: string): readonly Story[] =>
    stories.filter(({ member, moments }) => member.temperament === temperament && moments.length > 0)
  const mandated = of('mandated, hostile').filter(({ end }) => end.contract === 'accepted')
  const slow = of('slow opener')
  const open = of('open')
  const inAQuarter = (story: Story): number => {
    const first = story.moments[0]?.at ?? 0
    return story.moments.filter(isSaid).filter(({ at, unprompted }) => unprompted && at < first + QUARTER).length
  }
  const most = (all: readonly Story[], figure: (story: Story) => number): number => Math.max(0, ...all.map(figure))
  return [
    {
      what: 'Sent by somebody else, answers once, then is silent: unprompted messages in the first three months',
      figure: most(mandated, inAQuarter),
      most: 8,
      people: mandated.length,
    },
    {
      what: 'Opens slowly: notes and previews that came by themselves, in any seven days (of three messages)',
      figure: most(slow, story => mostInAWeek(countedOf(story).filter(isOnTheSide))),
      most: 1,
      people: slow.length,
    },
    {
      what: 'Open: asks in any seven days',
      figure: most(open, story => mostInAWeek(countedOf(story).filter(({ asks }) => asks))),
      most: 2,
      people: open.length,
    },
  ]
}
