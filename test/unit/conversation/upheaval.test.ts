import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personId } from '../../../src/domain/ids.ts'
import { begin, beginnings, type Move, make, movesIn } from './at-random.ts'
import { ALL_FILES, askOf, type Dialogue, packsFrom } from './dialogue.ts'

/** The same packs as a later release: every content hash differs. */
const reworded = ALL_FILES.map(file =>
  file.path.endsWith('hearing.yaml') ? file : { ...file, text: file.text.replace('version: 1', 'version: 2') },
)
const RELEASES = [packsFrom(ALL_FILES, reworded), packsFrom(reworded, ALL_FILES)]

type Upheaval =
  | Move
  | { readonly kind: 'release'; readonly which: number }
  | { readonly kind: 'unsent'; readonly back: number }
  | { readonly kind: 'late'; readonly back: number }
  | { readonly kind: 'invited' | 'joined' | 'appointed' }

const upheavals: fc.Arbitrary<Upheaval> = fc.oneof(
  { weight: 12, arbitrary: movesIn('en') },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), which: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unsent' as const), back: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('late' as const), back: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('invited' as const, 'joined' as const, 'appointed' as const) }),
  },
)

const happen = (dialogue: Dialogue, one: Upheaval, past: readonly string[]) => {
  switch (one.kind) {
    case 'release':
      dialogue.packs = RELEASES[one.which] ?? dialogue.packs
      return []
    case 'unsent':
      return dialogue.happen({ kind: 'unsent', key: dialogue.shown.at(-1 - one.back)?.key ?? 'none', why: 'too-late' })
    case 'late': {
      // An appointment that was taken off the agenda, but had already been claimed.
      const [key = 'check-in', appointment = 'check-in'] = (past.at(-1 - one.back) ?? '').split('|')
      const kind = (['check-in', 'nudge', 'snoozed', 'expiry', 'reminder', 'follow-up'] as const).find(
        name => name === appointment,
      )
      const date = new Date(dialogue.now).toISOString().slice(0, 10)
      return kind === undefined ? [] : dialogue.happen({ kind: 'due', key, appointment: kind, at: dialogue.now, date })
    }
    case 'invited':
      return dialogue.happen({ kind: 'invited', coach: personId('carla'), coachName: 'Carla' })
    case 'joined':
      return dialogue.happen({
        kind: 'joined',
        name: 'Ana',
        locale: 'es-MX',
        zone: 'America/Mexico_City',
        route: 'D2',
        roles: ['client'],
      })
    case 'appointed':
      return dialogue.happen({ kind: 'appointed' })
    default:
      return make(dialogue, one)
  }
}

describe('a client to whom everything happens at once: releases, messages that never left, late appointments, a move abroad', () => {
  it('is met as before: no turn fails, nothing is blank, and nobody is invited twice', { timeout: 120_000 }, () => {
    let released = 0
    fc.assert(
      fc.property(beginnings, fc.array(upheavals, { minLength: 30, maxLength: 100 }), (where, all) => {
        const dialogue = begin(where)
        const past: string[] = []
        for (const one of all) {
          const { revision, seq } = dialogue.person
          const standing = dialogue.person.conversation?.frames.map(({ hash }) => hash)
          for (const [key, { kind }] of Object.entries(dialogue.person.scheduled)) past.push(`${key}|${kind}`)
          const said = happen(dialogue, one, past)
          if (one.kind === 'release') {
            released += 1
            expect(dialogue.person.conversation?.frames.map(({ hash }) => hash)).toEqual(standing)
          }
          if (one.kind === 'invited' || one.kind === 'joined' || one.kind === 'unsent') expect(said).toEqual([])
          expect(dialogue.person.revision - revision).toBeLessThanOrEqual(one.kind === 'quiet' ? one.times : 1)
          expect(dialogue.person.seq).toBeGreaterThanOrEqual(seq)
          for (const shown of said) expect(shown.text.trim()).not.toBe('')
          // Each frame's content is at hand: it runs to its end in the words that it began with.
          for (const { hash, step } of dialogue.person.conversation?.frames ?? [])
            expect(dialogue.packs.byHash(hash)?.steps[step]).toBeDefined()
          if (dialogue.erased) return
        }
        const asks = dialogue.shown.flatMap(shown => askOf(shown) ?? [])
        expect(new Set(asks).size).toBe(asks.length)
      }),
      { numRuns: 80 },
    )
    expect(released).toBeGreaterThan(50)
  })
})
