/**
 * What may be asked about. A topic opens by the client's act alone: never by time, never by silence, and not because
 * they volunteered something about it. "Too personal" closes it again.
 */
export type Topic = 'work' | 'self' | 'dreams'
export type Topics = Readonly<Record<Topic, boolean>>

export const TOPICS = ['work', 'self', 'dreams'] as const satisfies readonly Topic[]

/** Before the client has opened anything. */
export const NO_TOPICS: Topics = { work: false, self: false, dreams: false }

export const openTopic = (topics: Topics, topic: Topic): Topics => ({ ...topics, [topic]: true })
export const closeTopic = (topics: Topics, topic: Topic): Topics => ({ ...topics, [topic]: false })
