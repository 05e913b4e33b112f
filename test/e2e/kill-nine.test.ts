import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Served, serve } from './served.ts'
import { type Gesture, SET_UP, talkOver } from './talk.ts'

const ROUNDS = 50

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

  const { lines, botLines, replyFor, post, answersFor, play } = talkOver(
    () => served.url,
    () => `after ${killed.length} kills`,
  )

  beforeAll(async () => {
    served = await serve(home)
    for (const [person, gesture] of SET_UP) await play(person, gesture)
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
