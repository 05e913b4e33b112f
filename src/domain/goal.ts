/** A success measure or, if the client chooses, a dream; in the client's own words. */
export type Goal = {
  readonly id: string
  readonly kind: 'measure' | 'dream'
  readonly text: string
  /** How they would notice it; theirs, optional. */
  readonly sign: string | undefined
  readonly madeAt: number
  readonly closedAt: number | undefined
}

/** A client's own rating, 1 to 10, of a goal or of fulfilment (`about`). */
export type Rating = { readonly id: string; readonly about: string; readonly value: number; readonly at: number }
