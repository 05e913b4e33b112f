import type { PlatformFile, PlatformState } from '../../adapters/playground/platform.ts'
import { openPlayground } from '../../adapters/playground/playground.ts'
import { personId, tenantId } from '../../src/domain/ids.ts'
import { type ChatPlatform, chatAdapterContract } from './chat-adapter.ts'

/** Keeps the platform's state as its file would, and gives back copies, as a file does. */
const memoryFile = (): PlatformFile => {
  let kept: string | undefined
  return {
    // Written by save alone.
    load: async () => (kept === undefined ? undefined : (JSON.parse(kept) as PlatformState)),
    save: async state => {
      kept = JSON.stringify(state)
    },
  }
}

const playground: ChatPlatform = {
  name: 'the playground',
  finds: true,
  idempotent: true,
  open: async () => {
    const file = memoryFile()
    let time = Date.UTC(2026, 0, 14, 9)
    const open = () =>
      openPlayground({
        file,
        tenantOf: epoch => tenantId(epoch === 1 ? 'local' : `local-${epoch}`),
        personOf: personId,
        now: ahead => {
          time += 1_000
          return time + ahead
        },
        zone: 'Europe/Madrid',
        firstAhead: 0,
      })
    const adapter = await open()
    const addressOf = (id: string) => ({ tenant: adapter.tenant(), person: personId(id), route: id })
    return {
      adapter,
      address: addressOf('ana'),
      other: addressOf('tom'),
      unknown: addressOf('nobody'),
      shown: async ({ route }) =>
        adapter
          .lines(route, 0)
          .filter(({ from }) => from === 'lighthand')
          .map(({ message }) => message.text),
      act: async (key, reply) => {
        if (!(await adapter.reply('ana', { key, reply }))) throw new Error('nobody has this name')
      },
      join: async () => undefined,
      // Everybody at the playground is a member, always.
      standing: async () => undefined,
      home: async ({ route }) => {
        const home = adapter.home(route)
        return home && JSON.stringify(home)
      },
      openHome: async gesture => {
        await adapter.lookAtHome('ana', gesture)
      },
      press: async (gesture, action) => {
        await adapter.lookAtHome('ana', gesture, action)
      },
      restarted: open,
      close: () => adapter.stop(),
    }
  },
}

chatAdapterContract(playground)
