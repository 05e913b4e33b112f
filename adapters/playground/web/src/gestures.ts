import type { Reply } from '../../../../src/domain/message.ts'
import { type Outcome, sendReply } from './requests.ts'

/** Keys of gestures that may or may not have arrived: doing the same thing again must not count twice. */
const openKeys = new Map<string, string>()

/** Sends what a person did. The same gesture, repeated after a failure to reach the server, keeps its key. */
export async function send(person: string, reply: Reply, line?: string): Promise<Outcome<unknown>> {
  const gesture = JSON.stringify([person, line, reply])
  const key = openKeys.get(gesture) ?? crypto.randomUUID()
  openKeys.set(gesture, key)
  const outcome = await sendReply(person, line === undefined ? { key, reply } : { key, reply, line })
  if (outcome.kind !== 'unreachable') openKeys.delete(gesture)
  return outcome
}
