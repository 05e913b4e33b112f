import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCALES, openSlackWorld, type SlackWorld } from '../fakes/slack/world.ts'

/** A Monday, 10:00 in Madrid. */
const MONDAY = Date.UTC(2026, 0, 12, 9)
const DAY = 86_400_000

/** What a client writes in each language that is spoken here. */
const TYPED: Readonly<Record<string, { commit: string; what: string; goal: string; help: string }>> = {
  en: { commit: 'commit', what: 'send Maria the draft by Friday', goal: 'I leave on time twice a week', help: 'help' },
  es: { commit: 'compromiso', what: 'enviar el borrador a María el viernes', goal: 'Salgo a mi hora', help: 'ayuda' },
  de: { commit: 'Vorhaben', what: 'Maria den Entwurf bis Freitag schicken', goal: 'Ich gehe pünktlich', help: 'Hilfe' },
}
const SLACK_LOCALE: Readonly<Record<string, string>> = { en: 'en-GB', es: 'es-ES', de: 'de-DE' }

describe.each(LOCALES.filter(locale => locale in TYPED))('a coaching week in Slack, in %s', locale => {
  let world: SlackWorld
  const words = TYPED[locale] ?? { commit: '', what: '', goal: '', help: '' }
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
    await world.done(world.fake.openHome('UTOM', 'messages'))
    await world.appoint('T1', 'UTOM', 'coach')
    await world.done(world.fake.openHome('UANA', 'messages'))
    await world.choose('UHELEN', 'setup')
    await world.say('UHELEN', 'Spring')
    await world.say('UHELEN', 'More time for what matters')
    await world.choose('UHELEN', 'UTOM')
    await world.choose('UHELEN', 'enable')
  })

  it('begins when the coach invites and the client accepts', async () => {
    await world.choose('UTOM', 'invite')
    await world.choose('UTOM', 'UANA')
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
    expect(last('UANA')).toContain(words.what.split(' ').slice(0, 2).join(' '))
    expect(world.choices('UANA')).toContain('kept')
    await world.choose('UANA', 'kept')
    const answered = world.fake.posts('UANA')[before]
    expect(JSON.stringify(answered?.blocks)).not.toContain('"actions"')
    expect(JSON.stringify(answered?.blocks)).toContain('✓')
  })

  it('shares with the coach what the client approves in a form, and nothing else', async () => {
    await world.until(MONDAY + 7 * DAY + 3_600_000)
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
    await world.until(MONDAY + 15 * DAY)
    const digests = world.fake.reads('UTOM').filter(text => text.includes('The draft went out'))
    expect(digests).toHaveLength(1)
  })

  it('answers the command and the home in the same language', async () => {
    await world.done(world.fake.command('UANA', words.help))
    const helped = last('UANA')
    await world.done(world.fake.command('UANA', 'qwertz'))
    expect(last('UANA').length).toBeGreaterThan(20)
    expect(helped.length).toBeGreaterThan(100)
    await world.done(world.fake.openHome('UANA'))
    expect(world.fake.state.homes.get('UANA')).toBeDefined()
  })

  it('left nothing that failed behind, and nobody’s words in its log', () => {
    const errors = world.logged.filter(({ facts }) => 'err' in facts)
    expect(errors).toEqual([])
    const log = JSON.stringify(world.logged)
    for (const secret of ['The draft went out', words.what, words.goal, ...world.fake.state.tokens.keys()])
      expect(log).not.toContain(secret)
  })
})
