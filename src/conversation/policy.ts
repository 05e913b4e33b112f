import { INVITATIONS_A_DAY } from '../domain/tenant.ts'
import type { Labels } from './labels.ts'
import { countryName } from './languages.ts'
import type { Turn } from './turn.ts'

/** HR's policy, a line each, in the labels of whoever shows it. */
export const policyItems = (
  turn: Turn,
  label: Labels,
): readonly { readonly label: string; readonly value: string }[] => {
  const { quiet, country, smallestGroup, workdays, safety, invitationsADay } = turn.context.tenant.policy
  const { locale } = turn.person
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const days = workdays.map(day => weekday.format(Date.UTC(2024, 0, day)))
  return [
    { label: label('workdays'), value: new Intl.ListFormat(locale, { type: 'unit' }).format(days) },
    { label: label('quiet'), value: `${quiet.from} – ${quiet.to}` },
    { label: label('holidays'), value: country === undefined ? label('holidays-none') : countryName(country, locale) },
    {
      label: label('safety'),
      value: safety === undefined ? label('safety-none') : `${safety.owner}, ${safety.hours}`,
    },
    { label: label('a-day'), value: String(invitationsADay ?? INVITATIONS_A_DAY) },
    { label: label('smallest-group'), value: String(smallestGroup) },
  ]
}
