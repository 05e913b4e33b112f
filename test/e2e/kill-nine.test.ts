import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChatLine } from '../../adapters/playground/protocol.ts'
import type { Reply } from '../../src/domain/message.ts'
import { type Served, serve } from './served.ts'

const ROUNDS = 50

/** What one person does, in order; each is repeated under the same key until it is acknowledged, as a page would. */
type Gesture = { readonly say: string } | { readonly press: string }

/** Begins the programme, and then never stops talking. */
const SET_UP: readonly (readonly [string, Gesture])[] = [
  ['helen', { press: 'Set it up' }],
  ['helen', { say: 'Spring' }],
  ['helen', { say: 'More time for what matters' }],
  ['helen', { press: 'Tom' }],
  ['helen', { press: 'Switch it on' }],
  ['tom', { press: 'Invite a client' }],
  ['tom', { press: 'Ana' }],
  ['ana', { press: 'A bit of both' }],
  ['ana', { press: "Yes, let's begin" }],
  ['ana', { say: 'I leave on time twice a week' }],
  ['ana', { say: 'My evenings are mine' }],
]

const aRound = (n: number): readonly Gesture[] => [
  { say: `thought-${n} about the move` },
  { press: n % 2 === 0 ? 'Something that went well' : 'Just words, leave it' },
  { say: 'commit' },
  { say: `deed-${n} for the team by Friday` },
  { press: 'Just for me' },
  { press: 'No plan needed' },
]

describe('a server that is killed again and again while a client talks', () => {
  const home = mkdtempSync(join(tmpdir(), 'lighthand-kill-'))
  let served: Served
  let keys = 0
  /** Bot lines that must have been answered by exactly one more, each. */
  let acknowledged = 0
  const killed: number[] = []
  let takenBeforeTheKill = 0

  const lines = async (person: string): Promise<readonly ChatLine[]> => {
    const response = await fetch(`${served.url}/api/chats/${person}/lines`)
    // The playground's own answer: its type is the protocol's.
    const body = (await response.json()) as { lines: readonly ChatLine[] }
    return body.lines.toSorted((a, b) => a.seq - b.seq)
  }
  const botLines = async (person: string) => (await lines(person)).filter(({ from }) => from === 'lighthand')
  const buttonIn = (said: readonly ChatLine[], label: string): Reply | undefined => {
    for (const { message } of said.toReversed())
      for (const block of message.blocks) {
        if (block.kind !== 'choices') continue
        const choice = block.choices.find(one => one.label === label)
        if (choice !== undefined) return { kind: 'choice', ask: block.ask, choice: choice.id }
      }
    return undefined
  }
  /** Looks whenever the server tells of something new, until what is looked for is there. */
  const until = async <Found>(
    person: string,
    look: (said: readonly ChatLine[]) => Found | undefined,
  ): Promise<Found> => {
    const listening = new AbortController()
    // A bound for a hopeless case, so that it says what is there instead of waiting for ever.
    const bound = setTimeout(() => listening.abort(), 30_000)
    const stream = await fetch(`${served.url}/api/events`, { signal: listening.signal })
    try {
      for await (const _news of stream.body ?? []) {
        const found = look(await botLines(person))
        if (found !== undefined) return found
      }
      throw new Error('the server went away')
    } catch (error) {
      const last = (await botLines(person)).slice(-3).map(({ message }) => message.text)
      throw new Error(`after ${killed.length} kills, ${person} never got it; the last lines: ${JSON.stringify(last)}`, {
        cause: error,
      })
    } finally {
      clearTimeout(bound)
      listening.abort()
    }
  }
  const replyFor = async (person: string, gesture: Gesture): Promise<Reply> =>
    'say' in gesture ? { kind: 'text', text: gesture.say } : until(person, said => buttonIn(said, gesture.press))
  const post = async (person: string, key: string, reply: Reply): Promise<void> => {
    const response = await fetch(`${served.url}/api/chats/${person}/replies`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, reply }),
    })
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`)
  }
  const answersFor = (person: string, count: number): Promise<true> =>
    until(person, said => (said.length >= count ? true : undefined))

  beforeAll(async () => {
    served = await serve(home)
    for (const [person, gesture] of SET_UP) {
      const before = (await botLines(person)).length
      keys += 1
      await post(person, `gesture-${keys}`, await replyFor(person, gesture))
      await answersFor(person, before + 1)
    }
  })
  afterAll(async () => {
    await served?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  it(`loses no acknowledged answer and repeats no message, ${ROUNDS} times over`, { timeout: 600_000 }, async () => {
    const start = (await botLines('ana')).length
    const thoughts: number[] = []
    for (let n = 0; killed.length < ROUNDS; n += 1) {
      thoughts.push(n)
      for (const [index, gesture] of aRound(n).entries()) {
        const reply = await replyFor('ana', gesture)
        keys += 1
        const key = `gesture-${keys}`
        // Another gesture of each round is cut off, at another moment of its way: before, amid or after its writes.
        const cut = (n * 7 + index) % 3 === 0 && killed.length < ROUNDS
        let taken = false
        if (cut) {
          const sent = post('ana', key, reply).then(
            () => true,
            () => false,
          )
          // Every other one after its acknowledgement, while the turn that follows from it is under way.
          if (killed.length % 2 === 1) await sent
          await new Promise(resolve => setTimeout(resolve, (killed.length * 37) % 60))
          await served.kill()
          killed.push(keys)
          taken = await sent
          takenBeforeTheKill += taken ? 1 : 0
          served = await serve(home)
        }
        // What was not acknowledged is sent again, under the same key; what was must not need it.
        if (!taken) await post('ana', key, reply)
        acknowledged += 1
        await answersFor('ana', start + acknowledged)
      }
    }

    // Both kinds of cut happened: before the acknowledgement, and after it.
    expect(takenBeforeTheKill).toBeGreaterThanOrEqual(ROUNDS / 2)
    expect(takenBeforeTheKill).toBeLessThan(ROUNDS)
    const all = await lines('ana')
    const texts = (await botLines('ana')).map(({ message }) => message.text)
    expect(texts).toHaveLength(start + acknowledged)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const n of thoughts) {
      expect(all.filter(({ message: { text } }) => text === `thought-${n} about the move`)).toHaveLength(1)
      expect(
        texts.filter(text => text.includes(`thought-${n} about`) && text.includes('What is this to you?')),
      ).toHaveLength(1)
    }
    await post('ana', 'the-last-one', { kind: 'text', text: 'commitments' })
    await answersFor('ana', start + acknowledged + 1)
    const listed = (await botLines('ana')).at(-1)?.message
    const titles = listed?.blocks.flatMap(block =>
      block.kind === 'fields' ? block.items.map(({ value, label }) => `${label} ${value}`) : [],
    )
    expect(titles).toHaveLength(thoughts.length)
    for (const n of thoughts) expect(JSON.stringify(listed)).toContain(`deed-${n} for the team`)
  })
})
