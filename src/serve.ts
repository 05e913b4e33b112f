import type { Mount } from '../adapters/http/server.ts'
import type { ChatAdapter } from './ports/chat.ts'

/** One platform, as the composition root runs it. */
export type Served = {
  readonly chat: ChatAdapter
  readonly mounts: readonly Mount[]
  /** Before anything is received: what has to be in the store. */
  prepare(): Promise<void>
  /** What to say at the start, given the server's address. */
  greeting(url: string): string
}
