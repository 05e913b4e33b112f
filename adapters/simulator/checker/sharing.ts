import type { Block } from '../../../src/domain/message.ts'
import type { Book } from './book.ts'
import { isHeard, isSaid, type Said, type Story } from './story.ts'
import { type Violation, violation } from './violation.ts'

const DAY = 86_400_000
/** A digest is weekly; a holiday, and a platform that fails, may hold it up a little. */
const DIGEST_WITHIN = 12 * DAY

type Approval = {
  readonly client: Story
  readonly text: string
  readonly at: number
  readonly line: { readonly at: number; readonly text: string }
  delivered: boolean
}

/** Rules 8 and 14: what reaches a coach is what was approved, once, in those words; nothing else of anybody's reaches anyone. */
export const judgeSharing = (stories: readonly Story[], until: number, book: Book): readonly Violation[] => {
  const found: Violation[] = []
  const approvals = stories.flatMap(approvalsOf)
  const owners = ownersOf(stories)
  for (const story of stories) {
    for (const moment of story.moments) {
      if (!isSaid(moment)) continue
      if (story.member.role === 'coach' && moment.found.some(({ pack }) => pack === 'digest'))
        judgeDigest(story, moment, approvals, book, found)
      judgeLeaks(story, moment, approvals, owners, found)
    }
  }
  for (const { client, at, line, delivered } of approvals) {
    const isGone = client.end.erasedAt !== undefined && client.end.erasedAt < at + DIGEST_WITHIN
    if (!delivered && !isGone && at < until - DIGEST_WITHIN)
      found.push(violation(client, 14, line, 'a line that they approved has reached nobody'))
  }
  return found
}

/** Lines that a client said yes to in a share preview, in the words that they left there. */
const approvalsOf = (client: Story): readonly Approval[] =>
  client.moments.filter(isHeard).flatMap(line => {
    const { reply, to, at } = line
    if (reply.kind !== 'form' || to === undefined) return []
    const next = client.moments.find(one => isSaid(one) && one.at >= at && one !== to)
    if (next !== undefined && isSaid(next) && next.found.some(({ place }) => place === 'hearing/moved-on')) return []
    return to.blocks
      .flatMap(block => (block.kind === 'form' && block.ask === reply.ask ? block.fields : []))
      .flatMap(field => {
        const text = (reply.fields[field.id] ?? '').trim()
        const isYes = field.kind === 'line' && reply.fields[`${field.id}.include`] === 'yes' && text !== ''
        return isYes ? [{ client, text, at, line, delivered: false }] : []
      })
  })

const judgeDigest = (
  coach: Story,
  said: Said,
  approvals: readonly Approval[],
  book: Book,
  found: Violation[],
): void => {
  let name = ''
  let winsOver = false
  for (const block of said.blocks) {
    if (block.kind === 'paragraph') {
      name = block.text
      winsOver = false
    }
    if (block.kind === 'context') {
      const isWin = book.find(coach.member.locale, block.text).some(({ place }) => place === 'digest/win')
      if (isWin && winsOver) found.push(violation(coach, 14, said, `a win of ${name} comes after other lines`))
      if (!isWin) winsOver = true
    }
    if (block.kind !== 'quote') continue
    const approval = approvals.find(
      ({ client, text, at, delivered }) =>
        !delivered &&
        text === block.text &&
        at <= said.at &&
        client.house === coach.house &&
        client.member.name === name,
    )
    if (approval === undefined) {
      found.push(violation(coach, 14, said, `a line that nobody approved: "${block.text.slice(0, 80)}"`))
      continue
    }
    approval.delivered = true
    const { erasedAt } = approval.client.end
    if (erasedAt !== undefined && erasedAt < said.at)
      found.push(violation(coach, 14, said, 'a line of somebody who was deleted before the digest left'))
  }
}

/** The names that people here use, such as "Liravex". No word of the packs looks like that. */
const NAMED = /\b[BDGKLMNRSTVZ][aeio](?:[bdgklmnrstvz][aeio]){2,}x\b/g

/** Each text that somebody typed has a name in it that nobody else uses: whose it is, whoever typed it knows. */
const ownersOf = (stories: readonly Story[]): ReadonlyMap<string, Story> =>
  new Map(
    stories.flatMap(story =>
      story.moments.filter(isHeard).flatMap(({ text }) => [...text.matchAll(NAMED)].map(([name]) => [name, story])),
    ),
  )

/** It may turn up in their own chat, and where they shared it. */
const judgeLeaks = (
  reader: Story,
  said: Said,
  approvals: readonly Approval[],
  owners: ReadonlyMap<string, Story>,
  found: Violation[],
): void => {
  const text = [said.text, ...said.blocks.map(fieldsOf)].join('\n')
  for (const [name] of text.matchAll(NAMED)) {
    const owner = owners.get(name)
    // What a coach writes, notes for instance, is meant to be read by their clients, and HR's purpose by everybody.
    if (owner === undefined || owner === reader) continue
    if (owner.house === reader.house && owner.member.role !== 'client') continue
    const isApproved =
      reader.member.role === 'coach' &&
      approvals.some(one => one.client === owner && one.at <= said.at && one.text.includes(name))
    if (!isApproved) {
      found.push(violation(reader, 8, said, `words of ${owner.member.name} that were never shared with them`))
      return
    }
  }
}

const fieldsOf = (block: Block): string =>
  block.kind === 'fields' ? block.items.map(({ value }) => value).join('\n') : ''
