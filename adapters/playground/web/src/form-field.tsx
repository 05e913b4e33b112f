import { useId } from 'preact/hooks'
import type { Choice, FormField } from '../../../../src/domain/message.ts'

type FieldOf<K extends FormField['kind']> = Extract<FormField, { readonly kind: K }>

/** Fields keep their own values until the form is sent; the page only gives them their first one. */
export function FieldView({ field }: { readonly field: FormField }) {
  switch (field.kind) {
    case 'text':
      return <TextField field={field} />
    case 'date':
      return <DateField field={field} />
    case 'choice':
      return (
        <fieldset class="field">
          <legend class="field-label">{field.label}</legend>
          <Radios name={field.id} value={field.value} choices={field.choices} />
        </fieldset>
      )
    case 'line':
      return <LineField field={field} />
  }
}

function TextField({ field }: { readonly field: FieldOf<'text'> }) {
  const id = useId()
  const same = { class: 'input', id, name: field.id, required: !field.optional, defaultValue: field.value }
  return (
    <div class="field">
      <Label for={id} label={field.label} optional={field.optional} />
      {field.long ? <textarea {...same} rows={3} /> : <input {...same} type="text" autocomplete="off" />}
    </div>
  )
}

function DateField({ field }: { readonly field: FieldOf<'date'> }) {
  const id = useId()
  return (
    <div class="field">
      <Label for={id} label={field.label} optional={field.optional} />
      <input class="input" id={id} type="date" name={field.id} required={!field.optional} defaultValue={field.value} />
    </div>
  )
}

/** One line of a digest: its words can be changed, and it is shared or it is not. Neither is the better answer. */
function LineField({ field }: { readonly field: FieldOf<'line'> }) {
  const id = useId()
  return (
    <fieldset class="field digest-line">
      <legend class="field-label">{field.label}</legend>
      <label class="unseen" for={id}>
        Words of “{field.label}”
      </label>
      <textarea class="input" id={id} name={field.id} rows={2} defaultValue={field.value} />
      <Radios
        name={`${field.id}.include`}
        value={field.include ? 'yes' : 'no'}
        choices={[
          { id: 'yes', label: field.includeLabel },
          { id: 'no', label: field.withholdLabel },
        ]}
      />
    </fieldset>
  )
}

type RadiosProps = { readonly name: string; readonly value: string; readonly choices: readonly Choice[] }

const Radios = ({ name, value, choices }: RadiosProps) => (
  <div class="radios">
    {choices.map(choice => (
      <label key={choice.id} class="radio">
        <input type="radio" name={name} value={choice.id} defaultChecked={choice.id === value} />
        <span>{choice.label}</span>
      </label>
    ))}
  </div>
)

type LabelProps = { readonly for: string; readonly label: string; readonly optional: boolean }

const Label = ({ for: id, label, optional }: LabelProps) => (
  <label class="field-label" for={id}>
    {label}
    {optional && <span class="optional"> (optional)</span>}
  </label>
)
