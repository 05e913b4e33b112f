import { describe, expect, it } from 'vitest'
import type { Event } from '../../../src/domain/event.ts'
import { personId } from '../../../src/domain/ids.ts'
import type { Concern, Detect } from '../../../src/domain/safety.ts'
import { linesFor } from '../../../src/domain/safety.ts'
import { aPerson } from '../domain/people.ts'
import { ana, openChat } from './chat.ts'

/** A stand-in for the detector: a word each. */
const detect: Detect = typed =>
  (['acute', 'harassment', 'legal', 'medical'] as const satisfies readonly Concern[]).find(one =>
    typed.includes(`#${one}`),
  )

const atWin = () => {
  const chat = openChat({ ...ana(), zone: 'Europe/Madrid' }, { detect })
  chat.write('check-in')
  return chat
}

describe('acute distress', () => {
  it('stops the flow, whatever was being asked, with the words of a program and the number of the country', () => {
    const chat = atWin()
    const answer = chat.write('nothing went well #acute')
    expect(answer).toContain('no person has seen this. If you might act on it, call 112 now.')
    expect(answer).toContain('Línea 024 (Spain): 024')
    expect(chat.person.conversation?.frames.map(({ pack }) => pack)).toEqual(['safety'])
    expect(JSON.stringify(chat.person)).not.toContain('#acute')
    expect(chat.client.offered).toEqual([])
  })
  it('is looked for before commands and in the fields of a form', () => {
    const chat = atWin()
    expect(chat.write('stop #acute')).toContain("I'm a program")
    const form: Event = {
      kind: 'reply',
      reply: { kind: 'form', ask: 'gone', fields: { a: 'fine', b: '#legal #acute' } },
    }
    expect(atWin().happen(form)).toContain("I'm a program")
  })
  it('tells the coach only by a tap, and then that they want to talk and nothing else', () => {
    const chat = atWin()
    chat.write('#acute')
    expect(chat.told).toEqual([])
    chat.press('Yes, tell Carla')
    expect(chat.told).toEqual([{ to: 'carla', event: { kind: 'asked-for-coach', client: 'Ana' } }])
    const coach = openChat(
      aPerson(undefined, { id: personId('carla'), roles: ['coach'], coach: { appointedAt: 0, digestedTo: 0 } }),
    )
    const heard = coach.happen({ kind: 'asked-for-coach', client: 'Ana' })
    expect(heard).toContain('Ana asked me to tell you')
    expect(heard).not.toMatch(/safety|distress|danger|emergency|urgent/i)
  })
  it('holds everything unprompted until they resume, which they can do at once', () => {
    const chat = atWin()
    chat.write('#acute')
    chat.press('No, leave it here')
    expect(chat.live(60)).toEqual([])
    expect(chat.write('resume')).toContain('usual rhythm')
    expect(chat.live(10).length).toBeGreaterThan(0)
    const other = atWin()
    other.write('#acute')
    other.press('Carry on as before')
    expect(other.client.hold).toBeUndefined()
  })
  it('stores a moment and no reason', () => {
    const chat = atWin()
    chat.write('#acute')
    expect(chat.client.hold).toBe(chat.now)
    chat.press('No, leave it here')
    expect(JSON.stringify({ ...chat.person, effects: [], client: { ...chat.client, begun: {} } })).not.toMatch(
      /acute|distress/,
    )
  })
  it('is met the same for somebody whom nobody invited, without a coach to offer', () => {
    const chat = openChat(aPerson(undefined), { detect })
    expect(chat.write('#acute')).toContain('call your local emergency number now')
    expect(chat.labels()).toEqual([])
  })
})

describe('a matter for somebody else', () => {
  it.each(['harassment', 'legal', 'medical'] as const)(
    '%s: what a program cannot do, who can, and that nothing is passed on',
    concern => {
      const chat = atWin()
      const answer = chat.write(`it is about #${concern}`)
      expect(answer).toMatch(/program/)
      expect(answer).toMatch(/I pass nothing on/)
      expect(chat.person.conversation).toBeUndefined()
      expect(chat.client.hold).toBeUndefined()
      expect(chat.told).toEqual([])
    },
  )
})

describe('numbers', () => {
  it('come by the country of the zone, else the region’s own, else not at all', () => {
    expect(linesFor('Europe/London', 'DE')).toMatchObject({ country: 'GB', emergency: '999 / 112' })
    expect(linesFor('Europe/Amsterdam', 'FR')).toMatchObject({
      country: 'FR',
      emergency: '112',
      lines: [{ number: '3114' }],
    })
    expect(linesFor('Europe/Amsterdam', 'US')).toEqual({ country: undefined, emergency: '112', lines: [] })
    expect(linesFor('America/Bogota', 'US')).toEqual({ country: undefined, emergency: undefined, lines: [] })
    expect(linesFor('UTC', 'ES')).toEqual({ country: undefined, emergency: undefined, lines: [] })
  })
  it('come back whenever they are asked for', () => {
    const chat = openChat({ ...ana(), zone: 'America/New_York' })
    expect(chat.write('emergency')).toContain('call 911')
    expect(chat.client.hold).toBeUndefined()
  })
})

describe('somebody who was met so before they accepted', () => {
  it('begins without the hold when they accept', () => {
    const chat = openChat(aPerson(undefined), { detect })
    chat.happen({ kind: 'invited', coach: personId('carla'), coachName: 'Carla' })
    chat.write('#acute')
    expect(chat.live(30)).toEqual([])
    chat.write('hello')
    chat.press('Read how it works')
    chat.press("Yes, let's begin")
    expect(chat.client.hold).toBeUndefined()
  })
})
