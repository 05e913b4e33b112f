import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { activityOf, missingFor } from '../../../adapters/simulator/activity.ts'
import { type Judgement, judge } from '../../../adapters/simulator/checker/judge.ts'
import { makeEvents } from '../../../adapters/simulator/events.ts'
import { promisesOf, rowsOf } from '../../../adapters/simulator/figures.ts'
import { populate } from '../../../adapters/simulator/population.ts'
import { makeRandom } from '../../../adapters/simulator/random.ts'
import { reportPage } from '../../../adapters/simulator/report.ts'
import { tableOf, violationsText } from '../../../adapters/simulator/table.ts'
import { live, type Run } from '../../../adapters/simulator/world.ts'
import { prepareSimulation } from '../../../src/cli/simulate.ts'
import { PROMPTS } from './chats.ts'

const { openCore, given } = prepareSimulation(PROMPTS)
const lifeOf = (clients: number, days: number, seed: string, more = {}): Promise<Run> =>
  live({ ...given, clients, days, seed, ...more }, openCore)

const printed = (run: Run): string => {
  const { stories, violations } = judge(run)
  return `${tableOf(rowsOf(stories, run.from, run.until))}\n${violationsText(violations)}`
}

describe('a month of fourteen synthetic clients with the real core', () => {
  let run: Run
  let judged: Judgement
  beforeAll(async () => {
    run = await lifeOf(14, 30, '7')
    judged = judge(run)
  })

  it('keeps the rules, and the core fails nowhere', () => {
    expect(run.faults).toEqual([])
    expect(violationsText(judged.violations)).toBe('No violations.')
    for (const { figure, most } of promisesOf(judged.stories)) expect(figure).toBeLessThanOrEqual(most)
  })

  it('is a month in which things happen', () => {
    const did = activityOf(judged.stories)
    for (const [what, least] of Object.entries({
      invitations: 14,
      'accepted the contract': 8,
      'check-ins': 20,
      nudges: 2,
      commands: 15,
      'previews answered': 5,
      digests: 2,
      'messages typed': 200,
    }))
      expect(did[what], what).toBeGreaterThanOrEqual(least)
  })

  it('is told on one page, which has no scripts and names each rule', () => {
    const { stories, violations } = judged
    const rows = rowsOf(stories, run.from, run.until)
    const activity = activityOf(stories)
    const page = reportPage({
      seed: '<7>',
      clients: 14,
      days: 30,
      run,
      stories,
      violations,
      rows,
      promises: promisesOf(stories),
      activity,
    })
    expect(page).not.toMatch(/<script|https?:|<link|src=/)
    expect(page.match(/<th scope="row">\d+<\/th>/g)).toHaveLength(15)
    expect(page.match(/<svg [^>]*role="img" aria-labelledby="(picture-\d+)"><title id="\1">/g)).toHaveLength(7)
    // A rule that met nothing is not said to have been kept.
    const rules = Array.from({ length: 15 }, (_, index) => index + 1)
    const untested = rules.filter(rule => missingFor(rule, activity).length > 0)
    expect(untested).toContain(11)
    expect(page.match(/not fully tested: in this run there were no/g)).toHaveLength(untested.length)
    expect(page).toContain('--seed &lt;7&gt;')
  })
})

describe('the population', () => {
  it.each([14, 40, 200, 1_000])('of %i has no name twice in one house', clients => {
    const { houses, members } = populate(makeRandom('names'), clients, ['en', 'es', 'de'], 0, 30)
    for (const { id } of houses) {
      const names = members.filter(({ tenant }) => tenant === id).map(({ name }) => name)
      expect(new Set(names).size, id).toBe(names.length)
    }
  })
})

describe('virtual time', () => {
  it('tells the same story for the same seed, to the byte, and another for another', async () => {
    const [first, again, other] = [await lifeOf(6, 20, 'a'), await lifeOf(6, 20, 'a'), await lifeOf(6, 20, 'b')]
    expect(JSON.stringify(again.lines)).toBe(JSON.stringify(first.lines))
    expect(printed(again)).toBe(printed(first))
    expect(printed(other)).not.toBe(printed(first))
  })

  it('jumps over empty minutes without missing anything that ticking each minute would do', async () => {
    const [jumped, ticked] = [await lifeOf(4, 12, 'ticks'), await lifeOf(4, 12, 'ticks', { everyMinute: true })]
    expect(ticked.ticks).toBeGreaterThan(12 * 1_440)
    expect(jumped.ticks).toBeLessThan(ticked.ticks / 20)
    expect(jumped.lines.length).toBeGreaterThan(50)
    expect(JSON.stringify(jumped.lines)).toBe(JSON.stringify(ticked.lines))
    // Seventeen thousand ticks take their time on a busy machine.
  }, 120_000)

  it('takes what is planned soonest first, and at one instant in the order of planning', async () => {
    const events = makeEvents()
    const random = makeRandom('events')
    const happened: (readonly [number, number])[] = []
    for (let order = 0; order < 500; order += 1) {
      const at = random.between(0, 40)
      events.plan(at, async () => {
        happened.push([at, order])
      })
    }
    while (events.soonest() !== undefined) await events.take()?.()
    expect(happened).toEqual(happened.toSorted(([a, x], [b, y]) => a - b || x - y))
    expect(happened).toHaveLength(500)
  })
})

describe('chance', () => {
  it('is even, repeatable, and forks into streams that do not disturb each other', () => {
    const random = makeRandom('seed')
    const counts = Array.from({ length: 10 }, () => 0)
    for (let draw = 0; draw < 10_000; draw += 1) {
      const index = random.between(0, 9)
      counts[index] = (counts[index] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150)
    const fresh = makeRandom('seed')
    fresh.fork('other').next()
    expect([fresh.next(), fresh.next()]).toEqual([makeRandom('seed')].flatMap(one => [one.next(), one.next()]))
  })
})

describe('the checker', () => {
  it('shares no code with what it checks', () => {
    const folder = join(import.meta.dirname, '../../../adapters/simulator/checker')
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThan(8)
    for (const file of files) {
      const imports = readFileSync(join(folder, file), 'utf8').matchAll(/import (type )?[^'"]*?from '([^']+)'/g)
      for (const [, isType, from = ''] of imports) {
        const isOwn = /^\.\/[a-z-]+\.ts$/.test(from) || (from === '../transcript.ts' && isType !== undefined)
        const isShape = from === '../../../src/domain/message.ts' && isType !== undefined
        expect(isOwn || isShape || ['yaml', 'intl-messageformat'].includes(from), `${file} imports ${from}`).toBe(true)
      }
    }
  })
})
