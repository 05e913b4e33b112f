import type { Random } from './random.ts'

/** What people write, by language. Every text carries a number of its own, so that each can be told from all others. */
type Phrases = {
  readonly doings: readonly string[]
  readonly days: readonly string[]
  readonly plans: readonly string[]
  readonly thoughts: readonly string[]
  readonly distress: readonly string[]
}

const PHRASES: Readonly<Record<string, Phrases>> = {
  en: {
    doings: [
      'call the plant about order',
      'send the draft of chapter',
      'talk to Maria about shift',
      'tidy the list of topic',
    ],
    days: ['by Friday', 'tomorrow', 'next Tuesday', 'on Monday', 'in three days', 'tomorrow at 4 pm'],
    plans: ['If it is nine and I have my coffee, then I open file', 'When the meeting ends, I write down point'],
    thoughts: [
      'The team listened this time, even to item',
      'Why does nobody answer me about ticket',
      'This deadline is killing me, and then there is number',
      'I left on time twice, in spite of case',
      'There is a great deal going on here at the moment, with the move and the audit and the new people who all need something at the same time, and I do not quite see yet how it will all fit into the days that are left before the summer, to say nothing of my own work, which waits in a pile that grows by the hour and bears number',
      'What is the point of all this? And who asked for it? It is about number',
      '🙂 fine, thank you, on to',
    ],
    distress: ['I want to kill myself, said page', 'I do not want to live any more after day'],
  },
  es: {
    doings: ['llamar a la planta por el pedido', 'enviar el borrador del capítulo', 'hablar con María del turno'],
    days: [
      'para el viernes',
      'mañana',
      'el próximo martes',
      'el lunes',
      'pasado mañana',
      'dentro de tres días',
      'mañana a las 4 de la tarde',
      'a finales de la semana que viene',
    ],
    plans: ['Si son las nueve y tengo mi café, abro el archivo', 'Cuando acabe la reunión, anoto el punto'],
    thoughts: [
      'Esta vez el equipo escuchó, también en el punto',
      '¿Por qué nadie me responde al caso',
      'Este plazo me está matando, y encima el número',
      'Salí a mi hora dos veces, a pesar del caso',
      'Hay muchísimo movimiento por aquí, con la mudanza y la auditoría y la gente nueva, que necesita algo toda a la vez, y todavía no veo cómo va a caber todo en los días que quedan hasta el verano, por no hablar de lo mío, que espera en un montón que crece cada hora y lleva el número',
      '¿De qué sirve todo esto? ¿Y quién lo pidió? Va del número',
      '🙂 bien, gracias, y ahora el punto',
    ],
    distress: ['Quiero matarme, decía la página', 'No quiero vivir más después del día'],
  },
  de: {
    doings: ['das Werk anrufen wegen Auftrag', 'den Entwurf schicken von Kapitel', 'mit Maria reden über Schicht'],
    days: ['bis Freitag', 'morgen', 'nächsten Dienstag', 'am Montag'],
    plans: ['Wenn es neun ist und der Kaffee da, öffne ich Datei', 'Nach der Besprechung notiere ich Punkt'],
    thoughts: [
      'Diesmal hat das Team zugehört, auch bei Punkt',
      'Warum antwortet mir niemand zu Fall',
      'Diese Frist bringt mich noch um, und dazu Nummer',
      'Ich bin zweimal pünktlich gegangen, trotz Fall',
    ],
    distress: ['Ich will mich umbringen, stand auf Seite', 'Ich will nicht mehr leben nach Tag'],
  },
}

export type Writer = {
  doing(withDay: boolean): string
  plan(): string
  thought(): string
  distress(): string
  day(): string
}

/** `name` makes the numbers this person's own. */
export const makeWriter = (locale: string, name: string, random: Random): Writer => {
  const phrases = PHRASES[locale.split('-')[0] ?? 'en'] ?? PHRASES.en
  if (phrases === undefined) throw new Error('there are no English phrases')
  let count = 0
  // Letters between the digits, or a reader of dates takes them for one.
  const mark = name.replace(/[^a-z0-9]/g, '')
  const numbered = (text: string): string => {
    count += 1
    return `${text} ${mark}q${count}`
  }
  return {
    doing: withDay => `${numbered(random.pick(phrases.doings))}${withDay ? ` ${random.pick(phrases.days)}` : ''}`,
    plan: () => numbered(random.pick(phrases.plans)),
    thought: () => numbered(random.pick(phrases.thoughts)),
    distress: () => numbered(random.pick(phrases.distress)),
    day: () => random.pick(phrases.days),
  }
}
