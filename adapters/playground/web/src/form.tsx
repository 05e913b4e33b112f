import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { FormBlock } from '../../../../src/domain/message.ts'
import { FieldView } from './form-field.tsx'
import type { OnAnswer } from './model.ts'

type Props = { readonly block: FormBlock; readonly onAnswer: OnAnswer }

/** A form behind one button, opened in place. Escape closes it and keeps what was written. */
export function FormView({ block, onAnswer }: Props) {
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const id = useId()

  useEffect(() => {
    if (open) form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
  }, [open])

  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div class="form" aria-live="off">
      <button
        type="button"
        class="button form-opener"
        ref={opener}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {block.open}
      </button>
      <form
        id={id}
        ref={form}
        class="form-fields"
        hidden={!open}
        aria-label={block.title}
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          close()
        }}
        onSubmit={event => {
          event.preventDefault()
          onAnswer({ kind: 'form', ask: block.ask, fields: fieldsOf(block, event.currentTarget) }, block.title)
        }}
      >
        <h3 class="form-title">{block.title}</h3>
        {block.fields.map(field => (
          <FieldView key={field.id} field={field} />
        ))}
        <div class="form-end">
          <button type="button" class="button" onClick={close}>
            Close
          </button>
          <button type="submit" class="button">
            {block.submit}
          </button>
        </div>
      </form>
    </div>
  )
}

/** Each field by its id; a line also gives `{id}.include`. What was left open is an empty text. */
function fieldsOf(block: FormBlock, form: HTMLFormElement): Readonly<Record<string, string>> {
  const entries = new FormData(form)
  const names = block.fields.flatMap(({ kind, id }) => (kind === 'line' ? [id, `${id}.include`] : [id]))
  return Object.fromEntries(names.map(name => [name, String(entries.get(name) ?? '')]))
}
