import { type Activity, missingFor } from './activity.ts'
import type { Story } from './checker/story.ts'
import type { Violation } from './checker/violation.ts'
import { type Promised, type Row, type Spread, temperamentsOf, weeksOf } from './figures.ts'
import { RULE_TEXTS } from './rules.ts'
import type { Run } from './world.ts'

export type ReportFacts = {
  readonly seed: string
  readonly clients: number
  readonly days: number
  readonly run: Run
  readonly stories: readonly Story[]
  readonly violations: readonly Violation[]
  readonly rows: readonly Row[]
  readonly promises: readonly Promised[]
  readonly activity: Activity
}

const html = (text: string): string =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #4c5766; --paper: #fdfcf9; --line: #c9cdd4; --bar: #2f6f8f; --bad: #a3222b; --good: #1e6b3c }
@media (prefers-color-scheme: dark) { :root { --ink: #e9ecf1; --soft: #b3bcc8; --paper: #15191f; --line: #434c59; --bar: #7fbcd9; --bad: #ff9c9c; --good: #8fd6a8 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; font: 1.05rem/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
h1 { line-height: 1.2 } h2 { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1.5rem }
p, li { max-width: 46rem } .soft { color: var(--soft) } .bad { color: var(--bad); font-weight: 600 } .good { color: var(--good); font-weight: 600 }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: .95rem } caption { text-align: start; color: var(--soft); padding-bottom: .5rem }
th, td { text-align: start; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line) } td.n { font-variant-numeric: tabular-nums; white-space: nowrap }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1.5rem } figure { margin: 0 } figcaption { font-weight: 600 }
svg { width: 100%; height: auto; display: block } code, pre { font-size: .95rem } pre { overflow-x: auto; border: 1px solid var(--line); padding: .75rem 1rem }
blockquote { margin: .3rem 0 0; padding-inline-start: .8rem; border-inline-start: 3px solid var(--line); color: var(--soft) }`

const WIDTH = 280
const HEIGHT = 110
/** The budget is three messages a week: the picture's full height. */
const FULL = 3

/** Bars of the unprompted messages a person gets in a week, on average, under the line that no week may pass. */
const pictureOf = (temperament: string, weeks: readonly number[], index: number): string => {
  const step = WIDTH / Math.max(1, weeks.length)
  const scale = (HEIGHT - 24) / FULL
  const bars = weeks.map((value, week) => {
    const height = value * scale
    return `<rect x="${(week * step + 1).toFixed(1)}" y="${(HEIGHT - 14 - height).toFixed(1)}" width="${Math.max(1, step - 2).toFixed(1)}" height="${height.toFixed(1)}"/>`
  })
  const most = Math.max(0, ...weeks)
  const mean = weeks.reduce((sum, value) => sum + value, 0) / Math.max(1, weeks.length)
  const label = `Unprompted messages per person and week, ${temperament}: ${mean.toFixed(1)} on average over ${weeks.length} weeks, ${most.toFixed(1)} in the fullest week; the limit is ${FULL}.`
  return `<figure><figcaption>${html(temperament)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="picture-${index}"><title id="picture-${index}">${html(label)}</title>
<line x1="0" x2="${WIDTH}" y1="10" y2="10" stroke="var(--soft)" stroke-dasharray="4 3"/><line x1="0" x2="${WIDTH}" y1="${HEIGHT - 14}" y2="${HEIGHT - 14}" stroke="var(--line)"/>
<g fill="var(--bar)">${bars.join('')}</g><g fill="var(--soft)" font-size="9" font-family="system-ui, sans-serif"><text x="0" y="8">limit: ${FULL} a week</text><text x="0" y="${HEIGHT - 3}">week 1</text><text x="${WIDTH}" y="${HEIGHT - 3}" text-anchor="end">week ${weeks.length}</text></g></svg>
<p class="soft">On average ${mean.toFixed(1)} a week, ${most.toFixed(1)} in the fullest.</p></figure>`
}

const rulesTable = ({ violations, activity }: ReportFacts): string =>
  RULE_TEXTS.map(({ rule, says, checked }) => {
    const times = violations.filter(one => one.rule === rule).length
    const result =
      checked === undefined
        ? '<span class="soft">not by the simulation: by tests of its own</span>'
        : times === 0 && missingFor(rule, activity).length > 0
          ? `<span class="soft">not fully tested: in this run there were no ${html(missingFor(rule, activity).join(', no '))}</span>`
          : times === 0
            ? '<span class="good">no violation</span>'
            : `<span class="bad">${times} violation(s)</span>`
    return `<tr><th scope="row">${rule}</th><td>${html(says)}</td><td>${html(checked ?? '–')}</td><td>${result}</td></tr>`
  }).join('\n')

const spread = ({ least, median, most }: Spread): string => `<td class="n">${least} / ${median} / ${most}</td>`

const violationsPart = ({ violations, run }: ReportFacts): string => {
  const faults = run.faults.map(
    ({ what, where, times, at }) =>
      `<li><strong class="bad">A fault in the program</strong>, ${times} time(s), first on ${new Date(at).toISOString()}: ${html(what)} (<code>${html(where)}</code>)</li>`,
  )
  const listed = violations
    .slice(0, 200)
    .map(
      ({ rule, person, temperament, at, what, shown }) =>
        `<li><strong class="bad">Rule ${rule}</strong>, ${html(person)}${temperament === undefined ? '' : ` (${html(temperament)})`}, ${new Date(at).toISOString()}: ${html(what)}<blockquote>${html(shown)}</blockquote></li>`,
    )
  if (faults.length + listed.length === 0) return '<p class="good">There were none.</p>'
  const more = violations.length > 200 ? `<p>${violations.length - 200} more are not listed here.</p>` : ''
  return `<ol>${[...faults, ...listed].join('\n')}</ol>${more}`
}

/** One page, whole in itself: no scripts, nothing from elsewhere, readable by a screen reader and on paper. */
export const reportPage = (facts: ReportFacts): string => {
  const { seed, clients, days, run, stories, rows, promises, activity, violations } = facts
  const pictures = temperamentsOf(stories).map((temperament, index) =>
    pictureOf(temperament, weeksOf(stories, temperament, run.from, run.until), index),
  )
  const kept = promises.map(
    ({ what, figure, most, people }) =>
      `<tr><td>${html(what)} (${people} people)</td><td class="n">${figure}</td><td class="n">${most}</td><td class="${figure <= most ? 'good' : 'bad'}">${figure <= most ? 'kept' : 'broken'}</td></tr>`,
  )
  const months = rows.map(
    ({ temperament, month, of }) =>
      `<tr><th scope="row">${html(temperament)}</th><td class="n">${month}</td>${spread(of.messages)}${spread(of.asks)}${spread(of.checkIns)}${spread(of.nudges)}${spread(of.others)}${spread(of.replies)}${spread(of.typed)}</tr>`,
  )
  const did = Object.entries(activity).map(
    ([what, times]) => `<tr><th scope="row">${html(what)}</th><td class="n">${times}</td></tr>`,
  )
  const total = violations.length + run.faults.length
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Lighthand: what ${clients} simulated clients received</title><style>${STYLE}</style></head>
<body><main>
<h1>What ${clients} simulated clients received in ${days} days</h1>
<p class="${total === 0 ? 'good' : 'bad'}">${total === 0 ? 'Nobody received anything that the rules forbid.' : `${total} thing(s) went against the rules; they are listed below.`}</p>
<h2>What was simulated</h2>
<p>No real person is in this report. ${clients} invented clients, with ${run.houses.length} coaches and HR departments in ${run.houses.length} organisations on several continents, lived with the real program for ${days} days of virtual time. The program itself, its texts, its timing and its storage are the ones that real people meet. The invented clients see only what stands in their chat, and answer by pressing buttons, typing, filling in forms, ignoring, pausing and stopping, each in their own way. Time zones, public holidays, changes of clock, journeys, and a platform that sometimes fails were part of it.</p>
<p>A checker then read all chats. It shares no code with the program, so that a mistake in one is not repeated in the other. It knows only who was shown or typed what, and when.</p>
<h2>The rules, and how each was checked</h2>
<div class="scroll"><table><thead><tr><th scope="col">Rule</th><th scope="col">What it says</th><th scope="col">How it was checked</th><th scope="col">Result</th></tr></thead><tbody>
${rulesTable(facts)}
</tbody></table></div>
<h2>Three promises with a figure</h2>
<div class="scroll"><table><thead><tr><th scope="col">Promise</th><th scope="col">Most seen</th><th scope="col">Most allowed</th><th scope="col">Result</th></tr></thead><tbody>${kept.join('\n')}</tbody></table></div>
<h2>Messages per week, by temperament</h2>
<p>Messages that came unasked, per person and week, on average. The dashed line is the most that any single person may get.</p>
<div class="pictures">${pictures.join('\n')}</div>
<h2>What each temperament received, month by month</h2>
<div class="scroll"><table><caption>Per person and month of 30 days: least / median / most among the people of that temperament.</caption><thead><tr><th scope="col">Temperament</th><th scope="col">Month</th><th scope="col">Unasked</th><th scope="col">Questions</th><th scope="col">Check-ins</th><th scope="col">Nudges</th><th scope="col">Others</th><th scope="col">Replies</th><th scope="col">Typed</th></tr></thead><tbody>
${months.join('\n')}
</tbody></table></div>
<h2>What happened at all</h2>
<p>A rule that met nothing was not tested. This is how often each kind of thing happened.</p>
<div class="scroll"><table><tbody>${did.join('\n')}</tbody></table></div>
<h2>Violations</h2>
${violationsPart(facts)}
<h2>How to run it again</h2>
<p>The same numbers tell the same story, to the letter. Another seed tells another one.</p>
<pre><code>lighthand simulate --clients ${clients} --days ${days} --seed ${html(seed)} --report out.html</code></pre>
</main></body></html>
`
}
