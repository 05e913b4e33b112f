import { describe, expect, it } from 'vitest'
import { rulesBroken } from './guidelines-folder.ts'

const broken = rulesBroken('en')

describe('English words', () => {
  it.each([
    ['feigned-feelings', 'I understand how you feel.'],
    ['feigned-feelings', 'I understand exactly how you’re feeling.'],
    ['feigned-feelings', "I'm so proud of you."],
    ['feigned-feelings', 'I care about you and your week.'],
    ['feigned-feelings', 'I missed you last week.'],
    ['feigned-feelings', 'Write any time: I’m always here.'],
    ['feigned-feelings', "Remember, we're in this together."],
    ['feigned-feelings', 'I hear you. That was a lot.'],
    ['guilt', "I noticed you haven't answered."],
    ['guilt', 'I’ve noticed that you\nhaven’t written.'],
    ['guilt', 'You said you would call Ana.'],
    ['guilt', "You said you'd call Ana."],
    ['guilt', 'You promised to finish “{commitment}”.'],
    ['guilt', 'YOU PROMISED.'],
    ['guilt', "Don't let {coach} down."],
    ['guilt', "Don't let your coach down."],
    ['guilt', '{coach} is waiting.'],
    ['guilt', '{coach} is still waiting for your answer.'],
    ['reminding', 'As I mentioned, today is the day.'],
    ['reminding', 'A friendly reminder of your plan.'],
    ['reminding', 'Here is a gentle nudge.'],
    ['guilt', 'Did you forget about this one?'],
    ['reminding', 'Just checking in on “{commitment}”.'],
    ['reminding', 'Just checking how this goes.'],
    ['counting', 'This one is overdue.'],
    ['counting', 'Your streak is four weeks.'],
    ['counting', 'You do more than most people.'],
    ['counting', 'That is better than last week.'],
    ['counting', 'Compared to your colleagues this is a lot.'],
    ['dismissive', 'At least you started.'],
    ['dismissive', 'Everyone struggles with this.'],
    ['dismissive', 'It happens.'],
    ['dismissive', 'It happens to everyone.'],
    ['dismissive', 'No worries.'],
    ['dismissive', 'Look on the bright side.'],
    ['dismissive', "Don't be so hard on yourself."],
    ['mind-reading', 'You must be feeling tired.'],
    ['mind-reading', "It sounds like you're tired."],
    ['mind-reading', "Why didn't you call?"],
    ['mind-reading', 'Be honest: how was it?'],
    ['pressure', "It'll take two seconds."],
    ['pressure', 'It only takes a minute.'],
    ['pressure', 'Simply press a button.'],
    ['pressure', 'Quick question about your week.'],
    ['pressure', 'Are you sure you want to stop?'],
    ['pressure', 'Sorry to see you go.'],
    ['inflation', 'Amazing!'],
    ['inflation', 'Amazingly done.'],
    ['inflation', 'Good job!'],
    ['inflation', "You've got this!"],
    ['inflation', 'Oops, that went wrong.'],
    ['false-safety', 'This is confidential.'],
    ['false-safety', 'Everything you write is completely confidential.'],
    ['false-safety', "Your boss can't see this."],
    ['false-safety', 'Help is on the way.'],
    ['only-before-result', 'You only did 2.'],
    ['only-before-result', 'You only did two of them.'],
    ['only-before-result', 'That makes just 3 of 5.'],
    ['only-before-result', 'Only {count} of {total} done.'],
    ['only-before-result', 'You only managed half of it.'],
    ['only-before-result', 'You finished only one.'],
    ['only-before-result', 'Just {rating} out of 10.'],
    ['still-not', "You still haven't done it."],
    ['still-not', 'This is still not done.'],
    ['still-not', 'This one is still waiting.'],
    ['still-not', 'You have still not answered.'],
    ['lapsed-again', 'You missed it again.'],
    ['lapsed-again', '“{commitment}” moved again.'],
    ['lapsed-again', 'Again nothing this week.'],
    ['lapsed-again', "You didn't do it again."],
    ['lapsed-again', 'Late again.'],
    ['should-must', 'You should call Ana.'],
    ['should-must', 'You really must call Ana.'],
    ['should-must', "You shouldn't worry about that."],
    ['graded-person', 'You failed this week.'],
    ['graded-person', 'You’ve failed to finish.'],
    ['graded-person', 'Your score is 7.'],
    ['graded-person', 'You scored 7.'],
    ['graded-person', '{client} failed to answer.'],
  ])('finds %s in: %s', (rule, text) => {
    expect(broken(text)).toContain(rule)
  })

  it.each([
    'Only you decide what {coach} sees.',
    'Is it still worth it?',
    'What you wrote in between is still here.',
    'This one is still yours.',
    'Still open: “{commitment}”.',
    'Write whenever you want again.',
    "I won't ask that again.",
    "You won't read that wording again.",
    'To begin again, write anything.',
    'If you skipped it, you can start again whenever it suits you.',
    'Is this just for you, or for {coach} too?',
    'Just words, leave it',
    'Just a new day',
    'Only lines you approve are sent.',
    'There is only one question today.',
    'For this one I can only take one of the numbers.',
    'What should happen with the rest?',
    'What should be different at work?',
    'Should you change your mind, write anything.',
    'Keep out of here what they must never read.',
    'The message failed to arrive. I tried it twice.',
    'Sending failed, so I kept your words.',
    'Figures appear for groups of at least {smallest} people.',
    'When it happens, what do you notice?',
    'You can pause as it happens to suit you.',
    'This is not confidential: owners of {workspace} can export chats.',
    'What would a good job look like to you?',
    'You need do nothing.',
    'I check in now and then.',
    'A reminder of your own plan',
    'Last time you finished this: “{lastTitle}”.',
    'You let “{lastTitle}” go. That frees up some room.',
    'Some people like to tie it to a moment.',
    'Who is waiting for the report, in your plan?',
    'Would you like to look back at that?',
    'You said yes to this on Monday.',
    'You just finished “{commitment}”.',
    'Not this week, then.',
    'Not yet',
    'I heard nothing, and that is fine.',
    'The scoreboard of your team is on another page.',
    'How did it go?',
  ])('lets pass: %s', text => {
    expect(broken(text)).toEqual([])
  })

  it('minds neither case, nor the kind of apostrophe, nor where a line ends, nor quotation marks between words', () => {
    for (const text of ["DON'T be\nso hard ON yourself", 'don’t be so   hard on yourself', 'You only did “{count}”'])
      expect(broken(text), text).toHaveLength(1)
  })

  it('takes the end of a sentence or paragraph for the end of a phrase', () => {
    expect(broken('Here is what is still.\n\nNot a word goes out.')).toEqual([])
    expect(broken('That is all of it, at.\n\nLeast of all today.')).toEqual([])
  })

  it('does not find a phrase inside longer words', () => {
    expect(broken('Oversimply put; unoverdueable; whoopsadaisies')).toEqual([])
  })
})
