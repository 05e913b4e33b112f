import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tenantId } from '../../src/domain/ids.ts'
import { openSlackWorld, type SlackWorld } from '../fakes/slack/world.ts'

/** A Monday, 10:00 in Madrid. */
const MONDAY = Date.UTC(2026, 0, 12, 9)
const DAY = 86_400_000

/** What a client writes in each language that is spoken here. */
type Typed = Record<'commit' | 'what' | 'title' | 'goal' | 'help', string> & { readonly verbs: readonly string[] }
const TYPED: Readonly<Record<string, Typed>> = {
  en: {
    commit: 'commit',
    what: 'send Maria the draft by Friday',
    title: 'send Maria the draft',
    goal: 'I leave on time twice a week',
    help: 'help',
    verbs: ['commitments', 'what do they see', 'pause'],
  },
  es: {
    commit: 'compromiso',
    what: 'enviar el borrador a María el viernes',
    title: 'enviar el borrador a María',
    goal: 'Salgo a mi hora dos veces por semana',
    help: 'ayuda',
    verbs: ['compromisos', 'qué ven', 'pausa'],
  },
  de: {
    commit: 'neues Vorhaben',
    what: 'Maria den Entwurf bis Freitag schicken',
    title: 'Maria den Entwurf',
    goal: 'Ich gehe zweimal in der Woche pünktlich',
    help: 'Hilfe',
    verbs: ['meine Vorhaben', 'was sehen sie', 'Pause'],
  },
}
const NOTHING: Typed = { commit: '', what: '', title: '', goal: '', help: '', verbs: [] }
const SLACK_LOCALE: Readonly<Record<string, string>> = { en: 'en-GB', es: 'es-ES', de: 'de-DE' }

describe.each(Object.keys(TYPED))('a coaching week in Slack, in %s', locale => {
  let world: SlackWorld
  const words = TYPED[locale] ?? NOTHING
  const homeOf = (user: string): string => JSON.stringify(world.fake.state.homes.get(user))
  const opening = (text: string): string => text.split('\n\n')[0] ?? ''
  const last = (user: string): string => world.fake.reads(user).at(-1) ?? ''

  beforeAll(async () => {
    world = await openSlackWorld(MONDAY)
    world.fake.addWorkspace('T1', { name: 'Acme' })
    const common = { locale: SLACK_LOCALE[locale] ?? 'en-GB' }
    world.fake.addUser('UANA', { ...common, name: 'Ana' })
    world.fake.addUser('UTOM', { ...common, name: 'Tom' })
    world.fake.addUser('UHELEN', { ...common, name: 'Helen', is_admin: true })
  })
  afterAll(() => world.close())

  it('is installed by an administrator, who is greeted and switches it on', async () => {
    const { status, page } = await world.install({ team: 'T1', user: 'UHELEN' })
    expect({ status, page }).toMatchObject({ status: 200, page: expect.stringContaining('is installed') })
    expect(world.choices('UHELEN')).toContain('setup')
    await world.choose('UHELEN', 'setup')
    await world.say('UHELEN', 'Spring')
    await world.say('UHELEN', 'More time for what matters')
    // Nobody but Helen has ever opened it: the workspace's own picker knows them all.
    await world.pick('UHELEN', ['UTOM'])
    await world.choose('UHELEN', 'enable')
  })

  it('begins when the coach invites and the client accepts', async () => {
    await world.choose('UTOM', 'invite')
    await world.pick('UTOM', ['UANA'])
    await world.choose('UANA', 'both')
    await world.choose('UANA', 'accept')
    await world.say('UANA', words.goal)
    await world.say('UANA', 'x')
    const ana = await world.find('T1', 'UANA')
    expect(ana?.client?.contract.state).toBe('accepted')
    expect(ana?.locale.split('-')[0]).toBe(locale)
  })

  it('keeps a commitment and brings it up on its day, once, with buttons that make way for the choice', async () => {
    await world.say('UANA', words.commit)
    await world.say('UANA', words.what)
    await world.choose('UANA', 'coach')
    await world.say('UANA', 'If it is Friday at nine, I open the file')
    const before = world.fake.posts('UANA').length
    await world.until(MONDAY + 4 * DAY)
    const nudges = world.fake.posts('UANA').slice(before)
    expect(nudges).toHaveLength(1)
    expect(last('UANA')).toContain(words.title)
    expect(world.choices('UANA')).toContain('kept')
    await world.choose('UANA', 'kept')
    const answered = world.fake.posts('UANA')[before]
    expect(JSON.stringify(answered?.blocks)).not.toContain('"actions"')
    expect(JSON.stringify(answered?.blocks)).toContain('✓')
  })

  it('shows each of the three a home of their own, and takes what is pressed in it', async () => {
    await world.say('UANA', words.commit)
    await world.say('UANA', words.what)
    await world.choose('UANA', 'me')
    await world.choose('UANA', 'skip')
    for (const user of ['UANA', 'UTOM', 'UHELEN']) await world.done(world.fake.openHome(user))
    expect(homeOf('UANA')).toContain(words.title)
    for (const staff of ['UTOM', 'UHELEN']) expect(homeOf(staff)).not.toContain(words.title)
    const done = /do\/[^/"]+\/let-go/.exec(homeOf('UANA'))?.[0] ?? ''
    await world.done(world.fake.pressInHome('UANA', done))
    expect(homeOf('UANA')).not.toContain(words.title)
  })

  it('invites people from a list by waves, and passes over those who left, bots and guests', async () => {
    world.fake.addUser('UBEN', { name: 'Ben', locale: SLACK_LOCALE[locale] ?? 'en-GB' })
    world.fake.addUser('UGUEST', { name: 'Gus', is_restricted: true })
    world.fake.addUser('UAPP', { name: 'App', is_bot: true })
    world.fake.addUser('UGONE', { name: 'Gone', deleted: true })
    await world.done(world.fake.pressInHome('UHELEN', 'staff/list'))
    await world.pick('UHELEN', ['UBEN', 'UGUEST', 'UAPP', 'UGONE'])
    await world.until(world.clock.wall + 3 * DAY)
    expect(world.choices('UBEN')).toContain('both')
    for (const nobody of ['UGUEST', 'UAPP', 'UGONE']) expect(world.fake.posts(nobody)).toEqual([])
    await world.done(world.fake.openHome('UHELEN'))
    expect((await world.store.rollouts.tally(tenantId('T1'))).passedOver).toMatchObject({ left: 1, bot: 1, guest: 1 })
  })

  it('shares with the coach what the client approves in a form, and nothing else', async () => {
    await world.until(MONDAY + 14 * DAY + 3_600_000)
    // Whatever the check-in asks is passed over until it comes to the form.
    const hasForm = () => JSON.stringify(world.fake.posts('UANA').at(-1)?.blocks).includes('"form"')
    for (let n = 0; n < 20 && !hasForm(); n += 1) {
      const ids = world.choices('UANA')
      const way = ['skip', 'later', 'none', 'no', 'nothing'].find(id => ids.includes(id)) ?? ids.at(-1) ?? ''
      await world.choose('UANA', way)
    }
    expect(hasForm()).toBe(true)
    await world.done(world.fake.use('UANA', ({ action_id: id }) => id === 'form'))
    await world.done(
      world.fake.submit('UANA', values => ({
        ...values,
        'field.0': { value: { value: 'The draft went out' } },
        'field.0.include': { include: { selected_option: { value: 'yes' } } },
      })),
    )
    expect(world.fake.reads('UANA').join('\n')).toContain('The draft went out')
    await world.until(MONDAY + 22 * DAY)
    const digests = world.fake.reads('UTOM').filter(text => text.includes('The draft went out'))
    expect(digests).toHaveLength(1)
  })

  it('answers the command and the home in the same language', async () => {
    const answers: string[] = []
    for (const verb of [words.help, ...words.verbs]) {
      await world.done(world.fake.command('UANA', verb))
      answers.push(last('UANA'))
    }
    // Each verb has an answer of its own; what nobody knows gets the help, and no error.
    expect(new Set(answers).size).toBe(answers.length)
    for (const unknown of ['qwertz', '']) {
      await world.done(world.fake.command('UANA', unknown))
      // After it the question that was open is asked again, in its next wording.
      expect(opening(last('UANA'))).toBe(opening(answers[0] ?? ''))
    }
  })

  it('left nothing that failed behind, and nobody’s words in its log', () => {
    const errors = world.logged.filter(({ facts }) => 'err' in facts)
    expect(errors).toEqual([])
    const log = world.lines.join()
    for (const secret of ['The draft went out', words.what, words.goal, ...world.fake.state.tokens.keys()])
      expect(log).not.toContain(secret)
  })
})
