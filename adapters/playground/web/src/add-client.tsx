import { useId, useState } from 'preact/hooks'
import type { AddPerson } from '../../protocol.ts'
import { Modal } from './modal.tsx'

type Props = {
  readonly zone: string
  /** Answers '' when the client was added, else what to tell the reader. */
  readonly onAdd: (person: AddPerson) => Promise<string>
}

export function AddClient({ zone, onAdd }: Props) {
  const [open, setOpen] = useState(false)
  const name = useId()
  const place = useId()
  const zones = [...new Set([zone, ...Intl.supportedValuesOf('timeZone')])].sort()
  const add = (fields: FormData) =>
    onAdd({ name: String(fields.get('name') ?? '').trim(), zone: String(fields.get('zone') ?? zone) })
  return (
    <>
      <button type="button" class="quiet" onClick={() => setOpen(true)}>
        Add a client
      </button>
      {open && (
        <Modal title="Add a client" submit="Add" onClose={() => setOpen(false)} onSubmit={add}>
          <label class="field" for={name}>
            <span class="field-label">First name</span>
            <input class="input" id={name} name="name" required maxLength={40} autocomplete="off" pattern=".*\S.*" />
          </label>
          <label class="field" for={place}>
            <span class="field-label">Time zone</span>
            <select class="input" id={place} name="zone">
              {zones.map(one => (
                <option key={one} value={one} selected={one === zone}>
                  {one.replaceAll('_', ' ')}
                </option>
              ))}
            </select>
          </label>
        </Modal>
      )}
    </>
  )
}
