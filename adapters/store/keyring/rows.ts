import type { Instant } from '../../../src/domain/schedule.ts'

/**
 * One row an owner, named by an HMAC: it holds the wrapped key or, in its place and for ever, the moment of erasure. That
 * one row is both is what closes the race: a key is only ever inserted, and an erased owner's name is taken.
 */
export type KeyRow = {
  readonly id: string
  readonly wrapped: string | undefined
  readonly erasedAt: Instant | undefined
}

/** Where rows are kept. Each call is atomic and durable once it resolves. */
export type KeyRows = {
  /** How errors name the place; without credentials. */
  readonly place: string
  find(id: string): Promise<KeyRow | undefined>
  /** False if the id is taken, by a key or by an erasure. */
  insert(id: string, wrapped: string): Promise<boolean>
  /** Removes the wrapped key, if any, and records the erasure; an earlier erasure keeps its moment. */
  erase(id: string, at: Instant): Promise<void>
  /** Puts `to` where `from` is; nothing if it is no longer there. */
  replace(id: string, from: string, to: string): Promise<void>
  /** Rows that hold a key, by id, after `after`. */
  keys(after: string, limit: number): Promise<readonly { readonly id: string; readonly wrapped: string }[]>
  close(): Promise<void>
}
