import { describe, expect, it } from 'vitest'
import { limitsOf } from '../../../src/conversation/lint/limits.ts'
import { ana, openChat, packsGuidedBy } from './chat.ts'

/** A second guideline file takes effect by being there: on the week's budget, on what the client is told of it, on wordings. */
const asksAtMost = (most: number) =>
  limitsOf([{ limits: [{ limit: 'asks-a-week', most, reason: 'a quiet house', instead: 'wait' }], retired: [] }])

describe('a guideline', () => {
  it('lowers how often anybody is asked, though the client would allow more', () => {
    const weeks = (most: number) =>
      openChat(ana(), { packs: packsGuidedBy(asksAtMost(most)) })
        .live(28)
        .filter(({ class: kind, ask }) => kind !== 'reply' && ask).length
    expect(weeks(2)).toBeGreaterThan(0)
    expect(weeks(0)).toBe(0)
  })

  it('is told in the ledger, since that is what holds', () => {
    const told = (most: number) => openChat(ana(), { packs: packsGuidedBy(asksAtMost(most)) }).write('limits')
    expect(told(1)).not.toBe(told(2))
    expect(told(1)).toContain('1')
  })

  it('retires a wording for everybody', () => {
    const first = (retired: readonly string[]) =>
      openChat(ana(), {
        packs: packsGuidedBy(
          limitsOf([{ limits: [], retired: retired.map(wording => ({ wording, reason: 'cold' })) }]),
        ),
      })
        .live(8)
        .find(({ class: kind }) => kind === 'check-in')?.message.text
    const before = first([])
    const said = first(['check-in.open.say#0', 'check-in.open.say#open-0'])
    expect(before).toBeDefined()
    expect(said).toBeDefined()
    expect(said).not.toBe(before)
  })
})
