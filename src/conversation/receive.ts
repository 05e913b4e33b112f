import { mayInitiate } from '../domain/contract.ts'
import type { Reply } from '../domain/message.ts'
import { HEARD } from '../domain/silence.ts'
import { offerLine } from './acts/sharing.ts'
import { ENTRANCES, type Entrance } from './entrances.ts'
import { type Heard, hear } from './hear.ts'
import type { Command, Hearing } from './hearing.ts'
import { answer, askAgain, askingOf, enter, skip, stepBack } from './machine.ts'
import { changeClient, changeFrame, type Turn, topFrame } from './turn.ts'
import { valuesOf } from './values.ts'
import { formatBlocks } from './words.ts'

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
  'progress',
  'limits',
  'check-in',
]

/** Somebody wrote, pressed, picked or filled in. */
export const receive = (turn: Turn, reply: Reply): void => {
  const hearing = turn.context.packs.hearing(turn.person.locale)
  wake(turn)
  const asking = askingOf(turn)
  const { now } = turn.context
  const { zone, locale } = turn.person
  take(turn, hear(reply, asking, { now, zone, locale, hearing }), asking !== undefined, hearing)
  // Whoever writes is answered, also where a pack simply ends.
  if (turn.parts.length === 0) line(turn, hearing.lines.noted)
}

const take = (turn: Turn, heard: Heard, isAsking: boolean, hearing: Hearing): void => {
  switch (heard.kind) {
    case 'option':
    case 'answer':
      return answer(turn, heard)
    case 'command':
      return obey(turn, heard.command, hearing)
    case 'words':
      return listen(turn, heard.text)
    case 'stale':
      line(turn, hearing.lines['moved-on'])
      return isAsking ? askAgain(turn) : undefined
    case 'blank':
      return isAsking ? askAgain(turn) : listen(turn, '')
    case 'unheard':
      return keep(turn, heard, hearing)
  }
}

/** Any reply restores the client's own rhythm (rule 4), and wakes what was snoozed. */
const wake = (turn: Turn): void => {
  const { client } = turn.person
  if (client !== undefined && client.silence !== HEARD && client.silence.unanswered > 0)
    changeClient(turn, { silence: HEARD })
  if (turn.running === undefined) return
  turn.running = { ...turn.running, lastAt: turn.context.now, snoozed: false }
}

const obey = (turn: Turn, command: Command, hearing: Hearing): void => {
  const { lines } = hearing
  switch (command) {
    case 'skip':
      if (askingOf(turn) === undefined) return line(turn, lines['nothing-to-skip'])
      line(turn, lines.skipped)
      return skip(turn)
    case 'edit':
      if (askingOf(turn) === undefined) return line(turn, lines['nothing-to-edit'])
      if (stepBack(turn)) return
      line(turn, lines['nothing-to-edit'])
      return askAgain(turn)
    case 'menu':
      return menu(turn)
    default: {
      const isClient = turn.person.client !== undefined && mayInitiate(turn.person.client.contract)
      if (!isClient && FOR_CLIENTS.includes(command)) return listen(turn, '')
      if (turn.person.client === undefined && ALWAYS.includes(command)) return listen(turn, '')
      const [pack, step] = (hearing.commands[command].run ?? '').split('.')
      if (pack === undefined || step === undefined) return
      // A command given while another is being answered takes its place: commands do not pile up.
      const between = turn.frames.findIndex(frame => frame.between)
      if (between > 0) turn.frames = turn.frames.slice(0, between)
      return enter(turn, { pack, step }, { between: askingOf(turn) !== undefined })
    }
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

/** Not one of the answers: kept as it was written and answered with the choices; the second time running it moves on. */
const keep = (turn: Turn, heard: Extract<Heard, { kind: 'unheard' }>, { lines }: Hearing): void => {
  const { slots } = topFrame(turn)
  changeFrame(turn, { slots: { ...slots, verbatim: [slots.verbatim, heard.text].filter(Boolean).join('\n') } })
  const misses = (turn.running?.misses ?? 0) + 1
  if (turn.running !== undefined) turn.running = { ...turn.running, misses, answered: true }
  if (misses > 1) {
    line(turn, lines['kept-and-on'])
    skip(turn)
    return keepFor(turn, heard.text)
  }
  keepFor(turn, heard.text)
  line(turn, heard.why === 'choice' ? lines.kept : lines[heard.why])
  askAgain(turn)
}

/** Kept beyond this conversation too: the next share preview shows it, for the client to use or to leave. */
const keepFor = (turn: Turn, text: string): void => {
  if (turn.person.client !== undefined) offerLine(turn, { kind: 'note', text, preselected: false })
}

const line = (turn: Turn, text: string): void => {
  turn.parts.push(...formatBlocks(text, turn.person.locale, valuesOf(turn)))
}
