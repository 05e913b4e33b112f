import type { Client } from '../../../src/domain/person.ts'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { Dialogue, PROMPT_FILES, packsFrom } from './dialogue.ts'

/** Somebody whose words out of the blue are met by these steps, and who has just written some. */
export const met = (steps: string, client: Partial<Client> = {}, labels = ''): Dialogue => {
  const files = PROMPT_FILES.filter(({ path }) => !path.endsWith('listen.yaml'))
  const text = `id: listen\nversion: 1\nclass: reply\nabout: For a test.\nstart: open\n${labels}steps:\n${steps}${HEARD}`
  const side = `id: side\nversion: 1\nclass: reply\nabout: For a test.\nstart: in\nsteps:\n${SIDE}`
  const packs = packsFrom([
    ...files,
    { path: 'prompts/en/listen.yaml', locale: 'en', text },
    { path: 'prompts/en/side.yaml', locale: 'en', text: side },
  ])
  const dialogue = new Dialogue(aPerson(aClient({ topics: CLOSED, ...client })), MONDAY, packs)
  dialogue.say('good day to you')
  return dialogue
}
/** Where always-on goes back to with words that waited for a language; it must be there, whatever else is. */
const HEARD = `
  heard:
    say: Heard.
    next: end
`

const CLOSED = { work: false, self: false, dreams: false }

const SIDE = `
  in:
    ask:
      kind: text
      as: inner
      question: What is it, inside?
      options: [{ id: skip, label: No word, way-out: true }]
    next: { answer: deeper, skip: end }
  deeper:
    ask:
      kind: choice
      as: depth
      question: Deeper?
      options: [{ id: yes, label: Deeper }, { id: no, label: Back, way-out: true }]
    next: { yes: side.in, no: end }
    after: end
`
