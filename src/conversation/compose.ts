import type { SendDeed } from '../domain/effect.ts'
import type { Block, Message } from '../domain/message.ts'
import type { Person } from '../domain/person.ts'
import { type MessageClass, stamp } from '../domain/pressure.ts'
import type { Instant } from '../domain/schedule.ts'
import type { Turn } from './turn.ts'

const DAY = 86_400_000
/** A reply that could not leave for a day would answer something long gone; an unprompted message for less. */
const REPLY_LIVES = DAY
const UNPROMPTED_LIVES = DAY / 2

/** The key of the message that this turn would send: known before it is composed, so that the gate can be asked about it. */
export const messageKey = (person: Person): string => `${person.tenant}/${person.id}/${person.seq + 1}`

/** Makes one message of what the turn has said, if it said anything, stamps the ledger, and leaves it as an effect. */
export const composeMessage = (
  turn: Turn,
  as: { readonly class: MessageClass | 'reply'; readonly notBefore?: Instant },
): void => {
  if (turn.parts.length === 0) return
  const key = messageKey(turn.person)
  const { now } = turn.context
  const unprompted = as.class !== 'reply'
  const send: SendDeed = {
    kind: 'send',
    key,
    class: as.class,
    ask: turn.asks,
    content: { kind: 'message', message: messageOf(turn.parts) },
    notBefore: as.notBefore ?? now,
    notAfter: (as.notBefore ?? now) + (unprompted ? UNPROMPTED_LIVES : REPLY_LIVES),
  }
  turn.deeds.unshift(send)
  turn.person = { ...turn.person, said: turn.wordings }
  if (unprompted && turn.running !== undefined) turn.running = { ...turn.running, ledgerKey: key, class: as.class }
  const { client } = turn.person
  // Replies that ask nothing are kept for rule 5 alone; those that ask are the client's own conversation.
  if (client === undefined || (!unprompted && turn.asks)) return
  const ledger = stamp(client.ledger, { key, at: now, class: as.class, ask: unprompted && turn.asks })
  turn.person = { ...turn.person, client: { ...client, ledger } }
}

/** The blocks, and the same in words: what a screen reader, a notification or a plain platform gets. */
export const messageOf = (blocks: readonly Block[]): Message => ({
  text: blocks.map(blockInWords).filter(Boolean).join('\n\n'),
  blocks,
})

export const blockInWords = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
    case 'context':
    case 'chart':
      return block.text
    case 'quote':
      return `“${block.text}”`
    case 'fields':
      return block.items.map(({ label, value }) => `${label}: ${value}`).join('\n')
    case 'choices':
      return block.style === 'scale'
        ? `${block.choices[0]?.label ?? ''} (${block.ends?.low ?? ''}) – ${block.choices.at(-1)?.label ?? ''} (${block.ends?.high ?? ''})`
        : block.choices.map(({ label }) => label).join(' · ')
    case 'date':
    case 'people':
      return block.label
    case 'form':
      return `${block.open}: ${block.fields.map(({ label, value }) => (value === '' ? label : `${label}: ${value}`)).join('; ')}`
  }
}
