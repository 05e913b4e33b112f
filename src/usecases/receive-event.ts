import { DEFAULT_LOCALE } from '../conversation/pack-set.ts'
import type { Event } from '../domain/event.ts'
import type { InboundEvent } from '../ports/chat.ts'
import { KeyDestroyed } from '../ports/keyring.ts'
import type { Core } from './core.ts'
import { startWork } from './work-on.ts'

/**
 * Takes one gesture from a platform: stores it under its unique key, and only then returns, so that the adapter may
 * acknowledge. A repeat is dropped here. The work itself starts at once, and is not waited for.
 */
export const receiveEvent = async (core: Core, inbound: InboundEvent): Promise<void> => {
  const { tenant, person, key, at } = inbound
  try {
    const isNew = await core.store.inbox.put({ tenant, person, key, at, event: eventOf(inbound) }, core.clock.now())
    if (!isNew) return
  } catch (error) {
    if (!(error instanceof KeyDestroyed)) throw error
    return toTheErased(core, inbound)
  }
  startWork(core, tenant, person)
}

/**
 * They were deleted at their wish: there is nothing to keep their words in, so nothing of this is kept. They are told so, each
 * time they write; the answer, too, leaves nothing behind.
 */
const toTheErased = async (core: Core, { tenant, person, key, route, body }: InboundEvent): Promise<void> => {
  core.log.info({ code: 'INBOUND_AFTER_ERASURE' }, 'a message from an erased person was not kept')
  const found = await core.store.tenants.find(tenant)
  if (found === undefined || route === undefined || body.kind !== 'reply') return
  const { erased: text } = core.packs.current.hearing(DEFAULT_LOCALE).lines
  try {
    await core
      .chat(found)
      .send({ tenant, person, route }, { text, blocks: [{ kind: 'paragraph', text }] }, `erased/${key}`)
  } catch (error) {
    // Said once or not at all: there is nowhere to keep it for another try.
    core.log.warn({ code: 'ERASED_NOT_ANSWERED', err: error }, 'an erased person could not be answered')
  }
}

const eventOf = ({ body }: InboundEvent): Event => (body.kind === 'joined' ? { kind: 'joined', ...body.profile } : body)
