import { personId, tenantId } from '../../src/domain/ids.ts'
import type { Reply } from '../../src/domain/message.ts'
import { serveAdapter } from '../fakes/slack/served.ts'
import { type Delivered, openFakeSlack } from '../fakes/slack/slack.ts'
import type { Json } from '../fakes/slack/state.ts'
import { type ChatPlatform, chatAdapterContract } from './chat-adapter.ts'

const TENANT = tenantId('T1')

/** Slack as Slack sees it: an answer of another status than 200 is a refusal. */
const accepted = ({ status }: Delivered): void => {
  if (status !== 200) throw new Error(`Slack was answered ${status}`)
}

const slack: ChatPlatform = {
  name: 'Slack',
  finds: true,
  idempotent: false,
  open: async () => {
    let time = Date.UTC(2026, 0, 14, 9)
    const fake = await openFakeSlack(() => {
      time += 10
      return time
    })
    fake.addWorkspace('T1')
    for (const id of ['ana', 'tom']) fake.addUser(id)
    const token = fake.install({ team: 'T1' })
    const reachable = new Set<string>(['ana'])
    const open = () =>
      serveAdapter(fake, { botToken: async () => token, isReachable: async (_, person) => reachable.has(person) })
    const served = [await open()]
    const [first] = served
    if (first === undefined) throw new Error('nothing is served')
    const addressOf = (id: string) => ({ tenant: TENANT, person: personId(id), route: `T1/D${id}` })
    const gestures = new Map<string, Delivered>()
    const typed = new Map<string, string>()
    /** The same gesture again is the same delivery again. */
    const once = async (gesture: string, first: () => Promise<Delivered>): Promise<void> => {
      const before = gestures.get(gesture)
      const delivered = before === undefined ? await first() : await before.again(1)
      gestures.set(gesture, delivered)
      accepted(delivered)
    }
    const valued = (like: Json) => (element: Json) =>
      Object.entries(like).every(([name, value]) => element[name] === value)
    const reply = async (gesture: string, given: Reply): Promise<Delivered> => {
      switch (given.kind) {
        case 'text': {
          const done = await fake.type('ana', given.text)
          const last = fake.state.channels.get('Dana')?.messages.findLast(({ user }) => user === 'ana')
          typed.set(gesture, last?.ts ?? '')
          return done
        }
        case 'choice':
          return fake.use('ana', valued({ value: JSON.stringify([given.ask, given.choice]) }))
        case 'date':
          return fake.use('ana', valued({ type: 'datepicker' }), { selected_date: given.date })
        case 'people':
          return fake.use(
            'ana',
            valued({ action_id: 'people' }),
            {},
            { x: { picker: { selected_users: given.people } } },
          )
        case 'form':
          accepted(await fake.use('ana', valued({ action_id: 'form' })))
          return fake.submit('ana', values => ({
            ...values,
            'field.0': { value: { value: given.fields.l1 } },
            'field.0.include': { include: { selected_option: { value: given.fields['l1.include'] } } },
          }))
      }
    }
    return {
      adapter: first.slack,
      address: addressOf('ana'),
      other: addressOf('tom'),
      unknown: addressOf('nobody'),
      shown: async ({ person }) => fake.reads(person),
      act: (gesture, given) => once(gesture, () => reply(gesture, given)),
      join: () => {
        reachable.delete('ana')
        return once('join', () => fake.openHome('ana', 'messages'))
      },
      standing: async standing => {
        Object.assign(fake.user('ana'), {
          deleted: standing === 'left',
          is_bot: standing === 'bot',
          is_restricted: standing === 'guest',
        })
      },
      home: async ({ person }) => {
        const home = fake.state.homes.get(person)
        return home === undefined ? undefined : JSON.stringify(home)
      },
      openHome: gesture => once(gesture, () => fake.openHome('ana')),
      press: (gesture, action) => once(gesture, () => fake.pressInHome('ana', action)),
      command: (gesture, words) => once(gesture, () => fake.command('ana', words)),
      edit: (gesture, of, words) => once(gesture, () => fake.edit('ana', typed.get(of) ?? '', words)),
      uninstall: gesture => once(gesture, () => fake.uninstall('ana')),
      leave: gesture => once(gesture, () => fake.change('ana', { deleted: true })),
      move: (gesture, zone) => once(gesture, () => fake.change('ana', { tz: zone })),
      restarted: async () => {
        const again = await open()
        served.push(again)
        return again.slack
      },
      close: async () => {
        for (const one of served) {
          await one.slack.stop()
          await one.server.stop(1_000)
        }
        await fake.close()
        if (fake.state.refused.length > 0) throw new Error(`Slack refused: ${fake.state.refused.join('; ')}`)
      },
    }
  },
}

chatAdapterContract(slack)
