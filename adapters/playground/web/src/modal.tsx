import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'

type Props = {
  readonly title: string
  readonly submit: string
  readonly onClose: () => void
  /** Answers '' when it was done and the dialog may close, else what to tell the reader. */
  readonly onSubmit: (fields: FormData) => Promise<string>
  readonly children: ComponentChildren
}

/** A small dialog with a form in it. Escape and "Not now" close it; focus returns to where it came from. */
export function Modal({ title, submit, onClose, onSubmit, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState('')

  useEffect(() => dialog.current?.showModal(), [])

  const close = () => dialog.current?.close()
  const done = async (form: HTMLFormElement) => {
    if (busy) return
    setBusy(true)
    const problem = await onSubmit(new FormData(form))
    setBusy(false)
    setTrouble(problem)
    if (problem === '') close()
  }
  return (
    <dialog class="modal" ref={dialog} aria-labelledby={heading} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          void done(event.currentTarget)
        }}
      >
        <h2 id={heading}>{title}</h2>
        {children}
        <p class="trouble" role="alert">
          {trouble}
        </p>
        <div class="modal-end">
          <button type="button" class="button" onClick={close}>
            Not now
          </button>
          <button type="submit" class="button" aria-disabled={busy}>
            {submit}
          </button>
        </div>
      </form>
    </dialog>
  )
}
