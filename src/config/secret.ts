/** A value that must never reach a log line: printing, inspecting or JSON-stringifying it gives `[secret]`. */
export type Secret<T> = { readonly reveal: () => T }

const HIDDEN = '[secret]'

/** Wraps a value so that only `reveal()` gives it back; the value sits in a closure, out of reach of any serialiser. */
export const secret = <T>(value: T): Secret<T> => {
  const hidden = () => HIDDEN
  return Object.freeze({
    reveal: () => value,
    toString: hidden,
    toJSON: hidden,
    [Symbol.for('nodejs.util.inspect.custom')]: hidden,
  })
}
