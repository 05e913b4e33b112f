import { asksOf, type Heard, isHeard, isSaid, type Said, type Story, saysOf } from './checker/story.ts'

/** How much of each kind of thing happened: a rule that met nothing was not tested. */
export type Activity = Readonly<Record<string, number>>

/** What must have happened for a rule to have been tested at all: lines of the activity. */
const MATTER: Readonly<Record<number, readonly string[]>> = {
  1: ['invitations', 'reminders', 'noes to the contract', 'stops'],
  2: ['check-ins', 'nudges', 'notes and perspectives', 'limits lowered'],
  3: ['nudges', 'follow-ups', 'pauses'],
  4: ['closing lines'],
  5: ['check-ins', 'nudges'],
  6: ['messages shown'],
  7: ['plans written', 'plans declined'],
  8: ['previews answered', 'notes passed on'],
  10: ['offers to widen', 'offers accepted', 'offers declined'],
  11: ['holds'],
  14: ['digests'],
  15: ['messages shown', 'erasures'],
}

/** Of what a rule is about, what did not happen. */
export const missingFor = (rule: number, activity: Activity): readonly string[] =>
  (MATTER[rule] ?? []).filter(what => (activity[what] ?? 0) === 0)

export const activityOf = (stories: readonly Story[]): Activity => {
  const clients = stories.filter(({ member }) => member.role === 'client')
  const coaches = stories.filter(({ member }) => member.role === 'coach')
  const moments = clients.flatMap(story => story.moments)
  const said = moments.filter(isSaid)
  const begun = said.filter(({ unprompted }) => unprompted)
  const heard = moments.filter(isHeard)
  const came = (kind: string): number => begun.filter(one => one.kind === kind).length
  const asked = (place: string): number => said.filter(one => asksOf(one, place)).length
  const says = (all: readonly Said[], place: string): number =>
    all.filter(one => saysOf(one, place) !== undefined).length
  const gave = (...commands: readonly string[]): number =>
    heard.filter(({ command }) => command !== undefined && commands.includes(command)).length
  const chose = (place: string, is: (one: Heard) => boolean): number =>
    heard.filter(one => asksOf(one.to, place) && is(one)).length
  const widened = (...choices: readonly string[]): number =>
    ['widening.self', 'widening.dreams'].reduce(
      (sum, place) => sum + chose(place, ({ chosen = '' }) => choices.includes(chosen)),
      0,
    )
  return {
    clients: clients.length,
    'accepted the contract': clients.filter(
      ({ end, moments: all }) =>
        end.contract === 'accepted' || all.filter(isHeard).some(({ chosen }) => chosen === 'accept'),
    ).length,
    'noes to the contract': chose('welcome.terms', ({ chosen }) => chosen === 'no'),
    'messages shown': said.length,
    'messages typed': heard.length,
    invitations: begun.filter(one => one.kind === 'invitation' && !isReminder(one)).length,
    reminders: begun.filter(isReminder).length,
    'check-ins': came('check-in'),
    nudges: begun.filter(one => one.kind === 'nudge' && !isFollowUp(one)).length,
    'follow-ups': begun.filter(isFollowUp).length,
    'look-backs': came('look-back'),
    'notes and perspectives': came('note'),
    'of these in a check-in': says(
      said.filter(({ unprompted }) => !unprompted),
      'coach-note.inside-note',
    ),
    'perspectives offered': asked('coach-note.perspective'),
    'closing lines': came('closing'),
    'offers to widen': came('widening'),
    'offers accepted': widened('yes'),
    'offers declined': widened('no', 'never'),
    'taken on': says(said, 'commitment.record'),
    'plans written': chose('commitment.plan', ({ chosen, command }) => chosen === undefined && command === undefined),
    'plans declined': chose('commitment.plan', ({ chosen }) => chosen === 'skip'),
    'decisions kept': says(said, 'decision.record'),
    'dreams kept': says(said, 'dreams.added'),
    'rhythms chosen': says(said, 'always-on.rhythm-set') + chose('check-in.rhythm', ({ chosen }) => chosen !== 'keep'),
    'limits lowered': chose('always-on.limits-ask', ({ chosen }) => chosen === '0' || chosen === '1'),
    commands: heard.filter(({ command }) => command !== undefined).length,
    pauses: says(said, 'always-on.paused') + says(said, 'always-on.paused-open'),
    'hard weeks': asked('hard-week.choose'),
    '“too personal”': gave('too-personal'),
    '“that landed badly”': gave('landed-badly'),
    'old buttons pressed': said.filter(({ found }) => found.some(({ place }) => place === 'hearing/moved-on')).length,
    'languages changed': says(said, 'always-on.language-set'),
    'previews answered': heard.filter(({ reply }) => reply.kind === 'form').length,
    'notes passed on': says(
      coaches.flatMap(story => story.moments.filter(isSaid)),
      'coach.note-sent',
    ),
    digests: coaches
      .flatMap(story => story.moments.filter(isSaid))
      .filter(({ found }) => found.some(({ pack }) => pack === 'digest')).length,
    goodbyes: says(said, 'goodbye.ended'),
    stops: gave('stop'),
    erasures: clients.filter(({ end }) => end.erasedAt !== undefined).length,
    holds: clients.filter(({ moments: all }) => all.filter(isSaid).some(({ state }) => state.held)).length,
    'holds ended': clients.filter(
      ({ moments: all, end }) => !end.held && all.filter(isSaid).some(({ state }) => state.held),
    ).length,
  }
}

const isReminder = (one: Said): boolean => asksOf(one, 'welcome.reminder')
const isFollowUp = (one: Said): boolean =>
  one.unprompted && (asksOf(one, 'nudge.follow-one') || asksOf(one, 'nudge.several-later'))
