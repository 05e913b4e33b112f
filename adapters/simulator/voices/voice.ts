/**
 * What people write in one language, by what they were asked. `{x}` is a name that nobody else writes: a customer, a
 * product, a project. Every text that can be told has one, so that it can be told from all others.
 */
export type Voice = {
  /** To open questions. */
  readonly answers: Readonly<Record<Question, readonly string[]>>
  /** Beside the question, or out of the blue. */
  readonly asides: readonly string[]
  readonly distress: readonly string[]
  /** Behind a commitment, with a space between. */
  readonly days: readonly string[]
}

/** What an open question is about, as a reader takes it. */
export type Question =
  | 'measure'
  | 'sign'
  | 'win'
  | 'doing'
  | 'plan'
  | 'talk'
  | 'change'
  | 'easier'
  | 'smaller'
  | 'different'
  | 'obstacle'
  | 'decision'
  | 'options'
  | 'matters'
  | 'leaning'
  | 'becameOf'
  | 'sameWay'
  | 'dream'
  | 'sponsor'
  | 'reply'
  | 'note'
  | 'other'
