import type { Home } from '../../src/domain/home.ts'
import type { Message } from '../../src/domain/message.ts'

export const saying = (text: string): Message => ({ text, blocks: [{ kind: 'paragraph', text }] })

/** One of each way to ask, each under its own ask id. */
export const CHOICE: Message = {
  text: 'How did it go?\n\nDone · Let it go',
  blocks: [
    { kind: 'paragraph', text: 'How did it go?' },
    {
      kind: 'choices',
      ask: 'c1.1',
      style: 'buttons',
      choices: [
        { id: 'kept', label: 'Done' },
        { id: 'let-go', label: 'Let it go' },
      ],
    },
  ],
}

export const DATE: Message = {
  text: 'By which day?\n\nPick a day',
  blocks: [
    { kind: 'paragraph', text: 'By which day?' },
    { kind: 'date', ask: 'c1.2', label: 'Pick a day', min: '2026-01-14', initial: '2026-01-15' },
  ],
}

export const FORM: Message = {
  text: 'What would you like Tom to see?\n\nLook and choose: Went well: Two calm mornings',
  blocks: [
    { kind: 'paragraph', text: 'What would you like Tom to see?' },
    {
      kind: 'form',
      ask: 'c1.3',
      title: 'Share with your coach',
      open: 'Look and choose',
      submit: 'Share these lines',
      fields: [
        {
          kind: 'line',
          id: 'l1',
          label: 'Went well',
          value: 'Two calm mornings',
          include: true,
          includeLabel: 'Share this',
          withholdLabel: 'Leave it out',
        },
      ],
    },
  ],
}

/** Everything else that a message may hold. */
export const RICH: Message = {
  text: 'You set this for today.\n\n“Send the draft”\n\nFriday: the draft\n\n1 (just starting) – 3\n\nType an answer, too.',
  blocks: [
    { kind: 'paragraph', text: 'You set this for today.' },
    { kind: 'quote', text: 'Send the draft' },
    { kind: 'fields', items: [{ label: 'Friday', value: 'the draft' }] },
    {
      kind: 'choices',
      ask: 'c1.4',
      style: 'scale',
      choices: ['1', '2', '3'].map(id => ({ id, label: id })),
      ends: { low: 'just starting', high: 'there' },
    },
    { kind: 'context', text: 'Type an answer, too.' },
  ],
}

export const PEOPLE: Message = {
  text: 'Whom would you like to invite?\n\nPick people',
  blocks: [
    { kind: 'paragraph', text: 'Whom would you like to invite?' },
    {
      kind: 'people',
      ask: 'c1.5',
      label: 'Pick people',
      submit: 'Invite them',
      most: 20,
      known: [{ id: 'tom', label: 'Tom' }],
    },
  ],
}

/** One of each thing that a home may hold. */
export const HOME: Home = {
  text: 'Next check-in: Friday\n\n“Send the draft” (Friday)',
  sections: [
    {
      id: 'next',
      title: 'Next check-in',
      blocks: [
        { kind: 'paragraph', text: 'Friday 16 January, every week.' },
        { kind: 'actions', actions: [{ id: 'command/pause', label: 'Pause' }] },
      ],
    },
    {
      id: 'commitments',
      title: 'What you took on',
      blocks: [
        { kind: 'quote', text: 'Send the draft' },
        { kind: 'fields', items: [{ label: 'By', value: 'Friday 16 January' }] },
        {
          kind: 'actions',
          actions: [
            { id: 'do/k1/kept', label: 'Done', spoken: 'Done: Send the draft' },
            { id: 'do/k1/let-go', label: 'Let it go', spoken: 'Let it go: Send the draft' },
          ],
        },
        { kind: 'context', text: 'Only you see this list.' },
      ],
    },
  ],
}
