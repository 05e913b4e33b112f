import { isHeard, isSaid, type Story } from './story.ts'
import { type Violation, violation } from './violation.ts'

/** Words that nobody takes for anything else, in the languages that people here write. */
const UNMISTAKABLE =
  /\b(?:want to kill myself|(?:do not|don't) want to live any ?more|quiero matarme|no quiero vivir más|(?:will|möchte) mich umbringen|(?:will|möchte) nicht mehr leben)\b/iu

/** Rule 11: words of danger are met at once with what helps, and nobody is told but by the person's own tap. */
export const judgeDanger = (stories: readonly Story[]): readonly Violation[] =>
  stories.flatMap(story => (story.member.role === 'coach' ? judgeAlerts(story, stories) : judgeAnswers(story)))

const judgeAnswers = (story: Story): readonly Violation[] => {
  const { erasedAt = Number.POSITIVE_INFINITY } = story.end
  return story.moments.flatMap((moment, index) => {
    if (!isHeard(moment) || moment.at > erasedAt || moment.reply.kind !== 'text') return []
    if (!UNMISTAKABLE.test(moment.text)) return []
    const next = story.moments.slice(index + 1).find(isSaid)
    if (next === undefined || next.found.some(({ pack }) => pack === 'safety')) return []
    return [violation(story, 11, next, 'words of danger were met as if they were any others')]
  })
}

/** A coach hears that a client wants to talk; the client must have chosen that, of all that they were offered. */
const judgeAlerts = (coach: Story, stories: readonly Story[]): readonly Violation[] => {
  const told = coach.moments.filter(isSaid).flatMap(said => {
    const client = said.found.find(({ place }) => place === 'coach.asked')?.values.client
    return client === undefined ? [] : [{ said, client }]
  })
  return told.flatMap(({ said, client }, index) => {
    const before = told.slice(0, index).filter(one => one.client === client).length
    const asked = stories
      .filter(({ member, house }) => house === coach.house && member.name === client)
      .flatMap(({ moments }) => moments.filter(isHeard))
      .filter(one => one.at <= said.at && one.chosen === 'coach' && one.to?.found.some(({ pack }) => pack === 'safety'))
    return asked.length > before ? [] : [violation(coach, 11, said, `${client} had not asked to be called`)]
  })
}
