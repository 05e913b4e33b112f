/** The server's events, read as a browser reads them. */
export type EventStream = {
  /** The data of the next event of that name; others on the way are passed over. @throws when the stream has ended */
  next(name: string): Promise<unknown>
  /** Resolves when the server ends the stream. */
  ended(): Promise<void>
  close(): Promise<void>
}

export const eventStream = async (url: string): Promise<EventStream> => {
  const leaving = new AbortController()
  const response = await fetch(`${url}/api/events`, { signal: leaving.signal })
  if (response.body === null) throw new Error('the stream has no body')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const more = async (): Promise<boolean> => {
    const { done, value } = await reader.read()
    text += value ?? ''
    return !done
  }
  return {
    next: async name => {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end < 0) {
          if (!(await more())) throw new Error(`the stream ended before "${name}" came`)
          continue
        }
        const [event = '', data = ''] = text.slice(0, end).split('\n')
        text = text.slice(end + 2)
        if (event === `event: ${name}`) return JSON.parse(data.replace(/^data: /, ''))
      }
    },
    ended: async () => {
      while (await more());
    },
    close: async () => {
      leaving.abort()
      await reader.cancel().catch(() => undefined)
    },
  }
}
