import type { Instant } from './schedule.ts'

/** What a rating of how work feels is about, beside goals' own ids. */
export const FULFILMENT = 'fulfilment'

const DAY = 86_400_000
/** Not more than about monthly: four weekly check-ins, less the hours by which one may leave early. */
const PAUSE = 27 * DAY

/** Whether a check-in may ask how fulfilling work is: `self` is open and it was not asked within the last month. */
export const mayAskFulfilment = (isSelfOpen: boolean, askedAt: Instant | undefined, now: Instant): boolean =>
  isSelfOpen && (askedAt === undefined || now - askedAt >= PAUSE)
