import type { Json } from './state.ts'

/** Block Kit drawn as Slack draws it, near enough for a person to judge: lengths, order, weight and what stands beside what. */

const escaped = (text: unknown): string =>
  String(text ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const objects = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []
const object = (value: unknown): Json => objects([value])[0] ?? {}
const textOf = (value: unknown): string => escaped(object(value).text).replaceAll('\n', '<br>')

const rich = (node: Json): string => {
  const inside = objects(node.elements).map(rich).join('')
  switch (node.type) {
    case 'rich_text_quote':
      return `<blockquote>${inside}</blockquote>`
    case 'rich_text_preformatted':
      return `<pre>${inside}</pre>`
    case 'rich_text_section':
      return `<div>${inside}</div>`
    case 'text': {
      const text = escaped(node.text).replaceAll('\n', '<br>')
      return object(node.style).bold === true ? `<b>${text}</b>` : text
    }
    default:
      return inside
  }
}

const element = (one: Json): string => {
  switch (one.type) {
    case 'button':
      return `<span class="button">${textOf(one.text)}</span>`
    case 'datepicker':
      return `<span class="select">${textOf(one.placeholder) || escaped(one.initial_date) || 'Select a date'} ▾</span>`
    case 'static_select':
    case 'multi_users_select':
      return `<span class="select">${textOf(one.placeholder) || 'Select users'} ▾</span>`
    case 'radio_buttons': {
      const chosen = object(one.initial_option).value
      const options = objects(one.options).map(
        ({ text, value }) => `<span class="radio">${value === chosen ? '◉' : '○'} ${textOf(text)}</span>`,
      )
      return `<span>${options.join('')}</span>`
    }
    case 'plain_text_input':
      return `<span class="field${one.multiline === true ? ' long' : ''}">${escaped(one.initial_value)}</span>`
    default:
      throw new Error(`nobody has drawn a ${String(one.type)} yet`)
  }
}

const block = (one: Json): string => {
  switch (one.type) {
    case 'header':
      return `<h3>${textOf(one.text)}</h3>`
    case 'section': {
      const accessory = one.accessory === undefined ? '' : element(object(one.accessory))
      return `<div class="section"><span>${textOf(one.text)}</span>${accessory}</div>`
    }
    case 'context':
      return `<p class="context">${objects(one.elements).map(textOf).join(' ')}</p>`
    case 'actions':
      return `<div class="actions">${objects(one.elements).map(element).join('')}</div>`
    case 'input':
      return `<div class="input"><b>${textOf(one.label)}${one.optional === true ? ' <i>(optional)</i>' : ''}</b>${element(object(one.element))}</div>`
    case 'rich_text':
      return `<div class="rich">${rich(one)}</div>`
    default:
      throw new Error(`nobody has drawn a ${String(one.type)} yet`)
  }
}

const blocksIn = (blocks: unknown): string => objects(blocks).map(block).join('')

/** One message as it stands in a conversation; `text` where it has no blocks. */
export const messagePicture = ({
  text,
  blocks,
}: {
  readonly text: string
  readonly blocks: readonly unknown[]
}): string =>
  `<article class="message"><span class="avatar"></span><div><p class="who"><b>Lighthand</b> <i>APP</i></p>${blocksIn(blocks) || escaped(text)}</div></article>`

export const homePicture = (view: { readonly blocks: readonly unknown[] }): string =>
  `<article class="home">${blocksIn(view.blocks)}</article>`

export const modalPicture = (view: Json): string =>
  `<article class="modal"><h2>${textOf(view.title)}</h2>${blocksIn(view.blocks)}<p class="foot"><span class="button">${textOf(view.close) || 'Cancel'}</span><span class="button main">${textOf(view.submit)}</span></p></article>`

const STYLE = `
body{margin:0;padding:24px;background:#f4f4f4;color:#1d1c1d;font:15px/1.47 "DejaVu Sans",sans-serif;width:1080px}
h1{font-size:22px;margin:0 0 16px}.all{columns:2;column-gap:24px}
figure{margin:0 0 24px;break-inside:avoid}figcaption{color:#616061;font-size:12px;margin-bottom:4px}
article{background:#fff;border:1px solid #ddd;border-radius:8px;padding:14px}
.message{display:flex;gap:10px}.message>div{min-width:0;flex:1}.avatar{flex:none;width:36px;height:36px;border-radius:6px;background:#2f4858}
.who{margin:0 0 2px}.who i{font:11px sans-serif;background:#e8e8e8;padding:1px 3px;border-radius:2px}
.section{display:flex;justify-content:space-between;gap:12px;margin:6px 0}.rich{margin:6px 0}
blockquote{margin:2px 0;border-left:4px solid #ddd;padding:0 0 0 12px;white-space:pre-wrap}
pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;margin:4px 0;font:12px/1.5 "DejaVu Sans Mono",monospace}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0}.context{color:#616061;font-size:12px;margin:6px 0}
.button,.select{border:1px solid #bbb;border-radius:4px;padding:5px 12px;font-weight:700;font-size:13px;display:inline-block}
.select{font-weight:400;color:#616061;flex:none}.main{background:#007a5a;color:#fff;border-color:#007a5a}
h2{font-size:19px;margin:0 0 10px}h3{font-size:18px;margin:16px 0 4px}.home h3:first-child{margin-top:0}
.input{margin:12px 0}.field{display:block;border:1px solid #bbb;border-radius:4px;min-height:20px;padding:7px 10px;margin-top:4px;white-space:pre-wrap}
.long{min-height:60px}.radio{display:block;margin:3px 0}.foot{text-align:right;display:flex;gap:8px;justify-content:flex-end;margin:16px 0 0}`

/** A page of pictures, each under what it is. */
export const picturePage = (
  title: string,
  pictures: readonly { readonly of: string; readonly html: string }[],
): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1><div class="all">${pictures
    .map(({ of, html }) => `<figure><figcaption>${escaped(of)}</figcaption>${html}</figure>`)
    .join('')}</div></body></html>`
