import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Json } from './state.ts'

/** RFC 6455, 1.3: what a server adds to a client's key before it answers with its hash. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export type FakeSocket = {
  readonly url: string
  /** Resolves when a client is there. */
  readonly connected: Promise<void>
  /** Sends a payload in an envelope; resolves with its acknowledgement. */
  send(type: string, payload: Json, envelope: string): Promise<Json>
  /** Sends one that nobody is waiting to see acknowledged. */
  push(type: string, payload: Json, envelope: string): void
  readonly acknowledged: string[]
  close(): Promise<void>
}

/** The other end of Socket Mode: just enough of a WebSocket server to send text and read it, no longer than 64 kB. */
export const openFakeSocket = async (): Promise<FakeSocket> => {
  const server = createServer()
  let line: Duplex | undefined
  const waiting = new Map<string, (ack: Json) => void>()
  const acknowledged: string[] = []
  let arrived = (): void => undefined
  const connected = new Promise<void>(resolve => {
    arrived = resolve
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    line = socket
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      // Whoever says goodbye is told so: the client waits for it.
      if (((chunk[0] ?? 0) & 0x0f) === 8) socket.end(Buffer.from([0x88, 0]))
      for (const text of textsIn(chunk)) {
        const ack: unknown = JSON.parse(text)
        if (typeof ack !== 'object' || ack === null || !('envelope_id' in ack)) continue
        const id = String(ack.envelope_id)
        acknowledged.push(id)
        waiting.get(id)?.({ ...ack })
      }
    })
    socket.write(frame(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A' } })))
    arrived()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const push = (type: string, payload: Json, envelope: string): void => {
    line?.write(
      frame(JSON.stringify({ type, envelope_id: envelope, payload, accepts_response_payload: type !== 'events_api' })),
    )
  }
  return {
    url: `ws://127.0.0.1:${port}/link`,
    connected,
    acknowledged,
    push,
    send: (type, payload, envelope) =>
      new Promise(resolve => {
        waiting.set(envelope, resolve)
        push(type, payload, envelope)
      }),
    close: () =>
      new Promise(resolve => {
        line?.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An unmasked text frame, as servers send them. */
const frame = (text: string): Buffer => {
  const body = Buffer.from(text)
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff])
  return Buffer.concat([head, body])
}

/** The masked text frames of one chunk, as clients send them. */
const textsIn = (chunk: Buffer): readonly string[] => {
  const texts: string[] = []
  for (let at = 0; at + 2 <= chunk.length; ) {
    const opcode = (chunk[at] ?? 0) & 0x0f
    const short = (chunk[at + 1] ?? 0) & 0x7f
    const start = at + (short === 126 ? 4 : 2)
    const length = short === 126 ? chunk.readUInt16BE(at + 2) : short
    const mask = chunk.subarray(start, start + 4)
    const body = chunk.subarray(start + 4, start + 4 + length)
    if (opcode === 1) texts.push(Buffer.from(body.map((byte, n) => byte ^ (mask[n % 4] ?? 0))).toString('utf8'))
    at = start + 4 + length
  }
  return texts
}
