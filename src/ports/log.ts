/** Facts under names, and one fixed sentence; never what a person wrote. Codes are listed in docs/operating.md. */
export type Log = {
  info(facts: Readonly<Record<string, unknown>>, message: string): void
  warn(facts: Readonly<Record<string, unknown>>, message: string): void
  error(facts: Readonly<Record<string, unknown>>, message: string): void
}
