import type { Registry } from 'prom-client'

/** What /metrics shows: a Prometheus text and its content type. */
export type Metrics = { read(): Promise<{ readonly contentType: string; readonly text: string }> }

/** The process's own figures (memory, event loop, handles). Loaded at the first look: it is not needed to start. */
export const processMetrics = (): Metrics => {
  let opened: Promise<Registry> | undefined
  const open = async (): Promise<Registry> => {
    const { collectDefaultMetrics, Registry: NewRegistry } = await import('prom-client')
    const registry = new NewRegistry()
    collectDefaultMetrics({ register: registry, prefix: 'lighthand_' })
    return registry
  }
  return {
    read: async () => {
      opened ??= open()
      const registry = await opened
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}
