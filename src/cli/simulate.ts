import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { contentHash, readPromptFiles } from '../../adapters/prompts/files.ts'
import type { OpenCore, Plan } from '../../adapters/simulator/world.ts'
import { live } from '../../adapters/simulator/world.ts'
import { openMemoryKeyring } from '../../adapters/store/keyring/open.ts'
import { openStore } from '../../adapters/store/open.ts'
import { loadPrompts } from '../conversation/load.ts'
import { makePackSet } from '../conversation/pack-set.ts'
import { loadHolidays, onlyHolidays } from '../domain/holidays.ts'
import { makeLanes } from '../usecases/lanes.ts'

/** Reads the packs and makes what a simulation needs of them; `openCore` wires the same core as the server, in memory. */
export const prepareSimulation = (
  prompts: string,
): { readonly openCore: OpenCore; readonly plan: Pick<Plan, 'prompts' | 'commands' | 'locales'> } => {
  const files = readPromptFiles(prompts)
  const { packs, hearings } = loadPrompts(files, contentHash)
  const set = makePackSet(packs, hearings)
  const openCore: OpenCore = async ({ clock, chat, log, random, token, watch }) => {
    const keyring = await openMemoryKeyring(clock.now)
    const store = await openStore(':memory:', { keyring, now: clock.now })
    return {
      core: {
        store: watch(store),
        keyring,
        clock,
        log,
        random,
        token,
        packs: { current: set, recall: async () => undefined },
        lanes: makeLanes(error => log.error({ code: 'WORK_FAILED', err: error }, 'work for one person failed')),
        chat: () => chat,
        calendar: async ({ policy }, person) => {
          const { workdays, quiet, country, region, daysOff } = policy
          const extra = [...daysOff, ...(person.client?.daysOff ?? [])]
          const isHoliday = country === undefined ? onlyHolidays(extra) : await loadHolidays(country, region, { extra })
          return { workdays, quiet, isHoliday }
        },
      },
      close: async () => {
        await store.close()
        await keyring.close()
      },
    }
  }
  const commands = (locale: string): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(Object.entries(set.hearing(locale).commands).map(([name, { heard }]) => [name, heard]))
  return { openCore, plan: { prompts: files, commands, locales: set.locales } }
}
