import { addDays, atLocal, isLocalDate, type LocalDate, localDate, nextOpen } from '../../domain/schedule.ts'
import { HEARD } from '../../domain/silence.ts'
import { readDate } from '../dates.ts'
import { changeClient, clientOf, type Turn, topFrame } from '../turn.ts'
import { type Acts, done } from './act.ts'

const DAYS_OF_PAUSE: Readonly<Record<string, number>> = { week: 7, 'two-weeks': 14, month: 28 }
const WEEKS = { weekly: 1, fortnightly: 2, monthly: 4, none: 0 } as const
const HOUR = 3_600_000
/** In one go: whoever is away for longer says “pause”. */
const MOST_DAYS_OFF = 31
const DAYS_OFF_KEPT = 90

const pauseUntil = (turn: Turn): LocalDate | undefined => {
  const { slots } = topFrame(turn)
  const today = localDate(turn.context.now, turn.person.zone)
  const days = DAYS_OF_PAUSE[slots.pause ?? '']
  if (days !== undefined) return addDays(today, days)
  const { zone, locale } = turn.person
  const read = readDate(slots.pause ?? '', { now: turn.context.now, zone, locale })
  return read?.kind === 'date' ? read.date : undefined
}

/** Rhythm, pause, snooze: the client's own hand on how often Lighthand speaks. */
export const rhythmActs: Acts<
  'set-rhythm' | 'pause' | 'resume' | 'snooze' | 'is-slowed' | 'add-days-off' | 'clear-days-off'
> = {
  'set-rhythm': done(turn => {
    const { slots } = topFrame(turn)
    const { rhythm } = clientOf(turn)
    const every = Object.entries(WEEKS).find(([name]) => name === slots.rhythmChoice)?.[1]
    if (every !== undefined) changeClient(turn, { rhythm: { ...rhythm, weeks: every }, silence: HEARD })
  }),
  pause: done(turn => {
    const until = pauseUntil(turn)
    const at = until === undefined ? undefined : atLocal(until, '00:00', turn.person.zone)
    changeClient(turn, { pause: { until: at } })
  }),
  /** Rule 11: a hold ends by the client's word, at once. */
  resume: done(turn => changeClient(turn, { pause: undefined, hold: undefined, silence: HEARD })),
  snooze: turn => {
    const below = turn.frames.findLastIndex(frame => frame.between) - 1
    if (turn.running === undefined || below < 0) return 'nothing'
    const { now, calendar } = turn.context
    const { zone, scheduled } = turn.person
    const today = localDate(now, zone)
    const wanted = topFrame(turn).slots.snooze
    const at =
      wanted === 'later'
        ? now + 3 * HOUR
        : atLocal(addDays(today, wanted === 'week' ? 7 : 1), clientOf(turn).hour, zone)
    const open = nextOpen(at, zone, calendar)
    const key = `snoozed:${turn.running.id}`
    const others = Object.entries(scheduled).filter(([, { kind }]) => kind !== 'snoozed')
    const snoozed = { kind: 'snoozed' as const, at: open, date: localDate(open, zone) }
    turn.person = { ...turn.person, scheduled: { ...Object.fromEntries(others), [key]: snoozed } }
    turn.deeds.push({ kind: 'appoint', key, appointment: 'snoozed', at: open, date: snoozed.date })
    turn.running = { ...turn.running, snoozed: true }
    return 'done'
  },
  /** From one day to another, both included, in whichever order they were named. What is past is forgotten. */
  'add-days-off': turn => {
    const { slots } = topFrame(turn)
    const today = localDate(turn.context.now, turn.person.zone)
    const { dayFrom = '', dayUntil = dayFrom } = slots
    if (!isLocalDate(dayFrom) || !isLocalDate(dayUntil)) return 'done'
    const [first = dayFrom, last = dayUntil] = [dayFrom, dayUntil].toSorted()
    if (last >= addDays(first, MOST_DAYS_OFF)) return 'too-long'
    const days: LocalDate[] = []
    for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
    const all = [...new Set([...clientOf(turn).daysOff, ...days])].toSorted().filter(day => day >= today)
    if (all.length > DAYS_OFF_KEPT) return 'too-long'
    changeClient(turn, { daysOff: all })
    return 'done'
  },
  'clear-days-off': done(turn => changeClient(turn, { daysOff: [] })),
  'is-slowed': turn => (clientOf(turn).silence.unanswered >= 2 ? 'yes' : 'no'),
}
