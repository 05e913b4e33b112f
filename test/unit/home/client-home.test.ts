import { describe, expect, it } from 'vitest'
import { HOME_LABELS } from '../../../src/conversation/home/labels.ts'
import { PACKS } from '../conversation/dialogue.ts'
import { aClient, aCommitment, aPerson, DAY, MONDAY } from '../domain/people.ts'
import { actionsOf, homeOf, sectionOf } from './making.ts'

const ana = (over: Parameters<typeof aClient>[0] = {}) => aPerson(aClient(over))
const dream = {
  id: 'g1',
  kind: 'dream',
  text: 'Sail to the Azores',
  sign: undefined,
  madeAt: 1,
  closedAt: undefined,
} as const

describe('a client’s home', () => {
  it('says when the next check-in is and in which rhythm, and offers a pause', () => {
    const home = homeOf(ana())
    expect(sectionOf(home, 'next')).toContain('Monday 12 January')
    expect(sectionOf(home, 'next')).toContain('every week')
    expect(actionsOf(home).map(({ id }) => id)).toContain('command/pause')
  })

  it('shows a hold and a pause without end as one and the same', () => {
    const held = homeOf(ana({ hold: MONDAY }))
    const paused = homeOf(ana({ pause: { until: undefined } }))
    expect(held).toEqual(paused)
    expect(actionsOf(held).map(({ id }) => id)).toContain('command/resume')
    expect(sectionOf(homeOf(ana({ pause: { until: MONDAY + 7 * DAY } })), 'next')).toContain('Quiet until Monday 12')
  })

  it('has for each commitment four ways on, told apart by what they are about', () => {
    const home = homeOf(ana(), {
      commitments: [
        aCommitment({ plan: 'If it is noon, I ask' }),
        aCommitment({ id: 'k2', text: 'Write', due: undefined }),
      ],
    })
    const ids = actionsOf(home).map(({ id }) => id)
    for (const id of ['k1', 'k2'])
      for (const outcome of ['kept', 'smaller', 'later', 'let-go']) expect(ids).toContain(`do/${id}/${outcome}`)
    expect(new Set(ids).size).toBe(ids.length)
    expect(actionsOf(home).find(({ id }) => id === 'do/k2/kept')?.spoken).toBe('Done: Write')
    expect(sectionOf(home, 'commitments')).toContain('For Thursday 8 January · If it is noon, I ask · just for you')
  })

  it('lists ten things and says how many more there are, in words', () => {
    const commitments = Array.from({ length: 12 }, (_, n) => aCommitment({ id: `k${n}`, text: `thing ${n}` }))
    const section = sectionOf(homeOf(ana(), { commitments }), 'commitments')
    expect(section).toContain('thing 9')
    expect(section).not.toContain('thing 10')
    expect(section).toContain('2 more are on your list')
  })

  it('mentions a dream only while the client has the shelf up', () => {
    const closed = homeOf(ana(), { goals: [dream] })
    expect(JSON.stringify(closed)).not.toContain('Azores')
    const open = homeOf(ana({ topics: { work: true, self: false, dreams: true } }), { goals: [dream] })
    expect(sectionOf(open, 'dreams')).toContain('Sail to the Azores')
  })

  it('shows what the coach sees line by line, and nothing that waits for the preview', () => {
    const client = aClient({ offered: [{ id: 'l1', kind: 'win', text: 'Not yet approved', preselected: true }] })
    const home = homeOf(aPerson(client), { shared: [{ id: 's1', kind: 'win', text: 'Two calm mornings', at: MONDAY }] })
    expect(sectionOf(home, 'seen')).toContain('Two calm mornings')
    expect(JSON.stringify(home)).not.toContain('Not yet approved')
  })

  it('shows the ledger of the week', () => {
    const ledger = [{ key: 'a', at: MONDAY - DAY, class: 'check-in', ask: true }] as const
    expect(sectionOf(homeOf(ana({ ledger })), 'pressure')).toContain('1 of at most 2 questions')
  })

  it('holds the contract and the ways out alone, until it is accepted and after they stopped', () => {
    for (const contract of [
      { state: 'invited', at: MONDAY, reminded: false },
      { state: 'declined', at: MONDAY, version: '1' },
      { state: 'stopped', at: MONDAY },
    ] as const) {
      const home = homeOf(ana({ contract }), { commitments: [aCommitment()], goals: [dream] })
      expect(home.sections.map(({ id }) => id)).toEqual(['door'])
      expect(actionsOf(home).map(({ id }) => id)).toEqual(['door', 'command/seen', 'command/delete'])
    }
  })

  it('says all of it in words as well', () => {
    const home = homeOf(ana(), { commitments: [aCommitment()] })
    for (const { title } of home.sections) expect(home.text).toContain(title)
    expect(home.text).toContain('Ask Ben for the figures')
  })

  it('says to somebody whom nobody invited that there is nothing to do', () => {
    const home = homeOf(aPerson(undefined))
    expect(home.sections.map(({ id }) => id)).toEqual(['stranger'])
    expect(actionsOf(home)).toEqual([])
  })
})

describe('the words of a home', () => {
  it.each(PACKS.locales)('are all there in %s, and all of them are used', locale => {
    expect(Object.keys(PACKS.current('home', locale).labels).toSorted()).toEqual([...HOME_LABELS].toSorted())
  })

  it.each(PACKS.locales)('fit on a button in %s', locale => {
    const person = { ...ana({ topics: { work: true, self: true, dreams: true } }), locale }
    for (const { id, label } of actionsOf(homeOf(person, { commitments: [aCommitment()] }))) {
      expect(label.length).toBeLessThanOrEqual(40)
      expect(id.length).toBeLessThanOrEqual(120)
    }
  })
})
