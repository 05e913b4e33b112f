import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type Command, InvalidArgumentError } from 'commander'
import { contentHash, readGuidelines, readPromptFiles, readSafety } from '../../adapters/prompts/files.ts'
import { activityOf } from '../../adapters/simulator/activity.ts'
import { judge } from '../../adapters/simulator/checker/judge.ts'
import { promisesOf, rowsOf } from '../../adapters/simulator/figures.ts'
import { firstMonthsOf } from '../../adapters/simulator/first-month.ts'
import { reportPage } from '../../adapters/simulator/report.ts'
import { activityText, faultsText, promisesText, tableOf, violationsText } from '../../adapters/simulator/table.ts'
import {
  HALVES,
  type Half,
  joined,
  liveHalf,
  type OpenCore,
  type Plan,
  type Run,
} from '../../adapters/simulator/world.ts'
import { openMemoryKeyring } from '../../adapters/store/keyring/open.ts'
import { openStore } from '../../adapters/store/open.ts'
import { limitsOf } from '../conversation/lint/limits.ts'
import { loadPrompts } from '../conversation/load.ts'
import { makePackSet } from '../conversation/pack-set.ts'
import { detectorOf } from '../conversation/safety/detect.ts'
import { loadHolidays, onlyHolidays } from '../domain/holidays.ts'
import { NO_METERS } from '../ports/meters.ts'
import { makeFairShare } from '../usecases/fair-share.ts'
import { makeLanes } from '../usecases/lanes.ts'
import { makePacer } from '../usecases/pacer.ts'

/** People worked on at once. */
const PLACES = 16
const PROMPTS = join(import.meta.dirname, '../../../prompts')

/** What a simulation needs of the packs, and the server's own core, wired anew over a store in memory. */
export const prepareSimulation = (
  prompts: string,
): { readonly openCore: OpenCore; readonly given: Pick<Plan, 'prompts' | 'understood' | 'locales'> } => {
  const files = readPromptFiles(prompts)
  const { packs, hearings } = loadPrompts(files, contentHash)
  const set = makePackSet(packs, hearings, [], limitsOf(readGuidelines(prompts)))
  const detect = detectorOf(readSafety(prompts))
  const openCore: OpenCore = async ({ clock, chat, log, random, token, watch }) => {
    // The cache of keys ages by real time: virtual time jumps over its 30 seconds at every step.
    const keyring = await openMemoryKeyring(() => performance.now())
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
        detect,
        lanes: makeLanes(error => log.error({ code: 'WORK_FAILED', err: error }, 'work for one person failed')),
        shares: makeFairShare(PLACES),
        pacer: makePacer(clock.monotonic),
        meters: NO_METERS,
        // The simulated world goes from moment to moment by itself.
        wake: () => undefined,
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
  const understood = Object.fromEntries(
    set.locales.map(locale => {
      const { commands, languages, tells = [] } = set.hearing(locale)
      const heardBy = Object.fromEntries(Object.entries(commands).map(([name, { heard }]) => [name, heard]))
      return [locale, { commands: heardBy, languages, tells }]
    }),
  )
  const NOTHING = { commands: {}, languages: {}, tells: [] }
  return {
    openCore,
    given: { prompts: files, understood: locale => understood[locale] ?? NOTHING, locales: set.locales },
  }
}

type Wanted = { readonly seed: string; readonly clients: number; readonly days: number }
type Task = Wanted & { readonly simulateHalf: Half }

const half = (task: Task): Promise<Run> => {
  const { openCore, given } = prepareSimulation(PROMPTS)
  const { seed, clients, days } = task
  return liveHalf({ ...given, seed, clients, days }, task.simulateHalf, openCore)
}

/** A half on a core of its own: this same module, as a worker. */
const inWorker = (task: Task): Promise<Run> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task })
    worker.once('message', resolve)
    worker.once('error', reject)
  })

const isTask = (data: unknown): data is Task => typeof data === 'object' && data !== null && 'simulateHalf' in data
if (!isMainThread && isTask(workerData)) parentPort?.postMessage(await half(workerData))

type Pages = { readonly report?: string; readonly transcripts?: string }

const simulate = async (wanted: Wanted, { report, transcripts }: Pages): Promise<void> => {
  const startedAt = performance.now()
  const run = joined(await Promise.all(HALVES.map(simulateHalf => inWorker({ ...wanted, simulateHalf }))))
  const { stories, violations } = judge(run)
  const rows = rowsOf(stories, run.from, run.until)
  const promises = promisesOf(stories)
  const activity = activityOf(stories)
  console.log(`${wanted.clients} clients, ${wanted.days} days, seed ${wanted.seed}\n`)
  console.log('Per person and month of 30 days: least/median/most\n')
  console.log(`${tableOf(rows)}\n`)
  console.log(`${promisesText(promises)}\n`)
  console.log(`${activityText(activity)}\n`)
  console.log(violationsText(violations))
  if (run.faults.length > 0) console.log(faultsText(run.faults))
  if (report !== undefined) {
    writeFileSync(report, reportPage({ ...wanted, run, stories, violations, rows, promises, activity }))
    console.log(`\nThe report is in ${report}`)
  }
  if (transcripts !== undefined) {
    for (const { file, text } of firstMonthsOf(run, stories, wanted)) {
      const path = join(transcripts, file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    console.log(`\nThe transcripts are in ${transcripts}`)
  }
  // On the other channel, so that the table of a seed is the same to the byte each time.
  console.error(`${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
  const isKept = promises.every(({ figure, most }) => figure <= most)
  if (violations.length > 0 || run.faults.length > 0 || !isKept) process.exitCode = 1
}

const wholeFrom =
  (least: number) =>
  (text: string): number => {
    const number = Number(text)
    if (!Number.isInteger(number) || number < least)
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`)
    return number
  }

/** Adds `lighthand simulate` to the program. */
export const registerSimulate = (program: Command): void => {
  program
    .command('simulate')
    .description('let synthetic clients live with Lighthand in virtual time, and hold all they receive to the rules')
    .option('--clients <number>', 'how many clients', wholeFrom(1), 200)
    .option('--days <number>', 'how many days', wholeFrom(1), 180)
    .option('--seed <text>', 'the same seed tells the same story', '7')
    .option('--report <file>', 'write a page that a works council can read')
    .option('--transcripts <folder>', 'write the first month of one person of each temperament, in each language')
    .action(async ({ clients, days, seed, ...pages }: Wanted & Pages) => {
      await simulate({ clients, days, seed }, pages)
    })
}
