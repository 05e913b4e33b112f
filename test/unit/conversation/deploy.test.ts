import { describe, expect, it } from 'vitest'
import { aClient, aPerson, MONDAY } from '../domain/people.ts'
import { Dialogue, PACKS, PROMPT_FILES, packsFrom } from './dialogue.ts'

const { version } = PACKS.current('commitment', 'en')
const NEWER = version + 1
const newer = PROMPT_FILES.map(file =>
  file.path.endsWith('en/commitment.yaml')
    ? {
        ...file,
        text: file.text
          .replace(/^ {2}when:\n(?: {4}.*\n)+/m, step => step.replaceAll(/^( {8}- ).*\?$/gm, '$1And by when?'))
          .replace(/^version: \d+$/m, `version: ${NEWER}`),
      }
    : file,
)

describe('new words', () => {
  it('reach the next conversation; the one under way ends with those it began with', () => {
    const dialogue = new Dialogue(aPerson(aClient({ topics: { work: true, self: false, dreams: false } })), MONDAY)
    dialogue.say('commit')
    dialogue.packs = packsFrom(newer, PROMPT_FILES)
    dialogue.say('call Ben')
    expect(dialogue.last.text).toMatch(/^By which day\?/)
    dialogue.say('Friday')
    dialogue.press('Just for me')
    dialogue.press('No plan needed')
    expect(dialogue.commitments.size).toBe(1)
    dialogue.say('commit')
    dialogue.say('call Eva')
    expect(dialogue.last.text).toMatch(/^And by when\?/)
    expect(dialogue.person.conversation?.frames[0]?.version).toBe(NEWER)
  })
  it('do not strand anybody in silence: without the old ones the turn fails and changes nothing', () => {
    const dialogue = new Dialogue(aPerson(aClient()), MONDAY)
    dialogue.say('commit')
    const before = dialogue.person
    dialogue.packs = packsFrom(newer)
    expect(() => dialogue.say('call Ben')).toThrow(`pack commitment version ${version} is not loaded`)
    expect(dialogue.person).toBe(before)
    dialogue.packs = PACKS
    expect(dialogue.say('call Ben')).toHaveLength(1)
  })
})
