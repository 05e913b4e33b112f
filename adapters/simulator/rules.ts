/** The fifteen rules as a reader who is no engineer needs them, and how a simulation holds them against what people saw. */
export type RuleText = { readonly rule: number; readonly says: string; readonly checked: string | undefined }

export const RULE_TEXTS: readonly RuleText[] = [
  {
    rule: 1,
    says: 'Nothing begins before a person has agreed to the full terms. Before that there is one invitation and at most one reminder, five or more days later.',
    checked:
      'Counted every message before an agreement and after a no or a stop; read each contract that was agreed to for its points; looked for the answer to every “stop”, “delete” and “what do they see”.',
  },
  {
    rule: 2,
    says: 'In any seven days at most two questions and three messages come unasked, fewer if the person says so.',
    checked: 'Counted every window of seven days of every person, with the limit they had chosen by then.',
  },
  {
    rule: 3,
    says: 'A commitment is brought up once on its day and at most once more, two days later or after that; never at night, on days off, on holidays or in a pause.',
    checked:
      'Followed each commitment by the words and days the person wrote, and looked at the clock where they were at each message.',
  },
  {
    rule: 4,
    says: 'Silence makes Lighthand quieter: after two unanswered check-ins they come half as often, after four there is one last line.',
    checked: 'Measured the days between check-ins that found no answer, and what came after the fourth.',
  },
  {
    rule: 5,
    says: 'Interest before questions: in 28 days at most two questions, and two more for each message that asks nothing.',
    checked: 'Counted every window of 28 days.',
  },
  {
    rule: 6,
    says: 'One question at a time, few words before it, and always a way out that costs nothing.',
    checked: 'Looked at the shape of each message to anybody.',
  },
  {
    rule: 7,
    says: 'If-then plans are offered, never required.',
    checked: 'Each offer has a way to do without, and nobody who took it was asked again.',
  },
  {
    rule: 8,
    says: 'A coach gets the lines that a client approved, and nothing else.',
    checked: 'Every text a client types is marked, and every message to everybody else was searched for these marks.',
  },
  { rule: 9, says: 'Everybody can see at any time exactly what coach and HR see of them.', checked: undefined },
  {
    rule: 10,
    says: 'Offers to talk about more than work are rare: the second after 30 days, the third after 90, then never; none to somebody silent.',
    checked: 'Measured the days between such offers.',
  },
  {
    rule: 11,
    says: 'After words of acute distress nothing comes unasked until the person wants to go on.',
    checked: 'Some people write such words; looked for anything unasked after the answer to them.',
  },
  { rule: 12, says: 'No moods are guessed.', checked: undefined },
  { rule: 13, says: 'HR sees rounded figures of whole groups only.', checked: undefined },
  {
    rule: 14,
    says: 'What the coach reads is in the client’s words, what went well first.',
    checked: 'Compared each line of each digest with what was approved, both ways round.',
  },
  {
    rule: 15,
    says: 'Every sentence was written by people. Deletion says what it reaches.',
    checked:
      'Looked each sentence up in the files that hold all of them, and what was filled into its holes in what people had typed.',
  },
]
