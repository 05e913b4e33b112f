import { describe, expect, it } from 'vitest'
import {
  LETTERS,
  PatternError,
  readPattern,
  type WordLists,
  wordSetOf,
} from '../../../src/conversation/lint/pattern.ts'

const LISTS: WordLists = { number: ['#', 'two', '{count}'], coach: ['{coach}', '(your|the) coach'] }

const finds = (pattern: string, text: string): readonly string[] =>
  readPattern(pattern, LISTS)
    .find(text, wordSetOf(text))
    .map(({ found }) => found)

describe('a phrase', () => {
  it.each([
    ['you promised', 'And YOU\n  Promised it', ['YOU\n  Promised']],
    ['you promised', 'you, promised', []],
    ['you promised', 'thank you “promised”', ['you “promised']],
    ['only (did|made) <number>', 'only made 17 and only did two', ['only made 17', 'only did two']],
    ['only [really] two', 'only two, only really two', ['only two', 'only really two']],
    ['[really] two', 'really two and two', ['really two', 'two']],
    ['two [done]', 'two done and two', ['two done', 'two']],
    ['streak*', 'streaks, streaky, a streak', ['streaks', 'streaky', 'streak']],
    ['fail(ed|ing)', 'failed failing fails', ['failed', 'failing']],
    ['let <coach> down', 'let {coach} down, let your coach down', ['let {coach} down', 'let your coach down']],
    ['only {*}', 'only {rating} and only you', ['only {rating}']],
    ['a _ c', 'a b c, a {x} c, a c', ['a b c', 'a {x} c']],
    ['a ... c', 'a b c. a c. a 1 2 3 4 c. a 1 2 3 4 5 c', ['a b c', 'a c', 'a 1 2 3 4 c']],
    ['still .', 'still. Be still', ['still', 'still']],
    ['still .', 'still here', []],
    ['half (.|of it)', 'half. Or half of it', ['half', 'half of it']],
    ['^ should you', 'Should you go? What should you do', ['Should you']],
    ['again , nothing', 'Again, nothing; again nothing', ['Again, nothing']],
    ['=Sie müssen', 'Sie müssen, sie müssen, Sie Müssen', ['Sie müssen', 'Sie Müssen']],
    ["don't go", 'don’t go, DONT go', ['don’t go']],
    ['you', "you've yours thank-you you-all {you} you'", ['you']],
    ['número', 'NÚMERO', ['NÚMERO']],
  ])('%s in “%s”', (pattern, text, expected) => {
    expect(finds(pattern, text)).toEqual(expected)
  })

  it.each([
    ['(a|b', 'lacks a “)”'],
    ['a)', 'means nothing here'],
    ['(a|)', 'has an empty place'],
    ['<nobody>', 'names a list <nobody> that this locale does not have'],
    ['... a', 'cannot begin with “...”'],
    ['a & b', 'has a “&”, which means nothing here'],
    ['= a', 'needs a word after “=”'],
  ])('%s is refused: %s', (pattern, message) => {
    expect(() => readPattern(pattern, LISTS)).toThrow(PatternError)
    expect(() => readPattern(pattern, LISTS)).toThrow(message)
  })

  it('is refused when its list names itself', () => {
    expect(() => readPattern('<a>', { a: ['<b>'], b: ['<a>'] })).toThrow('names the list <a> within itself')
  })

  it('knows every letter of the Latin, Greek, Cyrillic and eastern scripts', () => {
    const ours = new RegExp(`^[${LETTERS}]$`)
    const missed = Array.from({ length: 0xd7ff }, (_, code) => String.fromCharCode(code)).filter(
      letter =>
        /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}]/u.test(letter) &&
        /^[\p{L}]$/u.test(letter) &&
        !ours.test(letter),
    )
    expect(missed.filter(letter => letter < '\u2000' || letter > '\u2fff')).toEqual([])
    expect(' .,;:!?-–—…“”„"«»\'’()[]{}*_¶'.split('').filter(mark => ours.test(mark))).toEqual([])
  })
})
