import type { Block } from '../../src/domain/message.ts'
import type { Story } from './checker/story.ts'
import { temperamentsOf } from './figures.ts'
import type { Evidence, Line, Member } from './transcript.ts'

/** The month that is told: days from a person's first line. */
const DAYS = 30
const DAY = 86_400_000

export type FirstMonth = { readonly file: string; readonly text: string }

/**
 * The first month of one person of each temperament, as a page to be read aloud: who said what, and when, by their own clock.
 * Of the people of a temperament the one with the median number of lines is told of, in the locale that most of them read;
 * so it is neither the best day nor the worst.
 */
export const firstMonthsOf = (
  { lines }: Evidence,
  stories: readonly Story[],
  told: { readonly seed: string; readonly clients: number },
): readonly FirstMonth[] =>
  temperamentsOf(stories).flatMap(temperament => {
    const theirs = stories.map(({ member }) => member).filter(member => member.temperament === temperament)
    const months = theirs
      .map(member => ({ member, lines: monthOf(lines, member) }))
      .filter(one => one.member.locale === commonest(theirs.map(({ locale }) => locale)) && one.lines.length > 0)
      .toSorted((a, b) => a.lines.length - b.lines.length || a.member.id.localeCompare(b.member.id))
    const median = months[Math.floor(months.length / 2)]
    if (median === undefined) return []
    const command = `lighthand simulate --clients ${told.clients} --days ${DAYS} --seed ${told.seed} --transcripts docs/transcripts`
    return [
      {
        file: `${temperament.replace(/[^a-z]+/g, '-')}.md`,
        text: `${[
          `# ${capital(temperament)}: the first month`,
          `${median.member.name} is synthetic: a part of the simulation, no person. Times are local. Made by \`${command}\`.`,
          ...median.lines.map(line => entry(line, median.member)),
        ].join('\n\n')}\n`,
      },
    ]
  })

const monthOf = (lines: readonly Line[], member: Member): readonly Line[] => {
  const own = lines.filter(({ person }) => person === member.id)
  const until = (own[0]?.at ?? 0) + DAYS * DAY
  return own.filter(({ at }) => at < until)
}

const commonest = (all: readonly string[]): string | undefined =>
  [...new Set(all)].toSorted((a, b) => all.filter(one => one === b).length - all.filter(one => one === a).length)[0]

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const entry = (line: Line, { name }: Member): string => {
  const who = line.dir === 'shown' ? 'Lighthand' : name
  return `**${who}**, ${when(line)}\n\n${line.dir === 'shown' ? line.blocks.map(shown).join('\n\n') : typed(line)}`
}

/** What they did, as one would tell it: a day picked has a weekday, and each line of a preview its fate. */
const typed = ({ reply, text }: Extract<Line, { dir: 'typed' }>): string => {
  if (reply.kind === 'date')
    return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
      Date.parse(reply.date),
    )
  if (reply.kind !== 'form') return text
  return Object.entries(reply.fields)
    .filter(([id]) => !id.endsWith('.include'))
    .map(([id, value]) => {
      const included = reply.fields[`${id}.include`]
      return `- ${value}${included === undefined ? '' : included === 'yes' ? ' (shared)' : ' (left out)'}`
    })
    .join('\n')
}

const when = ({ at, zone }: Line): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at)

/** A block as it reads on paper: buttons in square brackets, somebody's own words as a quotation. */
const shown = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return block.text
    case 'context':
    case 'chart':
      return `_${block.text}_`
    case 'quote':
      return `> ${block.text.replaceAll('\n', '\n> ')}`
    case 'fields':
      return block.items.map(({ label, value }) => `- ${label}: ${value}`).join('\n')
    case 'choices':
      return block.choices.map(({ label }) => `[${label}]`).join(' ')
    case 'date':
    case 'people':
      return `[${block.label}]`
    case 'form':
      return `[${block.open}: ${block.title}]\n\n${block.fields.map(({ label, value }) => `- ${label}: ${value}`).join('\n')}`
  }
}
