/** Words as Slack writes them in `text`: three signs are markup there. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const withoutEscapes = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/**
 * What a person typed, as they typed it: links and mentions as they read, emoji as characters. `blocks` is the same message's
 * rich text, which alone knows the character behind an emoji's name.
 * @param nameOf what a user's id reads like; the id itself where nobody knows
 */
export const typedWords = (text: string, blocks: unknown, nameOf: (id: string) => string = id => id): string => {
  const emoji = emojiIn(blocks)
  return withoutEscapes(
    text
      .replace(/<([^<>]+)>/g, (_, inside: string) => readable(inside, nameOf))
      .replace(/:([^\s:]+):(?::skin-tone-\d:)?/g, (written, name: string) => emoji.get(name) ?? written),
  )
}

/** `@U1|ana`, `#C1|general`, `!here`, `https://x|label`, `mailto:a@b|a@b`. */
const readable = (inside: string, nameOf: (id: string) => string): string => {
  const [target = '', label] = inside.split('|')
  if (target.startsWith('@')) return `@${label ?? nameOf(target.slice(1))}`
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`
  if (target.startsWith('!')) return label ?? `@${target.slice(1).split('^')[0] ?? ''}`
  const bare = target.replace(/^mailto:/, '')
  return label === undefined || label === bare || bare.endsWith(`//${label}`) ? (label ?? bare) : `${label} (${bare})`
}

/** Names of emoji and the characters behind them, anywhere in the blocks. */
const emojiIn = (blocks: unknown): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look)
    if (typeof node !== 'object' || node === null) return
    if ('type' in node && node.type === 'emoji' && 'name' in node && 'unicode' in node) {
      const { name, unicode } = node
      if (typeof name === 'string' && typeof unicode === 'string') found.set(name, characterOf(unicode) ?? `:${name}:`)
      return
    }
    Object.values(node).forEach(look)
  }
  look(blocks)
  return found
}

/** `1f44d` or `1f468-200d-1f4bb`. */
const characterOf = (unicode: string): string | undefined => {
  const points = unicode.split('-').map(hex => Number.parseInt(hex, 16))
  return points.every(point => point > 0 && point <= 0x10_ff_ff) ? String.fromCodePoint(...points) : undefined
}
