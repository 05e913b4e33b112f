import type { Pack } from '../conversation/pack.ts'

/** Neutral values for what texts name in braces, so that a preview reads like a message and flatters nobody. */
const SAMPLES: Readonly<Record<string, string>> = {
  name: 'Robin',
  coach: 'Kim',
  client: 'Robin',
  programme: 'Coaching 2030',
  purpose: 'Better meetings',
  workspace: 'Acme',
  commitment: 'Write the outline',
  lastTitle: 'Write the outline',
  what: 'Write the outline',
  original: 'Write the outline',
  smaller: 'Write the first page',
  plan: 'If it is Thursday at four, I open the file',
  goal: 'Meetings that end on time',
  goalText: 'Meetings that end on time',
  due: 'Friday',
  until: 'Monday',
  checkInDay: 'Friday',
  nextCheckIn: 'Friday',
  hour: '9:00',
  rating: '6',
  value: '6',
  count: '2',
  asks: '1',
  most: '2',
  messages: '1',
  mostMessages: '3',
  smallest: '5',
  people: '10',
  period: '1 May',
  '#': '2',
}

/** A reading of a text (slots as `{name}`), filled in; an answer of the client's own is shown as such. */
export const fillIn = (text: string): string =>
  text.replace(/\{([\p{L}\p{N}#]+)\}/gu, (_, name: string) => SAMPLES[name] ?? `‹${name}›`)

/** What stands in the place of a list that is built from data. */
export const shownBy = (show: string, pack: Pack): readonly string[] => {
  const labels = Object.entries(pack.labels)
  if (show === 'terms')
    return labels.flatMap(([id, title]) => {
      const text = pack.labels[`${id}-text`]
      return text === undefined ? [] : [`${title}: ${text}`]
    })
  if (show === 'focus')
    return [
      `> ${SAMPLES.commitment}`,
      ...(pack.labels.plan === undefined ? [] : [`${pack.labels.plan} ${SAMPLES.plan}`]),
    ]
  return [`(a list from what is kept: ${show})`]
}
