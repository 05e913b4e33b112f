import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeTenant } from '../../../src/usecases/enable-programme.ts'
import { buttonIn, formIn, openWorld, type World } from '../../fakes/world.ts'
import { ACME, ANA, DAY, HELEN, helen, MORNING, newcomer, TOM, theTenant, tom } from '../../fakes/world-people.ts'

/** HR, a coach and a client from the first word on; nothing is planted. */
const newProgramme = (): Promise<World> =>
  openWorld({
    tenant: theTenant({ programme: undefined }),
    people: [newcomer(), tom({ coach: undefined }), helen()],
  })

const switchOn = async (world: World): Promise<void> => {
  await world.say(HELEN, 'hello')
  await world.press(HELEN, 'Set it up')
  await world.say(HELEN, 'Spring')
  await world.say(HELEN, 'More time for what matters')
  await world.press(HELEN, 'Tom')
  await world.press(HELEN, 'Switch it on')
}

const invite = async (world: World): Promise<void> => {
  await world.press(TOM, 'Invite a client')
  await world.press(TOM, 'Ana')
}

const accept = async (world: World): Promise<void> => {
  await world.press(ANA, 'A bit of both')
  await world.press(ANA, "Yes, let's begin")
}

describe('a programme', () => {
  let world: World
  beforeEach(async () => {
    world = await newProgramme()
    await switchOn(world)
  })
  afterEach(() => world.close())

  it('is switched on by HR, and its coach is told', async () => {
    const found = await world.store.tenants.find(ACME)
    expect(found?.programme).toMatchObject({ name: 'Spring', purpose: 'More time for what matters', enabledBy: HELEN })
    expect(found?.programme?.coaches).toEqual([TOM])
    expect(world.read(TOM)).toEqual([expect.stringContaining('Spring is switched on')])
  })

  it('is switched on once, however often that is applied, and an older change changes nothing', async () => {
    const before = await world.store.tenants.find(ACME)
    if (before?.programme === undefined) throw new Error('it is on')
    const { coaches, enabledAt } = before.programme
    const change = { kind: 'enable' as const, name: 'Other', purpose: undefined, coaches, by: HELEN, at: enabledAt }
    await changeTenant(world.core, ACME, change)
    await changeTenant(world.core, ACME, { ...change, at: enabledAt - DAY })
    expect(await world.store.tenants.find(ACME)).toEqual(before)
  })

  it('gives up on a tenant that others write all the time, and says so', async () => {
    const found = await world.store.tenants.find(ACME)
    if (found?.programme === undefined) throw new Error('it is on')
    const change = {
      kind: 'enable' as const,
      name: 'New',
      purpose: undefined,
      coaches: [],
      by: HELEN,
      at: MORNING + DAY,
    }
    const busy = { ...world.store, tenants: { ...world.store.tenants, save: async () => false } }
    await expect(changeTenant(world.makeCore({ store: busy }), ACME, change)).rejects.toThrow('tried again')
  })

  it('closes its months even if HR never writes again', async () => {
    await world.until(MORNING + 20 * DAY)
    expect(await world.store.reports.cohort(ACME, '2026-02-01')).toMatchObject({ until: '2026-02-28', members: [] })
  })

  it('tells a coach the same whatever became of an earlier invitation', async () => {
    await invite(world)
    const first = world.read(TOM).at(-1)
    await world.press(ANA, 'A bit of both')
    await world.press(ANA, 'No, thank you')
    const said = world.read(ANA).length
    // The picker no longer offers Ana; an old button still names her.
    await world.gesture(TOM, buttonIn(world.messages(TOM), 'Invite a client'))
    await world.settle()
    await world.say(TOM, 'Ana')
    expect(world.read(TOM).filter(text => text === first).length).toBeGreaterThanOrEqual(1)
    expect(world.read(ANA)).toHaveLength(said)
  })
})

describe("a client's week", () => {
  let world: World
  beforeEach(async () => {
    world = await newProgramme()
    await switchOn(world)
    await invite(world)
    await accept(world)
    await world.say(ANA, 'I leave on time twice a week')
    await world.say(ANA, 'My evenings are mine')
  })
  afterEach(() => world.close())

  const checkIn = async (share: boolean): Promise<void> => {
    await world.until(MORNING + 8 * DAY)
    await world.say(ANA, 'Two calm mornings')
    await world.press(ANA, '7')
    await world.press(ANA, 'Not this time')
    await world.press(ANA, 'Nothing for now')
    if (!share) return world.press(ANA, 'Share nothing')
    const approved = formIn(world.messages(ANA), (id, value) => ({ [id]: value, [`${id}.include`]: 'yes' }))
    await world.gesture(ANA, approved)
    await world.settle()
  }

  it('ends in a digest with what she approved, word for word, on the coach’s day', async () => {
    await checkIn(true)
    const before = world.read(TOM).length
    await world.until(MORNING + 13 * DAY)
    const digests = world.read(TOM).slice(before)
    expect(digests).toHaveLength(1)
    expect(digests[0]).toContain('Ana')
    expect(digests[0]).toContain('“Two calm mornings”')
    await world.until(MORNING + 14 * DAY + DAY / 2)
    expect(world.read(TOM)).toHaveLength(before + 1)
  })

  it('says nothing to the coach when she shared nothing', async () => {
    await checkIn(false)
    const before = world.read(TOM).length
    await world.until(MORNING + 13 * DAY)
    expect(world.read(TOM)).toHaveLength(before)
    expect((await world.store.outbox.depth()).dead).toBe(0)
  })

  it('leaves no word of hers in a digest that had not left when she deleted everything', async () => {
    await checkIn(true)
    world.chat.otherwise = key => (key.includes(`/${TOM}/`) ? { kind: 'refused', as: 'retry' } : undefined)
    await world.until(MORNING + 12 * DAY)
    await world.say(ANA, 'delete my data')
    await world.press(ANA, 'Yes, delete it all')
    const before = world.read(TOM).length
    world.chat.otherwise = () => undefined
    await world.until(MORNING + 13 * DAY)
    expect(world.read(TOM)).toHaveLength(before)
  })

  it('is forgotten whole when she says so, and what she writes later is not kept', async () => {
    await checkIn(true)
    await world.say(ANA, 'commit')
    await world.say(ANA, 'delete my data')
    await world.press(ANA, 'Yes, delete it all')
    expect(world.read(ANA).at(-1)).toContain("I've deleted my records")
    const { store } = world
    expect(await store.people.find(ACME, ANA)).toBeUndefined()
    expect((await store.people.roster(ACME)).map(({ id }) => id)).not.toContain(ANA)
    expect(await store.records.commitments(ACME, ANA, 10)).toEqual([])
    expect(await store.records.goals(ACME, ANA)).toEqual([])
    expect(await store.records.sharedWith(ACME, TOM, 0, Number.MAX_SAFE_INTEGER)).toEqual([])
    expect(await store.appointments.standing(ACME, ANA)).toEqual([])
    expect(await store.reports.observations(ACME, '2026-01-01')).toEqual([])
    expect(await world.keyring.isErased({ tenant: ACME, owner: ANA })).toBe(true)
    const logged = world.logged.length
    await world.say(ANA, 'are you there?')
    expect(await store.inbox.tenantsWaiting()).toEqual([])
    expect(world.logged.slice(logged).map(({ code }) => code)).not.toContain('WORK_FAILED')
    // Time goes on without her, and nobody's work fails for it.
    await world.until(MORNING + 40 * DAY)
    expect(world.logged.map(({ code }) => code)).not.toContain('WORK_FAILED')
  })
})
