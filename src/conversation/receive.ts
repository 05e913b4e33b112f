import { mayInitiate } from '../domain/contract.ts'
import type { Reply } from '../domain/message.ts'
import type { Concern } from '../domain/safety.ts'
import { HEARD } from '../domain/silence.ts'
import { offerLine } from './acts/sharing.ts'
import { forgetMissed, isRecorded, rememberTyped, typedAs, wasShared } from './corrections.ts'
import { ENTRANCES, type Entrance } from './entrances.ts'
import { type Heard, hear } from './hear.ts'
import { type Command, commandIn, type Hearing, type LineId, languageIn } from './hearing.ts'
import { deedIn, type HomeDeed, STAFF_DEEDS } from './home-actions.ts'
import { writtenIn } from './languages.ts'
import { answer, askAgain, askingOf, enter, skip, stepBack, turnWheel } from './machine.ts'
import { changeClient, changeFrame, need, openCommitments, type RosterPerson, type Turn, topFrame } from './turn.ts'
import { valuesOf } from './values.ts'
import { chooseWording, formatBlocks } from './words.ts'

/** Commands that need no accepted contract: always answered (rule 1), also from somebody whom nobody invited. */
const ALWAYS: readonly Command[] = ['help', 'stop', 'delete', 'seen']
/** Commands about what is being asked, or about being a client at all. */
const FOR_CLIENTS: readonly Command[] = [
  'talk',
  'pause',
  'resume',
  'snooze',
  'landed-badly',
  'too-personal',
  'commit',
  'commitments',
  'limits',
  'days-off',
  'check-in',
  'topics',
  'decision',
  'change-map',
  'dreams',
  'link',
  'progress',
  'hard-week',
  'ill',
  'loss',
  'goodbye',
]

/** Somebody wrote, pressed, picked or filled in. */
export const receive = (turn: Turn, reply: Reply): void => {
  const concern = concernIn(turn, reply)
  if (concern !== undefined) return meet(turn, concern)
  const hearing = turn.context.packs.hearing(turn.person.locale)
  wake(turn)
  const asking = askingOf(turn)
  const { now } = turn.context
  const { zone, locale } = turn.person
  const heard = hear(reply, asking, { now, zone, locale, hearing })
  if (reply.kind === 'text' && ['answer', 'words', 'unheard'].includes(heard.kind)) rememberTyped(turn, reply.text)
  take(turn, heard, asking !== undefined, hearing)
  // Whoever writes is answered, also where a pack simply ends.
  if (turn.parts.length === 0) line(turn, 'noted')
}

/**
 * They changed what they had typed. Where the first words were kept, the new ones are offered in their place; where they were not
 * understood, the new ones are the answer. Of what left no trace an edit leaves none either.
 */
export const edited = (turn: Turn, of: string, text: string): void => {
  const concern = concernIn(turn, { kind: 'text', text })
  if (concern !== undefined) return meet(turn, concern)
  const words = text.trim()
  const before = typedAs(turn, of)
  if (before === undefined || words === '' || words === before) return
  const wasMissed =
    (turn.running?.misses ?? 0) > 0 && turn.person.typed?.at(-1)?.key === of && askingOf(turn) !== undefined
  if (wasMissed) {
    forgetMissed(turn, before)
    return receive(turn, { kind: 'text', text: words })
  }
  if (!isRecorded(turn, before)) return
  wake(turn)
  const sharedAlready = turn.person.client !== undefined && wasShared(turn, before) ? 'yes' : 'no'
  comeIn(turn, ENTRANCES.correction, { slots: { editedKey: of, oldWords: before, newWords: words, sharedAlready } })
}

/** The platform's command, with words after it: what they mean in the chat they mean here; what they do not is met with help. */
export const command = (turn: Turn, text: string): void => {
  const concern = concernIn(turn, { kind: 'text', text })
  if (concern !== undefined) return meet(turn, concern)
  const hearing = turn.context.packs.hearing(turn.person.locale)
  wake(turn)
  const language = languageIn(text, hearing)
  const known = commandIn(text, hearing)
  if (known === undefined && language !== undefined) changeLanguage(turn, language, '')
  else obey(turn, known ?? 'help', hearing)
  if (turn.parts.length === 0) line(turn, 'noted')
}

/** An action of their home: answered in the chat, as if its words had been written there. */
export const pressed = (turn: Turn, action: string): void => {
  wake(turn)
  act(turn, deedIn(action))
  if (turn.parts.length === 0) line(turn, 'noted')
}

const act = (turn: Turn, deed: HomeDeed | undefined): void => {
  const { client, coach, roles } = turn.person
  switch (deed?.kind) {
    case 'command':
      return obey(turn, deed.command, turn.context.packs.hearing(turn.person.locale))
    case 'commitment': {
      const isOpen = client !== undefined && mayInitiate(client.contract)
      // Settled meanwhile, perhaps in the chat: the home they pressed in was an older one.
      if (!isOpen || !openCommitments(turn).some(({ id }) => id === deed.commitment)) return line(turn, 'moved-on')
      return comeIn(turn, { pack: 'lapse', step: deed.outcome }, { focus: deed.commitment })
    }
    case 'staff': {
      const place = STAFF_DEEDS[deed.deed]
      const may = place.pack === 'coach' || place.pack === 'coach-desk' ? coach !== undefined : roles.includes('hr')
      if (!may) return line(turn, 'moved-on')
      const isMine = ({ id, coach: theirs }: RosterPerson): boolean => id === deed.about && theirs === turn.person.id
      if (deed.about === undefined || !('told' in place) || !need(turn, 'roster').some(isMine))
        return comeIn(turn, place, {})
      return comeIn(turn, { pack: place.pack, step: place.told }, { slots: { noteFor: deed.about } })
    }
    case 'door':
      return listen(turn, '')
    case undefined:
      return line(turn, 'moved-on')
  }
}

/** In between, if something is being asked; whatever else came in between gives way. */
const comeIn = (
  turn: Turn,
  place: { readonly pack: string; readonly step: string },
  given: { readonly focus?: string; readonly slots?: Readonly<Record<string, string>> },
): void => {
  const between = turn.frames.findIndex(frame => frame.between)
  if (between > 0) turn.frames = turn.frames.slice(0, between)
  enter(turn, place, { between: askingOf(turn) !== undefined, ...given })
}

const take = (turn: Turn, heard: Heard, isAsking: boolean, hearing: Hearing): void => {
  switch (heard.kind) {
    case 'option':
    case 'answer':
      return answer(turn, heard)
    case 'command':
      return obey(turn, heard.command, hearing)
    case 'words':
      if (offerLanguage(turn, heard.text, hearing)) return
      return listen(turn, heard.text)
    case 'thanks':
      return line(turn, 'thanked')
    case 'language':
      return changeLanguage(turn, heard.language, '')
    case 'stale':
      line(turn, 'moved-on')
      return isAsking ? askAgain(turn) : undefined
    case 'blank':
      return isAsking ? askAgain(turn) : listen(turn, '')
    case 'unheard':
      // Whatever language it is in, it was no answer: kept like any other.
      if (offerLanguage(turn, heard.text, hearing)) return keepFor(turn, heard.text)
      return keep(turn, heard)
  }
}

/**
 * Rule 11. Whatever is typed is looked at first, wherever it was typed: out of the blue, as an answer, in a form. Danger is for
 * everybody; the routes are for clients: staff who set up a programme may well write of lawyers.
 */
const concernIn = (turn: Turn, reply: Reply): Concern | undefined => {
  const { detect } = turn.context
  if (detect === undefined) return undefined
  const typed = reply.kind === 'text' ? [reply.text] : reply.kind === 'form' ? Object.values(reply.fields) : []
  const found = typed.flatMap(text => detect(text, turn.person.locale) ?? [])
  if (found.includes('acute')) return 'acute'
  return turn.person.client === undefined ? undefined : found[0]
}

const MEETS: Readonly<Record<Concern, Entrance>> = {
  acute: ENTRANCES.safety,
  harassment: ENTRANCES.harassment,
  legal: ENTRANCES.legal,
  medical: ENTRANCES.medical,
}

/** The flow stops: what was being asked is over, and what they wrote is nobody's answer. */
const meet = (turn: Turn, concern: Concern): void => {
  wake(turn)
  turn.frames = []
  turn.running = undefined
  enter(turn, MEETS[concern], { between: false, slots: {} })
}

/** Any reply restores the client's own rhythm (rule 4), and wakes what was snoozed. */
const wake = (turn: Turn): void => {
  const { client } = turn.person
  if (client !== undefined && client.silence !== HEARD && client.silence.unanswered > 0)
    changeClient(turn, { silence: HEARD })
  if (turn.running === undefined) return
  turn.running = { ...turn.running, lastAt: turn.context.now, snoozed: false }
}

/** They write in another language that is spoken here: offered once, and what they wrote is kept for after the answer. */
const offerLanguage = (turn: Turn, text: string, hearing: Hearing): boolean => {
  const { packs } = turn.context
  const all = packs.locales.map(packs.hearing)
  const found = writtenIn(text, hearing, all)
  if (found === undefined || turn.person.languagesOffered?.includes(found) === true) return false
  changeLanguage(turn, found, askingOf(turn) === undefined ? text : '')
  return true
}

const changeLanguage = (turn: Turn, language: string, said: string): void =>
  enter(turn, ENTRANCES.language, { between: askingOf(turn) !== undefined, slots: { language, said } })

const obey = (turn: Turn, command: Command, hearing: Hearing): void => {
  switch (command) {
    case 'skip':
      if (askingOf(turn) === undefined) return line(turn, 'nothing-to-skip')
      line(turn, 'skipped')
      return skip(turn)
    case 'edit':
      if (askingOf(turn) === undefined) return line(turn, 'nothing-to-edit')
      if (stepBack(turn)) return
      line(turn, 'nothing-to-edit')
      return askAgain(turn)
    case 'menu':
      return menu(turn)
    default: {
      const forStaff = staffAnswer(turn, command)
      if (forStaff !== undefined) return comeIn(turn, forStaff, {})
      const isClient = turn.person.client !== undefined && mayInitiate(turn.person.client.contract)
      if (!isClient && FOR_CLIENTS.includes(command)) return listen(turn, '')
      if (turn.person.client === undefined && ALWAYS.includes(command)) return listen(turn, '')
      const [pack, step] = (hearing.commands[command].run ?? '').split('.')
      if (pack === undefined || step === undefined) return
      // A command given while another is being answered takes its place: commands do not pile up.
      return comeIn(turn, { pack, step }, {})
    }
  }
}

/** Rule 1's answers for a coach or HR who is no client: their own, and not their menu. */
const staffAnswer = (turn: Turn, command: Command): Entrance | undefined => {
  const { client, coach, roles } = turn.person
  if (client !== undefined || (coach === undefined && !roles.some(role => role !== 'client'))) return undefined
  switch (command) {
    case 'seen':
      return ENTRANCES.staffSeen
    case 'stop':
      return ENTRANCES.staffStop
    case 'delete':
      return ENTRANCES.staffDelete
    case 'resume':
      return coach === undefined ? undefined : ENTRANCES.staffResume
    default:
      return undefined
  }
}

/** A coach or HR who is a client too meets their own menu by asking for it; whatever else they write is a client's. */
const menu = (turn: Turn): void => {
  const { client, coach, roles } = turn.person
  if (client === undefined || (coach === undefined && !roles.includes('hr'))) return listen(turn, '')
  turn.frames = []
  turn.running = undefined
  enter(turn, coach === undefined ? ENTRANCES.hrMenu : ENTRANCES.coachMenu, { between: false })
}

/** Words with no question to answer: each person has a door where they are met. */
const listen = (turn: Turn, said: string): void => {
  turn.frames = []
  turn.running = undefined
  enter(turn, doorFor(turn), { between: false, slots: { said } })
}

const doorFor = (turn: Turn): Entrance => {
  const { client, coach, roles } = turn.person
  if (client !== undefined) return mayInitiate(client.contract) ? ENTRANCES.listen : ENTRANCES.door
  // Its menu says so to those whom HR has not named yet.
  if (coach !== undefined || roles.includes('coach')) return ENTRANCES.coachMenu
  return roles.includes('hr') ? ENTRANCES.hrMenu : ENTRANCES.stranger
}

/** Rule 6's way out for what was not understood. Not one of the answers: kept as it was written and answered with the choices; the second time running it moves on. */
const keep = (turn: Turn, heard: Extract<Heard, { kind: 'unheard' }>): void => {
  const { slots } = topFrame(turn)
  changeFrame(turn, { slots: { ...slots, verbatim: [slots.verbatim, heard.text].filter(Boolean).join('\n') } })
  const misses = (turn.running?.misses ?? 0) + 1
  if (turn.running !== undefined) turn.running = { ...turn.running, misses, answered: true }
  if (misses > 1) {
    line(turn, 'kept-and-on')
    skip(turn)
    return keepFor(turn, heard.text)
  }
  keepFor(turn, heard.text)
  line(turn, heard.why === 'choice' ? 'kept' : heard.why)
  askAgain(turn)
}

/** Kept beyond this conversation too: the next share preview shows it, for the client to use or to leave. */
const keepFor = (turn: Turn, text: string): void => {
  if (turn.person.client !== undefined) offerLine(turn, { kind: 'note', text, preselected: false })
}

/** A line that belongs to no pack, in the next of its wordings: never the same twice running, and none that landed badly. */
const line = (turn: Turn, id: LineId): void => {
  const { locale, client } = turn.person
  const place = `hearing.lines.${id}`
  const { lines } = turn.context.packs.hearing(locale)
  const words = lines[id].length === 0 ? lines.noted : lines[id]
  // Staff have no wheel: for them the misses of this conversation turn it.
  const count = client === undefined ? (turn.running?.misses ?? 0) : (client.begun[place] ?? 0)
  const retired = [...turn.context.packs.guided.retired, ...(client?.retired.wordings ?? [])]
  const wording = chooseWording(words, place, { open: true, turn: count, retired })
  if (typeof words !== 'string') turnWheel(turn, place)
  turn.wordings.push(wording.id)
  turn.parts.push(...formatBlocks(wording.text, locale, valuesOf(turn)))
}
