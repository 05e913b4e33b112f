import { z } from 'zod'
import { context, labelled, quotes, type SlackBlock } from './elements.ts'
import { LIMITS } from './limits.ts'

const named = z.looseObject({ type: z.string(), block_id: z.string().default('') })

/** A message's blocks as they stand on the platform, without its question, and with what was chosen in its place. */
export const answeredBlocks = (
  message: readonly unknown[],
  chosen: string,
  filled: readonly { readonly label: string; readonly value: string }[] = [],
): readonly unknown[] => {
  const isForm = filled.length > 0
  const kept = message.filter(block => {
    const { success, data } = named.safeParse(block)
    return success && !data.block_id.startsWith('q.') && !(isForm && data.block_id.startsWith('v.'))
  })
  const lines = filled.flatMap(({ label, value }): readonly SlackBlock[] =>
    value.trim() === '' ? [] : [...labelled([{ label, value: '' }]), ...quotes(value)],
  )
  return [...kept, ...lines, ...context(`✓ ${chosen}`)].slice(0, LIMITS.messageBlocks)
}
