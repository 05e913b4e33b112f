import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { type Catch, look, lookAtTests, nameOf, needsBuild } from './catch.ts'
import type { Catcher, Mutation } from './mutation.ts'
import { MUTATIONS } from './mutations.ts'
import { type Outcome, tableOf } from './table.ts'
import { copyTree, type Tree } from './tree.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Takes from one queue until it is empty, in as many lanes as there are trees. */
const inLanes = async <Task>(
  trees: readonly Tree[],
  tasks: readonly Task[],
  work: (tree: Tree, task: Task) => Promise<void>,
): Promise<void> => {
  const queue = [...tasks]
  await Promise.all(
    trees.map(async tree => {
      for (let task = queue.shift(); task !== undefined; task = queue.shift()) await work(tree, task)
    }),
  )
}

/** Nothing may be caught where nothing is off. @throws with what was */
const checkUnmutated = async (trees: readonly Tree[], catchers: readonly Catcher[]): Promise<void> => {
  const files = catchers.flatMap(one => (one.kind === 'test' ? [one.file] : []))
  const others = catchers.filter(({ kind }) => kind !== 'test')
  const looks = [
    (tree: Tree) => lookAtTests(tree.root, files),
    ...others.map(one => (tree: Tree) => look(tree.root, one, 0)),
  ]
  await inLanes(trees, looks, async (tree, lookAt) => {
    const caught = await lookAt(tree)
    if (caught !== undefined)
      throw new Error(`with every rule in force, this fails already: ${caught.by}: ${caught.line}`)
  })
}

const switchOff = async (tree: Tree, mutation: Mutation): Promise<Outcome> => {
  const startedAt = performance.now()
  const caught = await tree.without(mutation, async (): Promise<Catch | undefined> => {
    for (const catcher of mutation.caughtBy) {
      if (needsBuild(catcher)) await tree.build()
      const found = await look(tree.root, catcher, mutation.rule)
      if (found !== undefined) return found
    }
    return undefined
  })
  return { mutation, caught, seconds: (performance.now() - startedAt) / 1_000 }
}

const page = (outcomes: readonly Outcome[], seconds: number): string => `# Each rule switched off in turn

Made by \`npm run mutate\`, which switches off one rule after another in a copy of the project and lets the tests, the simulator or the check of the prompts find out. Every row is an edit that breaks a rule, or a clause of one, and what caught it; \`mutation/rules/\` has the edits. The rules are those of [the simulator's report](../adapters/simulator/rules.ts).

${tableOf(outcomes)}

${outcomes.length} switched off, ${outcomes.filter(({ caught }) => caught !== undefined).length} caught, in ${Math.round(seconds)} s.
`

type Wanted = { readonly rule?: string; readonly table?: string; readonly lanes: string }

const run = async ({ rule, table, lanes }: Wanted): Promise<void> => {
  const startedAt = performance.now()
  const mutations = MUTATIONS.filter(one => rule === undefined || String(one.rule) === rule)
  const trees = Array.from({ length: Number(lanes) }, () => copyTree(ROOT))
  try {
    await Promise.all(trees.map(tree => tree.build()))
    const catchers = new Map(mutations.flatMap(({ caughtBy }) => caughtBy.map(one => [nameOf(one), one] as const)))
    await checkUnmutated(trees, [...catchers.values()])
    console.error(`unmutated: nothing caught, ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
    const outcomes: Outcome[] = []
    await inLanes(trees, mutations, async (tree, mutation) => {
      const outcome = await switchOff(tree, mutation)
      outcomes.push(outcome)
      const { caught, seconds } = outcome
      console.error(
        `${caught === undefined ? 'SURVIVED' : 'caught'}  rule ${mutation.rule}, without ${mutation.without}: ${caught?.by ?? 'nothing'}, ${seconds.toFixed(1)} s`,
      )
    })
    outcomes.sort((a, b) => mutations.indexOf(a.mutation) - mutations.indexOf(b.mutation))
    const seconds = (performance.now() - startedAt) / 1_000
    console.log(tableOf(outcomes))
    if (table !== undefined) writeFileSync(table, page(outcomes, seconds))
    const survivors = outcomes.filter(({ caught }) => caught === undefined)
    console.log(`\n${outcomes.length} switched off, ${survivors.length} survived, ${Math.round(seconds)} s`)
    if (survivors.length > 0) process.exitCode = 1
  } finally {
    for (const tree of trees) tree.remove()
  }
}

await new Command('mutate')
  .description('switch off each rule in turn, and print what catches it')
  .option('--rule <number>', 'only this one')
  .option('--table <file>', 'write the table as a page')
  .option('--lanes <number>', 'copies worked on at once: one for each core', '2')
  .action(run)
  .parseAsync()
