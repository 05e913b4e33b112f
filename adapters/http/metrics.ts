import type { Counter, Histogram, Registry } from 'prom-client'
import type { Meters } from '../../src/ports/meters.ts'

/** What /metrics shows: a Prometheus text and its content type. */
export type Metrics = { read(): Promise<{ readonly contentType: string; readonly text: string }> }

/** What is looked up at each reading. */
export type Gauges = {
  readonly outboxDepth: () => Promise<Readonly<Record<string, number>>>
  readonly processes: () => number
  /** ms. */
  readonly skew: () => number
  readonly ready: () => Promise<boolean>
}

const SECOND = 1_000
const TURN_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const LAG_BUCKETS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 43_200]

/**
 * Lighthand's figures, and the process's own (memory, event loop, handles). No label names a person or a tenant. prom-client
 * is loaded at the first figure or look, since it is not needed to start; figures that come before it is there wait for it.
 */
export const makeMetrics = (gauges: Gauges): { readonly metrics: Metrics; readonly meters: Meters } => {
  let opened: Promise<Instruments> | undefined
  const open = (): Promise<Instruments> => {
    opened ??= import('prom-client').then(prom => instruments(prom, gauges))
    return opened
  }
  const meter = (record: (to: Instruments) => void): void => void open().then(record)
  return {
    metrics: {
      read: async () => {
        const { registry } = await open()
        return { contentType: registry.contentType, text: await registry.metrics() }
      },
    },
    meters: {
      turn: ms => meter(({ turn }) => turn.observe(ms / SECOND)),
      lag: (what, ms) => meter(({ lag }) => lag.observe({ what }, ms / SECOND)),
      sent: () => meter(({ sent }) => sent.inc()),
      dropped: why => meter(({ dropped }) => dropped.inc({ why })),
      failed: kind => meter(({ failed }) => failed.inc({ kind })),
      dead: box => meter(({ dead }) => dead.inc({ box })),
    },
  }
}

type Instruments = {
  readonly registry: Registry
  readonly turn: Histogram
  readonly lag: Histogram<'what'>
  readonly sent: Counter
  readonly dropped: Counter<'why'>
  readonly failed: Counter<'kind'>
  readonly dead: Counter<'box'>
}

const instruments = (prom: typeof import('prom-client'), gauges: Gauges): Instruments => {
  const registry = new prom.Registry()
  const registers = [registry]
  prom.collectDefaultMetrics({ register: registry, prefix: 'lighthand_' })
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: (set: (value: number, labels?: Record<string, string>) => void) => Promise<void> | void,
  ): void => {
    const made = new prom.Gauge<string>({
      name,
      help,
      labelNames,
      registers,
      collect: () => read((value, labels = {}) => made.set(labels, value)),
    })
  }
  gauge(
    'lighthand_outbox_messages',
    'Messages in the outbox by state: due (waits), sending, sent and dropped (kept 30 days as keys), dead (to be looked at).',
    ['state'],
    async set => {
      for (const [state, count] of Object.entries(await gauges.outboxDepth())) set(count, { state })
    },
  )
  gauge('lighthand_processes', 'Processes that share the work on this store, this one included.', [], set =>
    set(gauges.processes()),
  )
  gauge(
    'lighthand_clock_skew_seconds',
    'How far the wall clock of another process is certainly ahead of this one (negative: behind). Beyond a minute, see to time synchronisation.',
    [],
    set => set(gauges.skew() / SECOND),
  )
  gauge('lighthand_ready', '1 if /readyz answers 200.', [], async set => set((await gauges.ready()) ? 1 : 0))
  return {
    registry,
    turn: new prom.Histogram({
      name: 'lighthand_turn_seconds',
      help: 'One turn: from the event taken up to its effects applied and its answer handed to the platform.',
      buckets: TURN_BUCKETS,
      registers,
    }),
    lag: new prom.Histogram({
      name: 'lighthand_lag_seconds',
      help: 'How long after it was due an appointment was taken up, or a message was sent.',
      labelNames: ['what'],
      buckets: LAG_BUCKETS,
      registers,
    }),
    sent: new prom.Counter({
      name: 'lighthand_messages_sent_total',
      help: 'Messages that a platform took.',
      registers,
    }),
    dropped: new prom.Counter({
      name: 'lighthand_messages_dropped_total',
      help: 'Messages that were not sent, and due ones that were not begun, by reason; docs/operating.md says what each means.',
      labelNames: ['why'],
      registers,
    }),
    failed: new prom.Counter({
      name: 'lighthand_sends_failed_total',
      help: 'Tries to send that failed, by the kind of failure; what follows from each is a table in docs/operating.md.',
      labelNames: ['kind'],
      registers,
    }),
    dead: new prom.Counter({
      name: 'lighthand_dead_letters_total',
      help: 'Messages (outbox) and events (inbox) set aside as dead letters: `lighthand outbox list` shows them.',
      labelNames: ['box'],
      registers,
    }),
  }
}
