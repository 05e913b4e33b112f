import express, { type Response, type Router } from 'express'
import { z } from 'zod'
import { personId } from '../../src/domain/ids.ts'
import { isValidZone } from '../../src/domain/schedule.ts'
import type { Charts } from '../../src/ports/charts.ts'
import type { Core } from '../../src/usecases/core.ts'
import { moveClock, nextEvent } from './clock.ts'
import { glassOf } from './glass.ts'
import type { Playground } from './playground.ts'
import type { PlaygroundState } from './protocol.ts'

const text = z.string().max(8_000)
const replySchema = z.strictObject({
  key: z.string().min(8).max(100),
  line: text.optional(),
  reply: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: text.min(1) }),
    z.strictObject({ kind: z.literal('choice'), ask: text, choice: text }),
    z.strictObject({ kind: z.literal('date'), ask: text, date: z.iso.date() }),
    z.strictObject({ kind: z.literal('people'), ask: text, people: z.array(z.string().min(1).max(200)).max(100) }),
    z.strictObject({ kind: z.literal('form'), ask: text, fields: z.record(z.string().max(100), text) }),
  ]),
})
const homeSchema = z.strictObject({ key: z.string().min(8).max(100), action: z.string().min(1).max(200).optional() })
const addSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  zone: z.string().refine(isValidZone, 'must be an IANA zone such as Europe/Madrid'),
})
const languageSchema = z.strictObject({ locale: z.string().max(35) })
const HOUR = 3_600_000
const clockSchema = z.union([
  z.strictObject({ to: z.literal('next') }),
  z.strictObject({
    hours: z
      .number()
      .positive()
      .max(24 * 31),
  }),
  z.strictObject({ days: z.number().positive().max(366) }),
])

type Options = {
  readonly core: Core
  readonly playground: Playground
  readonly zone: string
  readonly charts: Charts
  /** The built page. */
  readonly page: string
  /** Makes a tenant that has nothing yet. */
  readonly makeTenant: (tenant: ReturnType<Playground['tenant']>) => Promise<void>
}

/** The playground's page and what it talks to; see protocol.ts. */
export const playgroundRoutes = ({ core, playground, zone, charts, page, makeTenant }: Options): Router => {
  const router = express.Router()
  const streams = new Set<Response>()
  let moving = false

  const tell = (event: string, data: unknown): void => {
    // A stop ends the streams while requests are still being answered.
    for (const stream of streams)
      if (!stream.writableEnded) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const state = async (): Promise<PlaygroundState> => {
    const next = await nextEvent(core, playground)
    return {
      epoch: String(playground.epoch()),
      now: new Date(core.clock.now()).toISOString(),
      zone,
      moving,
      next: next === undefined ? null : { at: new Date(next.at).toISOString(), what: next.what },
      people: playground.people().map(({ id, name, role, zone, locale }) => ({ id, name, role, zone, locale })),
      languages: languages(),
    }
  }
  /** Forms of address are chosen in the chat; no platform's account has them. */
  const languages = (): readonly string[] => core.packs.current.locales.filter(locale => !locale.includes('-x-'))
  const tellState = async (): Promise<void> => tell('state', await state())
  const settle = async (): Promise<void> => {
    await core.lanes.idle()
    await tellState()
    for (const { id, role } of playground.people()) if (role === 'client') tell('glass', { person: id })
  }
  const later = (): void => {
    settle().catch(error => core.log.error({ code: 'PLAYGROUND_FAILED', err: error }, 'the page could not be told'))
  }
  playground.news.on('line', line => tell('line', line))
  playground.news.on('home', person => tell('home', { person }))

  const refuse = (response: Response, status: number, code: string, message: string): void => {
    response.status(status).json({ error: { code, message } })
  }
  const parsed = <Value>(schema: z.ZodType<Value>, body: unknown, response: Response): Value | undefined => {
    const result = schema.safeParse(body)
    if (result.success) return result.data
    const where = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    refuse(response, 400, 'BAD_REQUEST', `The request is not understood: ${where}.`)
    return undefined
  }

  router.get('/api/state', async (_request, response) => {
    response.json(await state())
  })
  router.get('/api/events', async (request, response) => {
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders()
    streams.add(response)
    request.on('close', () => streams.delete(response))
    response.write(`event: state\ndata: ${JSON.stringify(await state())}\n\n`)
  })
  router.get('/api/chats/:person/lines', (request, response) => {
    const after = Number(request.query.after ?? 0)
    response.json({ lines: playground.lines(request.params.person, Number.isFinite(after) ? after : 0) })
  })
  router.get('/api/chats/:person/chart', async (request, response) => {
    const { line: id, theme } = request.query
    const line = playground.lines(request.params.person, 0).find(one => one.id === id)
    const chart = line?.message.blocks.find(block => block.kind === 'chart')
    if (chart?.kind !== 'chart')
      return refuse(response, 404, 'NO_SUCH_CHART', 'There is no picture in this line: reload the page.')
    response.type('image/svg+xml').set('Cache-Control', 'no-store')
    response.send(await charts.svg(chart, theme === 'dark' ? 'dark' : 'light'))
  })
  router.post('/api/chats/:person/replies', async (request, response) => {
    const gesture = parsed(replySchema, request.body, response)
    if (gesture === undefined) return
    const { line, ...rest } = gesture
    const known = await playground.reply(request.params.person, { ...rest, ...(line === undefined ? {} : { line }) })
    if (!known) return refuse(response, 404, 'NO_SUCH_PERSON', 'Nobody here has this name: reload the page.')
    response.status(202).json({})
    later()
  })
  router.get('/api/chats/:person/home', (request, response) => {
    response.json({ home: playground.home(request.params.person) ?? null })
  })
  router.post('/api/chats/:person/home', async (request, response) => {
    const look = parsed(homeSchema, request.body, response)
    if (look === undefined) return
    if (!(await playground.lookAtHome(request.params.person, look.key, look.action)))
      return refuse(response, 404, 'NO_SUCH_PERSON', 'Nobody here has this name: reload the page.')
    response.status(202).json({})
    later()
  })
  router.post('/api/people', async (request, response) => {
    const wanted = parsed(addSchema, request.body, response)
    if (wanted === undefined) return
    const { changes: _changes, ...person } = await playground.add(wanted.name, wanted.zone)
    response.status(201).json(person)
    later()
  })
  router.post('/api/people/:person/language', async (request, response) => {
    const wanted = parsed(languageSchema, request.body, response)
    if (wanted === undefined) return
    if (!languages().includes(wanted.locale))
      return refuse(response, 400, 'NO_SUCH_LANGUAGE', `Lighthand speaks ${languages().join(', ')} here: choose one.`)
    const known = await playground.speak(request.params.person, wanted.locale)
    if (!known) return refuse(response, 404, 'NO_SUCH_PERSON', 'Nobody here has this name: reload the page.')
    await core.lanes.idle()
    response.status(204).end()
    later()
  })
  router.post('/api/clock', async (request, response) => {
    const move = parsed(clockSchema, request.body, response)
    if (move === undefined) return
    if (moving) return refuse(response, 409, 'CLOCK_MOVING', 'The clock is being moved already: wait a moment.')
    moving = true
    try {
      await core.lanes.idle()
      const now = core.clock.now()
      const target =
        'to' in move
          ? ((await nextEvent(core, playground))?.at ?? now)
          : now + ('hours' in move ? move.hours * HOUR : move.days * 24 * HOUR)
      await moveClock(core, playground, target, tellState)
    } finally {
      moving = false
    }
    await settle()
    response.json(await state())
  })
  router.get('/api/glass/:person', async (request, response) => {
    const person = await core.store.people.find(playground.tenant(), personId(request.params.person))
    const glass = person === undefined ? undefined : await glassOf(core, person)
    if (glass === undefined) return refuse(response, 404, 'NOTHING_KNOWN', 'Nothing is known of this person yet.')
    response.json(glass)
  })
  router.post('/api/start-over', async (_request, response) => {
    await core.lanes.idle()
    const before = { tenant: playground.tenant(), people: playground.people() }
    await playground.startOver(makeTenant)
    for (const { id } of before.people) {
      await core.keyring.destroy({ tenant: before.tenant, owner: personId(id) }, core.clock.now())
      await core.store.erase(before.tenant, personId(id))
    }
    await settle()
    response.json(await state())
  })
  router.use(express.static(page))
  return router
}
