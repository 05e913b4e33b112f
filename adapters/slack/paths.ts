/** Where Slack and browsers come; the manifest names them too. */
export const PATHS = { mount: '/slack', events: '/events', install: '/install', redirect: '/oauth_redirect' } as const
