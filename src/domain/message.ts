/**
 * A message as the core means it, before any platform renders it. `text` always says everything the blocks say,
 * in words: it is the accessible form, the notification, and what a platform without blocks sends.
 */
export type Message = {
  readonly text: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Somebody's own words, shown as theirs. */
  | { readonly kind: 'quote'; readonly text: string }
  | ChoicesBlock
  | DateBlock
  | FormBlock
  | PeopleBlock
  | ChartBlock
  | { readonly kind: 'fields'; readonly items: readonly { readonly label: string; readonly value: string }[] }
  /** Small print: a hint on how to answer, a note on what happens next. */
  | { readonly kind: 'context'; readonly text: string }

/** Numbers over time. An adapter draws it, or leaves it at `text`, which says everything that the picture shows. */
export type ChartBlock = {
  readonly kind: 'chart'
  readonly title: string
  readonly text: string
  /** The ends of the scale, and what they mean. */
  readonly from: number
  readonly to: number
  readonly low: string
  readonly high: string
  readonly series: readonly {
    readonly label: string
    /** Oldest first; `date` is local (`YYYY-MM-DD`), `day` the same in short words. */
    readonly points: readonly { readonly date: string; readonly day: string; readonly value: number }[]
  }[]
}

/** Buttons of equal weight. As a `scale` the choices are consecutive numbers, with words at both ends. */
export type ChoicesBlock = {
  readonly kind: 'choices'
  readonly ask: string
  readonly style: 'buttons' | 'scale'
  readonly choices: readonly Choice[]
  readonly ends?: { readonly low: string; readonly high: string }
}

export type Choice = { readonly id: string; readonly label: string }

/** A date picker; dates are local, `YYYY-MM-DD`. Typed dates are as welcome. */
export type DateBlock = {
  readonly kind: 'date'
  readonly ask: string
  readonly label: string
  readonly min?: string
  readonly initial?: string
  /** What the button says that takes the day, where the platform has one. */
  readonly choose?: string
}

/**
 * Picks people: of the platform's whole directory, where it has a picker, and else of `known`. Typed names are as welcome.
 */
export type PeopleBlock = {
  readonly kind: 'people'
  readonly ask: string
  readonly label: string
  /** On the button that sends them. */
  readonly submit: string
  /** How many at once. */
  readonly most: number
  /** Those whom the core knows and who fit, by person id: at most 100, by name. */
  readonly known: readonly Choice[]
}

/** Up to four fields behind one button; the adapter opens it without a turn of the core. */
export type FormBlock = {
  readonly kind: 'form'
  readonly ask: string
  readonly title: string
  readonly open: string
  readonly submit: string
  readonly fields: readonly FormField[]
}

export type FormField =
  | {
      readonly kind: 'text'
      readonly id: string
      readonly label: string
      readonly value: string
      readonly optional: boolean
      readonly long: boolean
    }
  | {
      readonly kind: 'choice'
      readonly id: string
      readonly label: string
      readonly value: string
      readonly choices: readonly Choice[]
    }
  | {
      readonly kind: 'date'
      readonly id: string
      readonly label: string
      readonly value: string
      readonly optional: boolean
    }
  /** One line of a digest: shared or not, and in which words. Submitted as `{id}` (the words) and `{id}.include` ('yes' | 'no'). */
  | {
      readonly kind: 'line'
      readonly id: string
      readonly label: string
      readonly value: string
      readonly include: boolean
      readonly includeLabel: string
      readonly withholdLabel: string
    }

/** What a person sent back: words, a choice, a date, people (by id), or a form's fields. `ask` names the question it answers. */
export type Reply =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly ask: string; readonly choice: string }
  | { readonly kind: 'date'; readonly ask: string; readonly date: string }
  | { readonly kind: 'people'; readonly ask: string; readonly people: readonly string[] }
  | { readonly kind: 'form'; readonly ask: string; readonly fields: Readonly<Record<string, string>> }
