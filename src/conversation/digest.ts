import type { Block, Message } from '../domain/message.ts'
import type { DigestEntry } from '../domain/visibility.ts'
import { messageOf } from './compose.ts'
import type { Pack } from './pack.ts'
import { formatText } from './words.ts'

/** Rule 14: each client's approved lines in their own words, wins first, under the digest pack's labels. */
export const digestMessage = (entries: readonly DigestEntry[], pack: Pack, locale: string): Message => {
  const label = (id: string, values = {}): string => formatText(pack.labels[id] ?? id, locale, values)
  const client = ({ client: name, lines }: DigestEntry): readonly Block[] => [
    { kind: 'paragraph', text: label('client', { client: name }) },
    ...lines.flatMap(({ kind, text }): readonly Block[] => [
      { kind: 'context', text: label(kind) },
      { kind: 'quote', text },
    ]),
  ]
  return messageOf([
    { kind: 'paragraph', text: label('opening') },
    ...entries.flatMap(client),
    { kind: 'context', text: label('closing') },
  ])
}
