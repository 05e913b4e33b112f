/** Where somebody's direct messages are: in an organisation the workspace belongs to it. Opaque to the core. */
export type Route = { readonly team: string; readonly channel: string }

export const routeOf = ({ team, channel }: Route): string => `${team}/${channel}`

/** @throws if this is no address that this adapter gave out */
export const readRoute = (route: string): Route => {
  const [team, channel] = route.split('/')
  if (team === undefined || channel === undefined) throw new Error('this address is not one of Slack’s')
  return { team, channel }
}
