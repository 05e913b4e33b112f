import { createHash } from 'node:crypto'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { openEmbedded } from '../../adapters/store/embedded/open.ts'
import { INDEXES } from '../../adapters/store/indexes.ts'
import { openMemoryKeyring } from '../../adapters/store/keyring/open.ts'
import { createModels } from '../../adapters/store/models.ts'
import { prepare, StoreVersionError, VERSION, versionOf } from '../../adapters/store/prepare.ts'
import { createStore } from '../../adapters/store/store.ts'
import { registerOperate } from '../../src/cli/operate.ts'
import { ACME, anInboxRow, anOutboxRow, PLANTED, T0 } from '../contract/store-samples.ts'

const open = async () => {
  const { connection, close } = openEmbedded({ file: ':memory:' })
  const keyring = await openMemoryKeyring(() => 0)
  const store = createStore({ connection, keyring })
  const models = createModels(connection)
  const lines: string[] = []
  const run = async (...words: string[]): Promise<{ code: number; said: string }> => {
    lines.length = 0
    const codes: number[] = []
    const program = new Command('lighthand').exitOverride()
    const world = {
      openStore: async () => ({ ...store, close: async () => undefined }),
      prepareStore: (told: (does: string) => void) => store.prepare({ told }),
      clock: { now: () => T0 + 9 },
      print: (line: string) => lines.push(line),
      printError: (line: string) => lines.push(line),
    }
    registerOperate(program, world, code => codes.push(code))
    await program.parseAsync(words, { from: 'user' })
    return { code: codes[0] ?? -1, said: lines.join('\n') }
  }
  return { store, models, run, close }
}

describe('lighthand outbox', () => {
  it('lists, shows and takes up again what was set aside, and never prints a word of it', async () => {
    const { store, run, close } = await open()
    await store.prepare()
    expect((await run('outbox', 'list')).said).toBe('There are no dead letters.')
    const { send } = anOutboxRow({ key: 'a/b:c' })
    await store.outbox.put({ ...anOutboxRow(), send: { ...send, class: 'reply' } }, T0)
    await store.outbox.end(ACME, 'a/b:c', 'dead', 'bug', T0)
    await store.inbox.put(anInboxRow(), T0)
    await store.inbox.bury(ACME, 'e1', 'fault', T0 + 1)
    const { said } = await run('outbox', 'list')
    expect(said.split('\n')).toEqual([
      '2026-11-23T08:00:00.001Z  fault  inbox:acme:e1',
      '2026-11-23T08:00:00.000Z  bug  outbox:acme:a%2Fb%3Ac',
    ])
    const shown = await run('outbox', 'show', 'outbox:acme:a%2Fb%3Ac')
    expect(shown.said).toContain('person:     ana')
    expect(`${said}${shown.said}`).not.toContain(PLANTED)
    expect((await run('outbox', 'requeue', 'outbox:acme:a%2Fb%3Ac')).code).toBe(0)
    expect((await run('outbox', 'requeue', 'inbox:acme:e1')).code).toBe(0)
    expect(await store.inbox.tenantsWaiting()).toEqual([ACME])
    expect(await store.outbox.tenantsDue(T0 + 9)).toEqual([ACME])
    await close()
  })

  it('says what to do about a letter that is not there, or cannot be sent again', async () => {
    const { store, run, close } = await open()
    await store.prepare()
    await store.outbox.put(anOutboxRow(), T0)
    await store.outbox.end(ACME, 'm1', 'dead', 'bug', T0)
    for (const name of ['outbox:acme:none', 'nonsense', 'parcel:acme:m1'])
      expect(await run('outbox', 'requeue', name)).toMatchObject({
        code: 1,
        said: expect.stringContaining('outbox list'),
      })
    expect(await run('outbox', 'requeue', 'outbox:acme:m1')).toMatchObject({
      code: 1,
      said: expect.stringContaining('comes by itself'),
    })
    await close()
  })
})

describe('lighthand store prepare', () => {
  it('brings an old database forward once, and says so', async () => {
    const { run, store, close } = await open()
    await expect(store.checkVersion()).rejects.toThrow(/version 0.*lighthand store prepare/)
    expect((await run('store', 'prepare')).said).toMatch(/^1\. create the indexes\n2\. .*\nThe database is ready\.$/s)
    await store.checkVersion()
    expect((await run('store', 'prepare')).said).toBe('The database is at this version already.')
    await close()
  })

  it('replaces the indexes that an older version left', async () => {
    const { models, store, close } = await open()
    await models.inbox.collection.createIndex({ waitsAt: 1, doneAt: 1 })
    await models.outbox.collection.createIndex({ wakeAt: 1, state: 1, endedAt: 1 })
    await store.prepare()
    const names = [...(await models.inbox.collection.indexes()), ...(await models.outbox.collection.indexes())].map(
      ({ name }) => name,
    )
    expect(names).toContain('waitsAt_1_doneAt_1_tenant_1')
    expect(names).not.toContain('waitsAt_1_doneAt_1')
    expect(names).not.toContain('wakeAt_1_state_1_endedAt_1')
    await close()
  })

  it('creates every index that this version declares; whoever changes them adds a step, and says so here', async () => {
    const { models, store, close } = await open()
    await store.prepare()
    for (const [name, keys] of INDEXES)
      expect((await models[name].collection.indexes()).map(({ key }) => key)).toContainEqual(keys)
    const declared = createHash('sha256').update(JSON.stringify(INDEXES)).digest('hex').slice(0, 12)
    expect({ version: VERSION, declared }).toEqual({ version: 2, declared: 'bd6a61d991f7' })
    await close()
  })

  it('refuses a database that a newer version brought forward, and changes nothing in it', async () => {
    const { models, store, close } = await open()
    await store.prepare()
    await models.meta.updateOne({ _id: 'schema' }, { $set: { version: VERSION + 1 } })
    await expect(store.checkVersion()).rejects.toThrow(/newer one/)
    await expect(store.prepare()).rejects.toThrow(StoreVersionError)
    expect(await versionOf(models)).toBe(VERSION + 1)
    await close()
  })

  it('goes on where it was cut short, and takes no step twice that was complete', async () => {
    const { models, close } = await open()
    const ran: number[] = []
    let breaks = true
    const steps = [1, 2, 3].map(to => ({
      to,
      does: `step ${to}`,
      run: async () => {
        ran.push(to)
        if (to === 2 && breaks) throw new Error('killed')
      },
    }))
    await expect(prepare(models, { token: 'a', steps })).rejects.toThrow('killed')
    breaks = false
    await prepare(models, { token: 'b', steps })
    expect(ran).toEqual([1, 2, 2, 3])
    expect(await versionOf(models)).toBe(3)
    await close()
  })

  it('lets one of several work, and takes over from one that gave no sign of life for a minute', async () => {
    const { models, close } = await open()
    let elapsed = 0
    const patient = {
      monotonic: () => elapsed,
      pause: async (ms: number) => {
        elapsed += ms
      },
    }
    const ran: string[] = []
    const steps = (who: string) => [{ to: 1, does: 's', run: async () => void ran.push(who) }]
    await Promise.all(['a', 'b', 'c'].map(who => prepare(models, { token: who, steps: steps(who), ...patient })))
    expect(ran).toHaveLength(1)
    await models.meta.updateOne({ _id: 'schema' }, { $set: { version: 0, token: 'dead' } })
    const began = elapsed
    await prepare(models, { token: 'd', steps: steps('d'), ...patient })
    expect(ran.at(-1)).toBe('d')
    expect(elapsed - began).toBeGreaterThanOrEqual(60_000)
    await close()
  })
})
