import { type PersonId, personId } from '../../domain/ids.ts'
import type { TenantChange } from '../../domain/tenant.ts'
import { countryIn } from '../countries.ts'
import { changeFrame, type Turn, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

const change = (turn: Turn, made: TenantChange): void => {
  turn.deeds.push({ kind: 'tenant', change: made })
}

const idsIn = (turn: Turn, slot: string): readonly PersonId[] =>
  (topFrame(turn).slots[slot] ?? '').split(' ').filter(Boolean).map(personId)

const slot = (turn: Turn, name: string): string => (topFrame(turn).slots[name] ?? '').trim()

/** What HR does for everybody: whom to invite, who coaches, the policy, and a rest for all. */
export const rolloutActs: Acts<
  | 'one-coach'
  | 'add-to-rollout'
  | 'add-coaches'
  | 'set-country'
  | 'set-safety'
  | 'set-cap'
  | 'is-paused'
  | 'pause-all'
  | 'resume-all'
> = {
  'one-coach': turn => {
    const coaches = turn.context.tenant.programme?.coaches ?? []
    const [first] = coaches
    if (first === undefined) return 'none'
    if (coaches.length > 1) return 'several'
    changeFrame(turn, { slots: { ...topFrame(turn).slots, listCoach: first } })
    return 'one'
  },
  /** Rule 13: the answer is the same whoever they are and whatever happened before. */
  'add-to-rollout': done(turn => {
    const coach = turn.context.tenant.programme?.coaches.find(one => one === slot(turn, 'listCoach'))
    const people = idsIn(turn, 'listPeople')
    if (coach === undefined || people.length === 0) return
    turn.deeds.push({ kind: 'rollout', people, coach })
    turn.person = { ...turn.person, rollout: turn.person.rollout ?? { lastWave: undefined } }
  }),
  /** Whoever sees figures as HR coaches nobody: they are left out. */
  'add-coaches': turn => {
    const coaches = idsIn(turn, 'coachIds').filter(id => id !== turn.person.id)
    if (coaches.length === 0) return 'none'
    change(turn, { kind: 'add-coaches', coaches })
    for (const to of coaches) turn.deeds.push({ kind: 'tell', to, event: { kind: 'appointed' } })
    return 'some'
  },
  'set-country': turn => {
    const country = countryIn(slot(turn, 'countryText'), turn.person.locale)
    if (country === undefined) return 'unknown'
    change(turn, { kind: 'policy', change: { country } })
    return 'known'
  },
  'set-safety': done(turn => {
    const [owner, hours] = [slot(turn, 'safetyOwner'), slot(turn, 'safetyHours')]
    if (owner !== '' && hours !== '') change(turn, { kind: 'policy', change: { safety: { owner, hours } } })
  }),
  'set-cap': done(turn => {
    const cap = Number(slot(turn, 'capChoice'))
    if (Number.isInteger(cap) && cap > 0) change(turn, { kind: 'policy', change: { invitationsADay: cap } })
  }),
  'is-paused': turn => (turn.context.tenant.pausedAt === undefined ? 'no' : 'yes'),
  'pause-all': done(turn => change(turn, { kind: 'pause', at: turn.context.now })),
  'resume-all': done(turn => change(turn, { kind: 'resume' })),
}
