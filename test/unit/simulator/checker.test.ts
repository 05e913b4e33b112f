import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Line } from '../../../adapters/simulator/transcript.ts'
import {
  accepted,
  bot,
  botToCoach,
  buttons,
  checkIn,
  contract,
  found,
  invitation,
  later,
  nudge,
  POINTS,
  PROMPTS,
  presses,
  quote,
  say,
  submits,
  takesOn,
  types,
  verdict,
} from './chats.ts'

const hasSafety = existsSync(join(PROMPTS, 'en/safety.yaml'))

/** Check-ins answered each week with a thank you, so that rules 4 and 5 have nothing to say. */
const answered = (when: string): readonly Line[] => {
  const asked = checkIn(when)
  return [
    asked,
    presses(later(when, 0, 5), asked, 'skip'),
    bot(later(when, 0, 5), say('Then it stays with you. Thank you for the time.')),
  ]
}

const reminder = (when: string): Line =>
  bot(
    when,
    say('Would you like to read how it works?'),
    buttons(['read', 'Show me'], ['later', 'Not now'], ['no', 'No, thank you']),
  )

describe('the checker', () => {
  it('finds nothing in a chat that keeps the rules', () => {
    const asked = nudge('2026-03-06T09:00', 'send the draft')
    const lines = accepted(
      ...takesOn('send the draft', undefined),
      asked,
      presses('2026-03-06T09:10', asked, 'kept'),
      bot('2026-03-06T09:10', say('Done: “send the draft”.')),
      ...answered('2026-03-09T10:00'),
      ...answered('2026-03-16T10:00'),
    )
    expect(verdict(lines)).toEqual([])
  })

  it.each<[string, readonly Line[], RegExp]>([
    [
      'rule 1: a third message before they accepted',
      [invitation, reminder('2026-03-09T09:00'), reminder('2026-03-23T09:00')],
      /^1: a third message/,
    ],
    [
      'rule 1: a reminder too soon',
      [invitation, reminder('2026-03-06T09:00')],
      /^1: the reminder came less than 5 days/,
    ],
    [
      'rule 1: something else than an invitation',
      [checkIn('2026-03-02T10:00')],
      /^1: something else than an invitation/,
    ],
    [
      'rule 1: a word after stop',
      accepted(
        types('2026-03-03T09:00', 'stop'),
        bot('2026-03-03T09:00', say('Stopped.')),
        checkIn('2026-03-09T10:00'),
      ),
      /^1: something was begun after they said stop/,
    ],
    [
      'rule 1: no answer to a right',
      accepted(types('2026-03-03T09:00', 'what do they see')),
      /^1: "seen" was not answered/,
    ],
    [
      'rule 2: a third ask in a week',
      accepted(...answered('2026-03-09T10:00'), ...answered('2026-03-10T10:00'), ...answered('2026-03-11T10:00')),
      /^2: 3 asks in seven days, where 2/,
    ],
    [
      'rule 2: a fourth message in a week',
      accepted(...['09', '10', '11', '12'].map(day => bot(`2026-03-${day}T10:00`, say('Left as it is.')))),
      /^2: 4 unprompted messages/,
    ],
    ['rule 3: at night', accepted(checkIn('2026-03-09T21:00')), /^3: something was begun in quiet hours/],
    ['rule 3: on a holiday', accepted(checkIn('2026-04-06T10:00')), /^3: something was begun in a holiday/],
    ['rule 3: on a Sunday', accepted(checkIn('2026-03-08T10:00')), /^3: something was begun in no working day/],
    [
      'rule 3: a nudge before its day',
      accepted(...takesOn('send the draft', undefined), nudge('2026-03-05T09:00', 'send the draft')),
      /^3: a nudge on 2026-03-05 of what is due on 2026-03-06/,
    ],
    [
      'rule 3: a nudge long after its day',
      accepted(...takesOn('send the draft', undefined), nudge('2026-03-11T09:00', 'send the draft')),
      /^3: a nudge on 2026-03-11 of what was due/,
    ],
    [
      'rule 3: a plan that is left out',
      accepted(...takesOn('send the draft', 'If it is nine, I write'), nudge('2026-03-06T09:00', 'send the draft')),
      /^3: a nudge without the plan/,
    ],
    [
      'rule 3: a follow-up the next day',
      accepted(
        ...takesOn('send the draft', undefined),
        nudge('2026-03-06T09:00', 'send the draft'),
        nudge('2026-03-07T10:00', 'send the draft'),
      ),
      /^3: a follow-up less than 48 hours/,
    ],
    [
      'rule 3: a third mention',
      accepted(
        ...takesOn('send the draft', undefined),
        nudge('2026-03-06T09:00', 'send the draft'),
        nudge('2026-03-10T09:00', 'send the draft'),
        nudge('2026-03-13T09:00', 'send the draft'),
      ),
      /^3: a third mention/,
    ],
    [
      'rule 3: two messages for one day',
      accepted(
        ...takesOn('send the draft', undefined),
        ...takesOn('call the plant', undefined, '2026-03-03T12'),
        nudge('2026-03-06T09:00', 'send the draft'),
        nudge('2026-03-06T11:00', 'call the plant'),
      ),
      /^3: two messages for commitments that are due the same day/,
    ],
    [
      'rule 4: no slower after two silences',
      accepted(...['09', '16', '23'].map(day => checkIn(`2026-03-${day}T10:00`))),
      /^4: a check-in 7 days after the last of 2/,
    ],
    [
      'rule 4: a fifth check-in in silence',
      accepted(
        ...['2026-03-09', '2026-03-16', '2026-03-30', '2026-04-13', '2026-04-27'].map(day => checkIn(`${day}T10:00`)),
      ),
      /^4: a check-in after four that found no answer/,
    ],
    [
      'rule 5: asks without interest',
      accepted(
        ...['2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30', '2026-04-03'].map(day => checkIn(`${day}T10:00`)),
      ),
      /^5: 4 asks in 28 days, and 0 messages/,
    ],
    [
      'rule 6: two questions',
      accepted(
        bot('2026-03-09T10:00', say('How did it go?'), say('What became of it?'), buttons(['skip', 'Skip this one'])),
      ),
      /^6: 2 questions in one message/,
    ],
    [
      'rule 6: no way out',
      accepted(bot('2026-03-09T10:00', say('How did it go?'), buttons(['kept', 'Done'], ['partly', 'Part of it']))),
      /^6: a question without a way out/,
    ],
    [
      'rule 6: a long way to the question',
      accepted(
        bot(
          '2026-03-09T10:00',
          say('word '.repeat(60).trim()),
          say('How did it go?'),
          buttons(['skip', 'Skip this one']),
        ),
      ),
      /^6: 60 words before the question/,
    ],
    [
      'rule 7: a plan is required',
      accepted(
        types('2026-03-03T09:00', 'me'),
        bot('2026-03-03T09:00', say("Would you like such a plan? Then write it the way you'd say it.")),
      ),
      /^7: a plan is asked for without/,
    ],
    [
      'rule 15: a sentence that nobody wrote',
      accepted(bot('2026-03-09T10:00', say('I am so proud of you.'))),
      /^15: a sentence that nobody wrote/,
    ],
    [
      'rule 15: a hole filled with words of nobody',
      accepted(bot('2026-03-09T10:00', say('Done: “something she never wrote”.'))),
      /^15: a hole filled with words that are nobody's/,
    ],
    [
      'rule 15: an empty hole',
      accepted(bot('2026-03-09T10:00', say('Done as you chose, and nothing besides. Until .'))),
      /^15: a hole that was left empty/,
    ],
  ])('finds %s', (_, lines, expected) => {
    expect(verdict(lines)).toContainEqual(expect.stringMatching(expected))
  })

  it('finds a reminder after the promise to bring nothing up', () => {
    const terms = contract()
    const put = [
      invitation,
      presses('2026-03-02T09:02', invitation, 'mine'),
      terms,
      presses('2026-03-02T09:05', terms, 'later'),
      bot(
        '2026-03-02T09:05',
        say("Fine. This stays here, and I won't bring it up. Write to me whenever it suits you."),
      ),
    ]
    expect(verdict(put)).toEqual([])
    expect(verdict([...put, reminder('2026-03-09T09:00')])).toEqual([
      '15: something was begun after “I won’t bring it up”',
    ])
  })

  it.each(POINTS.map(([label]) => label))('finds a contract without its point “%s”', missing => {
    const terms = contract(POINTS.filter(([label]) => label !== missing))
    const lines = [
      invitation,
      presses('2026-03-02T09:02', invitation, 'mine'),
      terms,
      presses('2026-03-02T09:05', terms, 'accept'),
    ]
    expect(verdict(lines)).toContainEqual(expect.stringMatching(/^1: accepted a contract that/))
  })

  it("holds to the client's own lower limit", () => {
    const limits = bot(
      '2026-03-03T09:00',
      say('How many questions a week are right for you?'),
      buttons(['1', 'One at most'], ['keep', 'Leave it as it is']),
    )
    const lines = accepted(
      types('2026-03-03T09:00', 'limits'),
      limits,
      presses('2026-03-03T09:01', limits, '1'),
      bot('2026-03-03T09:01', say('Set. You can change it any time with “limits”.')),
      ...answered('2026-03-09T10:00'),
      ...answered('2026-03-11T10:00'),
    )
    expect(verdict(lines)).toEqual(['2: 2 asks in seven days, where 1 are the most'])
  })

  it('finds an answer to something that nobody said', () => {
    const letGo = bot('2026-03-06T09:00', say("It's off your list, by your own choice. That's a decision too."))
    expect(verdict(accepted(...takesOn('send the draft', undefined), letGo))).toEqual([
      '15: an answer to something that they did not say',
    ])
  })

  it('holds to a pause until the day it ends', () => {
    const howLong = bot(
      '2026-03-03T09:00',
      say('For how long would you like me to be quiet?'),
      buttons(['two-weeks', 'Two weeks'], ['no', 'Carry on, after all']),
    )
    const paused = (...rest: readonly Line[]) =>
      verdict(
        accepted(
          types('2026-03-03T09:00', 'pause'),
          howLong,
          presses('2026-03-03T09:01', howLong, 'two-weeks'),
          bot(
            '2026-03-03T09:01',
            say(
              'Quiet until Tuesday 17 March. Your things stay where they are. Write “resume” if you want me earlier.',
            ),
          ),
          ...rest,
        ),
      )
    expect(paused(checkIn('2026-03-16T10:00'))).toEqual(['3: something was begun in a pause'])
    expect(paused(checkIn('2026-03-17T10:00'))).toEqual([])
    expect(
      paused(
        types('2026-03-10T09:00', 'resume'),
        bot('2026-03-10T09:00', say('Left as it is.')),
        checkIn('2026-03-16T10:00'),
      ),
    ).toEqual([])
  })

  it.runIf(hasSafety)('holds to the hold after words of distress, until they resume', () => {
    const told = bot(
      '2026-03-03T09:00',
      say("I'm a program; no person has seen this. If you might act on it, call 112 now."),
      buttons(['quiet', 'No, leave it here'], ['resume', 'Carry on as before']),
    )
    const held = (...rest: readonly Line[]) =>
      verdict(accepted(types('2026-03-03T09:00', 'I do not want to live any more'), told, ...rest)).filter(one =>
        one.startsWith('11'),
      )
    expect(held(checkIn('2026-03-09T10:00'))).toEqual(['11: something was begun in a hold, before they resumed'])
    const resumed = [presses('2026-03-03T09:01', told, 'resume'), bot('2026-03-03T09:01', say('Left as it is.'))]
    expect(held(...resumed, checkIn('2026-03-09T10:00'))).toEqual([])
  })

  it('finds what was begun after an erasure, and an erasure that does not say what stays', () => {
    const sure = bot(
      '2026-03-03T09:00',
      say('Shall I delete all of it?'),
      buttons(['yes', 'Yes, delete it all'], ['keep', 'Keep it']),
    )
    const lines = accepted(
      types('2026-03-03T09:00', 'delete my data'),
      sure,
      presses('2026-03-03T09:01', sure, 'yes'),
      bot('2026-03-03T09:01', say('Left as it is.')),
      checkIn('2026-03-09T10:00'),
    )
    expect(verdict(lines)).toEqual([
      '1: something was begun after they were deleted',
      '15: deleted on 2026-03-03 without being told what stays where they typed it',
    ])
  })

  describe('of what reaches the coach', () => {
    const preview = bot(
      '2026-03-09T10:00',
      say('What would you like Tom to see?'),
      {
        kind: 'form',
        ask: 'share-1',
        title: 'Share with your coach',
        open: 'Look and choose',
        submit: 'Share these lines',
        fields: ['l1', 'l2'].map(id => ({
          kind: 'line',
          id,
          label: 'Went well',
          value: `line client1q${id}`,
          include: false,
          includeLabel: 'Share this',
          withholdLabel: 'Leave it out',
        })),
      },
      { kind: 'choices', ask: 'share-1', style: 'buttons', choices: [{ id: 'none', label: 'Share nothing' }] },
    )
    const shared = (...rest: readonly Line[]) =>
      accepted(
        types('2026-03-09T09:59', 'talk to Maria Liravex'),
        bot('2026-03-09T09:59', say('Left as it is.')),
        preview,
        submits('2026-03-09T10:05', 'share-1', {
          l1: 'two calm days Bemolax',
          'l1.include': 'yes',
          l2: 'my secret Sinovex',
          'l2.include': 'no',
        }),
        bot('2026-03-09T10:05', say('Left as it is.')),
        ...rest,
      )
    const digest = (...lines: readonly string[]) =>
      botToCoach(
        '2026-03-16T08:30',
        say('What your clients chose to share, in their words.'),
        say('Ana'),
        ...lines.flatMap(line => [
          { kind: 'context' as const, text: line.startsWith('note ') ? 'A note' : 'Went well' },
          quote(line),
        ]),
      )
    it('finds nothing in a digest of exactly the approved lines', () => {
      expect(verdict(shared(digest('two calm days Bemolax')))).toEqual([])
    })
    it.each<[string, readonly string[], RegExp]>([
      ['a line that was withheld', ['two calm days Bemolax', 'my secret Sinovex'], /^14: a line that nobody approved/],
      ['the same line twice', ['two calm days Bemolax', 'two calm days Bemolax'], /^14: a line that nobody approved/],
      ['other words than were approved', ['two days Bemolax'], /^14: a line that nobody approved/],
      ['nothing of what was approved', [], /^14: a line that they approved has reached nobody/],
      ['a win after a note', ['note one', 'two calm days Bemolax'], /^14: a win of Ana comes after other lines/],
    ])('finds %s', (_, lines, expected) => {
      expect(verdict(shared(digest(...lines)))).toContainEqual(expect.stringMatching(expected))
    })
    it('finds words that were never shared, wherever they turn up', () => {
      const told = botToCoach('2026-03-10T10:00', say('Left as it is.'), quote('talk to Maria Liravex'))
      expect(verdict(shared(told, digest('two calm days Bemolax')))).toEqual([
        '8: words of Ana that were never shared with them',
      ])
    })
  })

  it('says who, when and what', () => {
    expect(found(accepted(checkIn('2026-03-08T10:00')))).toEqual([
      {
        rule: 3,
        person: 'client-1',
        temperament: 'open',
        at: Date.parse('2026-03-08T10:00:00Z'),
        what: 'something was begun in no working day',
        shown: expect.stringMatching(/^Hello Ana/),
      },
    ])
  })
})
