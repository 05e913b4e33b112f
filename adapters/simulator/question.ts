import type { Message } from '../../src/domain/message.ts'
import type { Book } from './checker/book.ts'
import type { Question } from './voices/voice.ts'

/** What the open questions of the packs are about. */
const ABOUT: Readonly<Record<string, Question>> = {
  'success-measures.ask': 'measure',
  'success-measures.sign': 'sign',
  'check-in.win': 'win',
  'check-in.talk': 'talk',
  'commitment.what': 'doing',
  'commitment.plan': 'plan',
  'lapse.kept-and-change': 'change',
  'lapse.partly-easier': 'easier',
  'lapse.smaller': 'smaller',
  'change-map.open': 'different',
  'change-map.in-the-way': 'obstacle',
  'change-map.experiment': 'doing',
  'decision.small': 'decision',
  'decision.large': 'decision',
  'decision.options': 'options',
  'decision.matters': 'matters',
  'decision.small-lean': 'leaning',
  'decision.lean': 'leaning',
  'look-back.ask': 'becameOf',
  'look-back.same-way': 'sameWay',
  'dreams.add': 'dream',
  'goodbye.changed': 'win',
  'goodbye.keep': 'sameWay',
  'goodbye.sponsor': 'sponsor',
  'coach-note.inside-note': 'reply',
  'coach-note.shown': 'reply',
  'coach.note-text': 'note',
}

/** What a message asks for in somebody's own words, as a reader understands it: by its sentences, in their language. */
export const questionIn = (message: Message, book: Book, locale: string): Question => {
  for (const block of message.blocks)
    if (block.kind === 'paragraph')
      for (const { place, part } of book.find(locale, block.text)) {
        const about = ABOUT[place]
        if (part === 'question' && about !== undefined) return about
      }
  return 'other'
}
