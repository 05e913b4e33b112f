import type { ChatLine } from '../../adapters/playground/protocol.ts'
import type { Reply } from '../../src/domain/message.ts'

/** What one person does. */
export type Gesture = { readonly say: string } | { readonly press: string }

/** Begins the programme: HR, the coach, and Ana up to the end of the first conversation. */
export const SET_UP: readonly (readonly [string, Gesture])[] = [
  ['helen', { press: 'Set it up' }],
  ['helen', { say: 'Spring' }],
  ['helen', { say: 'More time for what matters' }],
  ['helen', { press: 'Tom' }],
  ['helen', { press: 'Switch it on' }],
  ['tom', { press: 'Invite a client' }],
  ['tom', { press: 'Ana' }],
  ['ana', { press: 'A bit of both' }],
  ['ana', { press: "Yes, let's begin" }],
  ['ana', { say: 'I leave on time twice a week' }],
  ['ana', { say: 'My evenings are mine' }],
]

/** Talks to the playground's server as its page does, without a browser. `url` may change when the server is started anew. */
export const talkOver = (url: () => string, where: () => string = () => 'so far') => {
  const lines = async (person: string): Promise<readonly ChatLine[]> => {
    const response = await fetch(`${url()}/api/chats/${person}/lines`)
    // The playground's own answer: its type is the protocol's.
    const body = (await response.json()) as { lines: readonly ChatLine[] }
    return body.lines.toSorted((a, b) => a.seq - b.seq)
  }
  const botLines = async (person: string) => (await lines(person)).filter(({ from }) => from === 'lighthand')
  const buttonIn = (said: readonly ChatLine[], label: string): Reply | undefined => {
    for (const { message } of said.toReversed())
      for (const block of message.blocks) {
        if (block.kind !== 'choices') continue
        const choice = block.choices.find(one => one.label === label)
        if (choice !== undefined) return { kind: 'choice', ask: block.ask, choice: choice.id }
      }
    return undefined
  }
  /** Looks whenever the server tells of something new, until what is looked for is there. */
  const until = async <Found>(
    person: string,
    look: (said: readonly ChatLine[]) => Found | undefined,
  ): Promise<Found> => {
    const listening = new AbortController()
    // A bound for a hopeless case, so that it says what is there instead of waiting for ever.
    const bound = setTimeout(() => listening.abort(), 30_000)
    const stream = await fetch(`${url()}/api/events`, { signal: listening.signal })
    try {
      for await (const _news of stream.body ?? []) {
        const found = look(await botLines(person))
        if (found !== undefined) return found
      }
      throw new Error('the server went away')
    } catch (error) {
      const last = (await botLines(person)).slice(-3).map(({ message }) => message.text)
      throw new Error(`${where()}, ${person} never got it; the last lines: ${JSON.stringify(last)}`, {
        cause: error,
      })
    } finally {
      clearTimeout(bound)
      listening.abort()
    }
  }
  const replyFor = async (person: string, gesture: Gesture): Promise<Reply> =>
    'say' in gesture ? { kind: 'text', text: gesture.say } : until(person, said => buttonIn(said, gesture.press))
  const post = async (person: string, key: string, reply: Reply): Promise<void> => {
    const response = await fetch(`${url()}/api/chats/${person}/replies`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, reply }),
    })
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`)
  }
  const answersFor = (person: string, count: number): Promise<true> =>
    until(person, said => (said.length >= count ? true : undefined))

  let gestures = 0
  /** Does one thing, and waits for the answer to it. */
  const play = async (person: string, gesture: Gesture): Promise<void> => {
    const reply = await replyFor(person, gesture)
    const before = (await botLines(person)).length
    gestures += 1
    await post(person, `play-${gestures}-${person}`, reply)
    await answersFor(person, before + 1)
  }
  return { lines, botLines, replyFor, post, answersFor, play }
}
