import { z } from 'zod'
import type { PersonId } from '../../src/domain/ids.ts'
import type { Log } from '../../src/ports/log.ts'
import { answeredBlocks } from './answered.ts'
import type { Calls } from './calls.ts'
import type { Directory } from './directory.ts'
import { readable } from './elements.ts'
import { fitted } from './message.ts'
import type { FormPlace, Submitted } from './modal.ts'
import type { BlockActions } from './payloads.ts'
import type { Place } from './place.ts'
import { makeRecent } from './recent.ts'

/** What was chosen, as far as the press itself says how it reads. */
export type Chosen =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'people'; readonly people: readonly string[]; readonly label: string }

type Standing = { readonly text: string; readonly blocks: readonly unknown[] }

/**
 * What becomes of a question on the screen once it is answered: its buttons make way for what was chosen. That comes after the
 * acknowledgement and may fail without harm: the answer is stored.
 */
export type AfterAnswer = {
  pressed(place: Place, person: PersonId, data: BlockActions, chosen: Chosen): void
  filled(
    place: Place,
    submitted: Submitted,
    view: { readonly blocks: readonly unknown[]; readonly submit?: unknown },
  ): void
  /** Keeps a message whose form is open: what is sent from a modal comes without it. */
  remember(at: FormPlace, message: Standing): void
  /** Resolves when nothing of this is under way. */
  idle(): Promise<void>
}

/** Open forms at one time. Whoever sends one after a restart finds its message looked up instead. */
const OPEN_FORMS = 500
const TIMEOUT = 5_000

export const makeAfterAnswer = (options: {
  readonly calls: Calls
  readonly directory: Directory
  readonly log: Log
}): AfterAnswer => {
  const { calls, directory, log } = options
  const open = makeRecent<Standing>(OPEN_FORMS)
  const underWay = new Set<Promise<void>>()
  const start = (work: () => Promise<void>): void => {
    const run: Promise<void> = work()
      .catch(err => log.warn({ code: 'SLACK_NOT_REPLACED', err }, 'buttons that were used could not be taken away'))
      .finally(() => underWay.delete(run))
    underWay.add(run)
  }

  const labelOf = async (place: Place, person: PersonId, chosen: Chosen): Promise<string> => {
    if (chosen.kind === 'label') return chosen.label
    if (chosen.kind === 'date') return dayIn(chosen.date, directory.localeOf(place.tenant, person))
    const names = await Promise.all(chosen.people.map(id => directory.nameFor(place.tenant, id)))
    return `${chosen.label}: ${names.join(', ')}`
  }

  return {
    pressed: (place, person, { message, response_url: url, channel }, chosen) => {
      if (!message) return
      start(async () => {
        const after = replaced(message, await labelOf(place, person, chosen))
        if (typeof url === 'string') return respond(url, after)
        if (channel) await update(calls, place, { channel: channel.id, ts: message.ts }, after)
      })
    },
    filled: (place, submitted, view) =>
      start(async () => {
        const { channel, ts } = submitted.place
        const message = open.get(`${channel}/${ts}`) ?? (await lookUp(calls, place, submitted.place))
        if (message === undefined) return
        open.drop(`${channel}/${ts}`)
        const label = submitLabel.safeParse(view.submit)
        const sent = linesSent(submitted, view.blocks)
        await update(calls, place, submitted.place, replaced(message, label.success ? label.data.text : '', sent))
      }),
    remember: ({ channel, ts }, message) => open.put(`${channel}/${ts}`, message),
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** What it says in words follows from what it shows: the ways to answer are gone from both. */
const replaced = (
  { blocks }: Standing,
  chosen: string,
  filled?: readonly { readonly label: string; readonly value: string }[],
): Standing => {
  const after = answeredBlocks(blocks, chosen, filled)
  return { text: fitted(readable(after)), blocks: after }
}

const submitLabel = z.object({ text: z.string() })
const input = z.looseObject({ type: z.literal('input'), block_id: z.string(), label: z.object({ text: z.string() }) })

/** A form's answers as they read: labels, and what was written; of lines to share only those that were. */
const linesSent = ({ fields }: Submitted, blocks: readonly unknown[]): { label: string; value: string }[] => {
  const ids = Object.keys(fields).filter(id => !id.endsWith('.include') || !(id.slice(0, -8) in fields))
  return blocks
    .flatMap(block => {
      const { success, data } = input.safeParse(block)
      return success ? [data] : []
    })
    .map(({ label, block_id }) => ({ label: label.text, id: ids[Number(block_id.split('.')[1])] ?? '' }))
    .filter(({ id }) => fields[`${id}.include`] !== 'no')
    .map(({ label, id }) => ({ label, value: fields[id] ?? '' }))
}

const dayIn = (date: string, locale: string): string => {
  const at = Date.parse(`${date}T00:00:00Z`)
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'full', timeZone: 'UTC' }).format(at)
}

/** The address comes with the press and is good for it alone. */
const respond = async (url: string, { text, blocks }: Standing): Promise<void> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ replace_original: true, text, blocks }),
    signal: AbortSignal.timeout(TIMEOUT),
  })
  if (!response.ok) throw new Error(`the answer to a press was refused: ${response.status}`)
}

const update = (calls: Calls, { tenant }: Place, { channel, ts }: FormPlace, after: Standing): Promise<void> =>
  calls.run(tenant, async client => {
    // Blocks as they came from Slack go back as they are: the SDK's types cannot know them.
    await client.apiCall('chat.update', { channel, ts, text: after.text, blocks: after.blocks })
  })

const standing = z.looseObject({
  ts: z.string(),
  text: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
})

const lookUp = async (calls: Calls, { tenant }: Place, { channel, ts }: FormPlace): Promise<Standing | undefined> => {
  const answer = await calls.run(tenant, client =>
    client.conversations.history({ channel, oldest: ts, latest: ts, inclusive: true, limit: 1 }),
  )
  return z
    .array(standing)
    .parse(answer.messages ?? [])
    .find(one => one.ts === ts)
}
