import type { Logger } from '@slack/bolt'
import { LogLevel } from '@slack/bolt'
import type { Log } from '../../src/ports/log.ts'

/**
 * The SDK's log lines may hold requests, answers and whole events. Of what it warns of, only that it does and the kind of
 * error go on; what it says beside is for nobody.
 */
export const quietLogger = (log: Log): Logger => {
  const errorOf = (said: readonly unknown[]) => {
    const err = said.find(one => one instanceof Error)
    return err === undefined ? {} : { err }
  }
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...said) => log.warn({ code: 'SLACK_SDK', ...errorOf(said) }, 'the Slack SDK warns of something'),
    error: (...said) => log.error({ code: 'SLACK_SDK', ...errorOf(said) }, 'the Slack SDK reports an error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
