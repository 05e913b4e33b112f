import { describe, expect, it } from 'vitest'
import { makePackSet } from '../../../src/conversation/pack-set.ts'
import type { Event } from '../../../src/domain/event.ts'
import { addDays } from '../../../src/domain/schedule.ts'
import { aCommitment } from '../domain/people.ts'
import { ana, openChat, PACK_IDS, PACKS } from './chat.ts'

describe('a hard week', () => {
  const withPlans = () => {
    const chat = openChat(ana())
    chat.commitments.set('k1', aCommitment())
    chat.commitments.set('k2', aCommitment({ id: 'k2', due: undefined, carried: true }))
    return chat
  }
  it.each([
    ['hard week', 'Nothing in here is urgent'],
    ["I'm ill", 'Rest first'],
    ['someone died', 'no words that fit'],
  ])('“%s” is met in words of its own, with nothing guessed and five equal ways on', (said, words) => {
    const chat = withPlans()
    expect(chat.write(said)).toContain(words)
    expect(chat.labels()).toHaveLength(5)
  })
  it('moves everything by a week, as nobody’s move', () => {
    const chat = withPlans()
    chat.write('hard week')
    chat.press('Move everything by a week')
    expect(chat.commitments.get('k1')).toMatchObject({ due: addDays('2026-01-08', 7), moves: 0, state: 'open' })
    expect(chat.commitments.get('k2')).toMatchObject({ due: undefined, moves: 0 })
  })
  it('gives quiet, fewer questions, or nothing at all', () => {
    const quiet = withPlans()
    quiet.write('hard week')
    quiet.press("Quiet until I'm back")
    expect(quiet.live(60)).toEqual([])
    const fewer = withPlans()
    fewer.write('hard week')
    fewer.press('Fewer questions')
    expect(fewer.client.limits).toEqual({ asks: 1, messages: 2 })
    const low = openChat(ana({ limits: { asks: 0, messages: 1 } }))
    low.write('hard week')
    low.press('Fewer questions')
    expect(low.client.limits).toEqual({ asks: 0, messages: 1 })
    const none = withPlans()
    none.write('hard week')
    none.press('Nothing needs to change')
    expect(none.client).toMatchObject({ pause: undefined, limits: { asks: 2, messages: 3 } })
  })
})

describe('a change map', () => {
  it('ends in a commitment if they want one', () => {
    const chat = openChat(ana())
    chat.write('change map')
    chat.write('fewer interruptions')
    chat.write('I say yes too fast')
    expect(chat.write('say “let me look” to Ben tomorrow')).toContain('fewer interruptions')
    chat.press('Yes, keep it')
    chat.press('Just for me')
    chat.write('no plan')
    expect([...chat.commitments.values()]).toMatchObject([{ text: 'say “let me look” to Ben', due: '2026-01-06' }])
  })
  it('and in nothing if they do not', () => {
    const chat = openChat(ana())
    chat.write('change map')
    chat.write('fewer interruptions')
    chat.write('skip')
    chat.write('skip')
    expect(chat.commitments.size).toBe(0)
    expect(chat.person.conversation).toBeUndefined()
  })
})

describe('several things in one message', () => {
  it('are taken one by one, each with its day, if they want it so', () => {
    const chat = openChat(ana())
    chat.write('commit')
    const read = chat.write("I'll call Ana tomorrow and send the deck by Friday")
    expect(read).toContain("I'll call Ana")
    chat.press('Yes, each by itself')
    chat.press('For Carla too')
    expect([...chat.commitments.values()].map(({ text, due, forWhom }) => [text, due, forWhom])).toEqual([
      ["I'll call Ana", '2026-01-06', 'coach'],
      ['send the deck', '2026-01-09', 'coach'],
    ])
  })
  it('stay one where they are one', () => {
    const chat = openChat(ana())
    chat.write('commit')
    expect(chat.write('plan the talk and the handout by Friday')).toContain('plan the talk and the handout')
    expect(chat.labels()).toContain('Just for me')
    const whole = openChat(ana())
    whole.write('commit')
    whole.write('write to Ana tomorrow and call Ben by Friday')
    whole.press("It's one thing")
    whole.press('Just for me')
    whole.write('skip')
    expect(whole.commitments.size).toBe(1)
  })
})

describe('language', () => {
  const german = makePackSet(
    [...packsIn('en'), ...packsIn('en').map(pack => ({ ...pack, locale: 'de', hash: `de-${pack.hash}` }))],
    [PACKS.hearing('en'), { ...PACKS.hearing('en'), locale: 'de', tells: ['und', 'ich', 'nicht', 'das'] }],
  )
  it('is offered when asked for, switched on a yes at once, and what was asked goes on in it', () => {
    const asked = openChat(ana(), { packs: german })
    asked.write('decision')
    expect(asked.write('auf Deutsch')).toContain('German')
    expect(asked.press('Yes, in German')).toContain('Is it a small decision')
    expect(asked.person).toMatchObject({ locale: 'de', localeChosen: true })
    expect(asked.person.conversation?.frames.every(({ hash }) => hash.startsWith('de-'))).toBe(true)
  })
  it('that somebody writes in is offered once, and their words are met afterwards', () => {
    const chat = openChat(ana(), { packs: german })
    expect(chat.write('ich habe das nicht geschafft')).toContain('German')
    expect(chat.press('Stay with this one')).toContain('ich habe das nicht geschafft')
    chat.write('nothing')
    expect(chat.write('und das ist nicht alles')).not.toContain('German')
  })
  it('that is not spoken here is said to be so, honestly', () => {
    const chat = openChat(ana())
    const answer = chat.write('en français')
    expect(answer).toContain("I don't speak French")
    expect(answer).toContain('English')
    expect(chat.person.localeChosen).toBeUndefined()
  })
  it('once chosen is not changed by the platform’s profile', () => {
    const joined: Event = { kind: 'joined', name: 'Ana', locale: 'en-US', zone: 'UTC', route: 'D1', roles: ['client'] }
    const chosen = openChat({ ...ana(), locale: 'de', localeChosen: true }, { packs: german })
    chosen.happen(joined)
    expect(chosen.person.locale).toBe('de')
    const other = openChat(ana())
    other.happen(joined)
    expect(other.person.locale).toBe('en-US')
  })
})

describe('goodbye', () => {
  it('lets the client write, edit and withhold, and begins nothing afterwards', () => {
    const chat = openChat(ana())
    chat.commitments.set('k1', aCommitment())
    chat.write('goodbye')
    chat.press('Look back first')
    chat.write('I sleep')
    chat.write('one thing at a time')
    chat.write('The coaching was worth it')
    expect(chat.shared).toEqual([])
    const end = chat.submit(['one thing at a time'])
    expect(chat.shared.map(({ kind, text }) => [kind, text])).toEqual([
      ['note', 'What is different now: I sleep'],
      ['sponsor', 'The coaching was worth it'],
    ])
    expect(JSON.stringify(chat.client)).not.toContain('one thing at a time')
    expect(end).toContain('Goodbye, Ana')
    expect(chat.client.contract.state).toBe('stopped')
    expect(chat.live(365)).toEqual([])
  })
  it('can end at once, or not at all', () => {
    const chat = openChat(ana())
    chat.write('bye')
    chat.press('Go on, after all')
    expect(chat.client.contract.state).toBe('accepted')
    chat.write('goodbye')
    chat.press('End right here')
    expect(chat.client.contract.state).toBe('stopped')
  })
})

describe('an open question that is passed over', () => {
  it('leaves no day behind for what comes next', () => {
    const chat = openChat(ana())
    chat.commitments.set('k1', aCommitment({ carried: true }))
    chat.write('check-in')
    chat.press('Another day')
    chat.write('Friday')
    chat.write('skip')
    chat.press('Yes, one thing')
    chat.write('water the plants')
    chat.press('No particular day')
    chat.press('Just for me')
    chat.write('no plan')
    expect([...chat.commitments.values()].find(({ text }) => text === 'water the plants')?.due).toBeUndefined()
  })
})

function packsIn(locale: string) {
  return PACK_IDS.map(id => PACKS.current(id, locale))
}
