import { useEffect, useId, useRef } from 'preact/hooks'
import type { Block, ChoicesBlock, DateBlock, FormBlock, PeopleBlock } from '../../../../src/domain/message.ts'
import type { PlaygroundPerson } from '../../protocol.ts'
import { ChartView } from './chart.tsx'
import { ChoicesView } from './choices.tsx'
import { DateView } from './date.tsx'
import { FormView } from './form.tsx'
import type { Gesture, OnAnswer, PlacedLine } from './model.ts'
import { PeopleView } from './people.tsx'
import { timeWords } from './words.ts'

type Props = {
  readonly line: PlacedLine
  readonly person: PlaygroundPerson
  readonly zone: string
  /** The first line of a moment shows its time. */
  readonly opens: boolean
  readonly gesture: Gesture | undefined
  readonly onAnswer: OnAnswer
}

export function ChatLineView({ line, person, zone, opens, gesture, onAnswer }: Props) {
  const mine = line.from === 'person'
  const time = timeWords(line.at, zone)
  const answered = line.answered ?? (gesture?.kind === 'chosen' ? gesture.words : undefined)
  const blocks: readonly Block[] =
    line.message.blocks.length > 0 ? line.message.blocks : [{ kind: 'paragraph', text: line.message.text }]
  return (
    <div class={`line ${mine ? 'line-mine' : 'line-theirs'} ${opens ? 'opens' : ''}`}>
      <div class="bubble" lang={line.lang}>
        <span class="unseen" lang="en">
          {mine ? `${person.name}, ${time}:` : `Lighthand to ${person.name}, ${time}:`}{' '}
        </span>
        <Blocks line={line} blocks={blocks} answered={answered !== undefined} onAnswer={onAnswer} />
        <Answered words={answered} byHand={gesture !== undefined} />
        {answered === undefined && gesture?.kind === 'failed' && (
          <p class="trouble" role="alert" lang="en">
            {gesture.message}
          </p>
        )}
      </div>
      {opens && (
        <span class="line-time" aria-hidden="true">
          {time}
        </span>
      )}
    </div>
  )
}

type BlocksProps = {
  readonly line: PlacedLine
  readonly blocks: readonly Block[]
  readonly answered: boolean
  readonly onAnswer: OnAnswer
}

/** A question's controls are named by the paragraph before them. */
function Blocks({ line, blocks, answered, onAnswer }: BlocksProps) {
  const id = useId()
  const question = (at: number): string | undefined => {
    const before = blocks.slice(0, at).findLastIndex(block => block.kind === 'paragraph')
    return before < 0 ? undefined : `${id}-${before}`
  }
  return (
    <>
      {blocks.map((block, at) => {
        const key = `${block.kind} ${at}`
        if (block.kind === 'paragraph')
          return (
            <p key={key} id={`${id}-${at}`} class="said">
              {block.text}
            </p>
          )
        return isAsking(block) ? (
          !answered && <Asking key={key} block={block} question={question(at)} lang={line.lang} onAnswer={onAnswer} />
        ) : (
          <Told key={key} line={line} block={block} />
        )
      })}
    </>
  )
}

type AskingBlock = ChoicesBlock | DateBlock | FormBlock | PeopleBlock

const isAsking = (block: Block): block is AskingBlock =>
  block.kind === 'choices' || block.kind === 'date' || block.kind === 'form' || block.kind === 'people'

type AskingProps = {
  readonly block: AskingBlock
  readonly question: string | undefined
  readonly lang: string | undefined
  readonly onAnswer: OnAnswer
}

function Asking({ block, question, lang, onAnswer }: AskingProps) {
  switch (block.kind) {
    case 'choices':
      return <ChoicesView block={block} question={question} onAnswer={onAnswer} />
    case 'date':
      return <DateView block={block} lang={lang} onAnswer={onAnswer} />
    case 'form':
      return <FormView block={block} onAnswer={onAnswer} />
    case 'people':
      return <PeopleView block={block} question={question} onAnswer={onAnswer} />
  }
}

type ToldProps = {
  readonly line: PlacedLine
  readonly block: Exclude<Block, AskingBlock | { readonly kind: 'paragraph' }>
}

function Told({ line, block }: ToldProps) {
  switch (block.kind) {
    case 'chart':
      return <ChartView line={line} block={block} />
    case 'quote':
      return <blockquote class="quote">{block.text}</blockquote>
    case 'context':
      return <p class="context">{block.text}</p>
    case 'fields':
      return (
        <dl class="fields">
          {block.items.map(item => (
            <div key={item.label}>
              <dt>{item.label}</dt>
              <dd>{item.value}</dd>
            </div>
          ))}
        </dl>
      )
  }
}

/** What was chosen takes the buttons' place, and the focus of the button that is gone. */
function Answered({ words, byHand }: { readonly words: string | undefined; readonly byHand: boolean }) {
  const note = useRef<HTMLParagraphElement>(null)
  const chosen = words !== undefined
  useEffect(() => {
    const nowhere = document.activeElement === null || document.activeElement === document.body
    if (chosen && byHand && nowhere) note.current?.focus({ preventScroll: true })
  }, [chosen, byHand])
  if (words === undefined) return null
  return (
    <p class="answered" tabIndex={-1} ref={note}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M3 8.5l3.5 3.5L13 4.5" fill="none" stroke="currentColor" stroke-width="1.75" />
      </svg>
      <span class="unseen" lang="en">
        Chosen:{' '}
      </span>
      <span>{words}</span>
    </p>
  )
}
