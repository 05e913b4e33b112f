/**
 * The words of the week that `week.test.ts` plays, for each locale it is played in: what the three people type and press, and
 * what they read. To play it in another language, add its column here.
 */
export type WeekWords = {
  readonly hr: {
    /** Typed by HR before anything is set up, and later to come back to the menu. */
    readonly hello: string
    readonly setUp: string
    readonly asksName: RegExp
    readonly name: string
    readonly asksPurpose: RegExp
    readonly purpose: string
    readonly switchOn: string
    readonly figures: string
    readonly tooFew: RegExp
  }
  readonly coach: { readonly invite: string; readonly digest: RegExp }
  readonly welcome: {
    readonly both: string
    readonly begin: string
    readonly asksMeasure: RegExp
    readonly measure: string
    readonly asksSign: RegExp
    readonly sign: string
    /** Ends the first conversation: when the next check-in is. */
    readonly kept: RegExp
  }
  readonly commitment: {
    readonly command: string
    readonly asksWhat: RegExp
    readonly what: string
    readonly forCoachToo: string
    readonly asksPlan: RegExp
    readonly plan: string
    /** With the day that was read from `what`. */
    readonly kept: RegExp
  }
  readonly nudge: {
    readonly asks: RegExp
    readonly partOfIt: string
    readonly enough: string
    readonly ends: RegExp
  }
  readonly checkIn: {
    /** Acknowledges the part that was done: any of its wordings. */
    readonly opens: RegExp
    readonly win: string
    readonly nothingNew: string
    readonly nothingToTalkAbout: string
    readonly look: string
    readonly share: string
    readonly withhold: string
    readonly send: string
    readonly ends: RegExp
  }
}

export const WEEKS: Readonly<Record<string, WeekWords>> = {
  en: {
    hr: {
      hello: 'hello',
      setUp: 'Set it up',
      asksName: /What is the coaching programme called\?/,
      name: 'Spring',
      asksPurpose: /what does the company hope for/,
      purpose: 'More time for what matters',
      switchOn: 'Switch it on',
      figures: 'See the figures',
      tooFew: /only for groups of at least 5 people/,
    },
    coach: { invite: 'Invite a client', digest: /What your clients chose to share/ },
    welcome: {
      both: 'A bit of both',
      begin: "Yes, let's begin",
      asksMeasure: /what will be different at work/,
      measure: 'I leave on time twice a week',
      asksSign: /How would you notice it/,
      sign: 'My evenings are mine',
      kept: /I'll check in on/,
    },
    commitment: {
      command: 'commit',
      asksWhat: /What would you like to do\? If it has a day, put that in too\./,
      what: 'send Maria the draft by Friday',
      forCoachToo: 'For Tom too',
      asksPlan: /Would you like such a plan/,
      plan: 'If it is Friday at nine, I open the file',
      kept: /Kept, for Friday/,
    },
    nudge: {
      asks: /How is it with this one|What would you like to say about it/,
      partOfIt: 'Part of it',
      enough: 'That was enough',
      ends: /that part stands/,
    },
    checkIn: {
      opens: /part is worth something|Part of “/,
      win: 'Two calm mornings',
      nothingNew: 'Not this time',
      nothingToTalkAbout: 'Nothing for now',
      look: 'Look and choose',
      share: 'Share this',
      withhold: 'Leave it out',
      send: 'Share these lines',
      ends: /settled as you chose|Done as you chose|Noted, exactly as/,
    },
  },
  es: {
    hr: {
      hello: 'hola',
      setUp: 'Configurarlo',
      asksName: /¿Cómo se llama el programa de coaching\?/,
      name: 'Primavera',
      asksPurpose: /¿qué espera de él la empresa\?/,
      purpose: 'Más tiempo para lo que importa',
      switchOn: 'Ponerlo en marcha',
      figures: 'Ver las cifras',
      tooFew: /para grupos de 5 personas como mínimo/,
    },
    coach: { invite: 'Invitar a alguien', digest: /Lo que tus clientes eligieron compartir/ },
    welcome: {
      both: 'Un poco de ambas',
      begin: 'Sí, empecemos',
      asksMeasure: /¿qué será distinto en tu trabajo dentro de tres meses\?/,
      measure: 'Salgo a mi hora dos veces por semana',
      asksSign: /¿En qué lo notarías/,
      sign: 'Las tardes son mías',
      kept: /Haremos un repaso el/,
    },
    commitment: {
      command: 'compromiso',
      asksWhat: /¿Qué te gustaría hacer\? Si tiene día, ponlo también\./,
      what: 'enviarle el borrador a María para el viernes',
      forCoachToo: 'También para Tom',
      asksPlan: /¿Te gustaría un plan así\?/,
      plan: 'Cuando sean las nueve del viernes, abro el archivo',
      kept: /Guardado, para el viernes \d+ de \p{L}+\./u,
    },
    nudge: {
      asks: /¿Cómo va esto\?|¿Qué te gustaría contar de esto\?/,
      partOfIt: 'Una parte',
      enough: 'Con eso bastó',
      ends: /esa parte se queda/,
    },
    checkIn: {
      opens: /y eso vale|Una parte de «/,
      win: 'Dos mañanas tranquilas',
      nothingNew: 'Esta vez no',
      nothingToTalkAbout: 'Por ahora nada',
      look: 'Mirar y elegir',
      share: 'Compartir',
      withhold: 'Dejar fuera',
      send: 'Compartir estas líneas',
      ends: /Queda como elegiste|Hecho como elegiste|Apuntado, tal como/,
    },
  },
}
