import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personId } from '../../../src/domain/ids.ts'
import type { Tenant } from '../../../src/domain/tenant.ts'
import { aTenant } from '../conversation/dialogue.ts'
import { aPerson, MONDAY } from '../domain/people.ts'
import { actionsOf, homeOf, sectionOf } from './making.ts'

const CARLA = personId('carla')
const programme: Tenant['programme'] = {
  name: 'Grow',
  purpose: 'People stay',
  coaches: [CARLA],
  enabledBy: personId('hilda'),
  enabledAt: MONDAY,
}
const tenant = aTenant({ programme })
const carla = aPerson(undefined, {
  id: CARLA,
  name: 'Carla',
  roles: ['coach'],
  coach: { appointedAt: MONDAY, digestedTo: MONDAY },
})
const hilda = aPerson(undefined, { id: personId('hilda'), name: 'Hilda', roles: ['hr'] })
const client = (id: string, coach: string | undefined = 'carla') => ({
  id: personId(id),
  name: `Name of ${id}`,
  roles: ['client'] as const,
  coach,
})
const carlaRow = { id: CARLA, name: 'Carla', roles: ['coach'] as const, coach: undefined }
const line = (person: string, text: string, kind: 'win' | 'talk' = 'win') => ({
  id: text,
  person,
  kind,
  text,
  at: MONDAY,
})

describe('a coach’s home', () => {
  const roster = [carlaRow, client('ana'), client('ben'), client('cleo', 'dora')]

  it('names whom they invited, and nobody else’s client', () => {
    const section = sectionOf(homeOf(carla, { roster }, { tenant }), 'clients')
    expect(section).toContain('Name of ana, Name of ben')
    expect(section).not.toContain('cleo')
  })

  it('shows what each chose to share, wins first, with a way to write to them', () => {
    const sharedWithMe = [line('ben', 'A hard talk', 'talk'), line('ana', 'Slept well'), line('ben', 'Sent it')]
    const home = homeOf(carla, { roster, sharedWithMe }, { tenant })
    const section = sectionOf(home, 'shared')
    expect(section.indexOf('Sent it')).toBeLessThan(section.indexOf('A hard talk'))
    expect(section.indexOf('Sent it')).toBeLessThan(section.indexOf('Slept well'))
    expect(actionsOf(home).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['staff/invite', 'staff/note', 'staff/note/ben', 'staff/note/ana']),
    )
  })

  it('keeps what a client of earlier days shared, without a way to write to them', () => {
    const home = homeOf(carla, { roster, sharedWithMe: [line('cleo', 'Sent it')] }, { tenant })
    expect(sectionOf(home, 'shared')).toContain('Name of cleo')
    expect(actionsOf(home).map(({ id }) => id)).not.toContain('staff/note/cleo')
  })

  it('is the same whatever clients who shared nothing may have done', () => {
    // All that a home is made of is given to it: a roster and what was shared. Neither knows of consent, pauses or answers.
    fc.assert(
      fc.property(fc.subarray(['ana', 'ben', 'dan', 'eva']), sharing => {
        const everybody = [carlaRow, ...['ana', 'ben', 'dan', 'eva'].map(id => client(id))]
        const sharedWithMe = sharing.map(id => line(id, `words of ${id}`))
        const { text } = homeOf(carla, { roster: everybody, sharedWithMe }, { tenant })
        for (const id of ['ana', 'ben', 'dan', 'eva']) {
          const times = text.split(`Name of ${id}`).length - 1
          // In the list of names; and once more as a heading and on a button, if they shared.
          expect(times).toBe(sharing.includes(id) ? 3 : 1)
        }
      }),
    )
  })
})

describe('HR’s home', () => {
  const many = Array.from({ length: 8 }, (_, n) => client(`c${n}`))
  const report = JSON.stringify([
    {
      group: 'all',
      measures: [{ question: 'took-part', kind: 'count', counts: [{ value: 'yes', about: 5, names: ['Name of c1'] }] }],
      secret: 'words',
    },
  ])
  const reports = [{ period: '2025-12-01', report }]

  it('offers the set-up until it is done, and shows nothing else', () => {
    const home = homeOf(hilda)
    expect(home.sections.map(({ id }) => id)).toEqual(['programme'])
    expect(actionsOf(home).map(({ id }) => id)).toEqual(['staff/setup'])
  })

  it('shows programme, policy and rounded figures, and never a client’s name', () => {
    const home = homeOf(hilda, { roster: [carlaRow, ...many], reports }, { tenant })
    expect(sectionOf(home, 'programme')).toContain('Carla')
    expect(sectionOf(home, 'policy')).toContain('18:30 – 08:00')
    expect(sectionOf(home, 'figures')).toContain('about 5')
    expect(JSON.stringify(home)).not.toMatch(/Name of c|words/)
  })

  it('shows no figures of a small group', () => {
    const home = homeOf(hilda, { roster: [carlaRow, ...many.slice(0, 4)], reports }, { tenant })
    expect(sectionOf(home, 'figures')).toContain('There is nothing to show')
    expect(sectionOf(home, 'figures')).not.toContain('about 5')
  })
})

describe('somebody who is several things', () => {
  it('has a home of all of them', () => {
    const home = homeOf({ ...carla, roles: ['coach', 'client'] }, { roster: [carlaRow] }, { tenant })
    expect(home.sections.map(({ id }) => id)).toEqual(['clients', 'shared'])
  })
})
