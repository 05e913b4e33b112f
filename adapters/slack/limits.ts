/**
 * What Slack takes, in characters unless said otherwise. Sources: docs.slack.dev, the references of chat.postMessage, of each
 * block, of each block element and composition object, and of views; read in November 2026.
 */
export const LIMITS = {
  /** Recommended for `text`; beyond it the platform may refuse with msg_too_long. */
  text: 4_000,
  section: 3_000,
  header: 150,
  buttonText: 75,
  buttonValue: 2_000,
  /** The label that a screen reader says instead of the button's text. */
  accessibility: 75,
  /** Elements of one actions block. */
  actions: 25,
  /** Not documented for a context's text; what a field of a section takes is safe. */
  contextText: 2_000,
  selectOptions: 100,
  optionText: 75,
  optionValue: 150,
  /** Options of radio buttons and checkboxes. */
  radio: 10,
  placeholder: 150,
  inputLabel: 2_000,
  inputText: 3_000,
  messageBlocks: 50,
  viewBlocks: 100,
  viewTitle: 24,
  /**
   * All blocks of a message together, as JSON. The platform's own figure is not documented; others met msg_blocks_too_long from
   * about 11,300 characters of text on (slackapi/bolt-js issues 2509 and 2867).
   */
  messageJson: 10_000,
} as const
